package pregao.session.broker.ownership;

/**
 * The quota of accounts of a replica. No replica takes more than an even share, and
 * together they take all accounts.
 *
 * @param living the number of live replicas
 * @param wanted the number of accounts to keep open
 * @param mine how many of those this replica owns
 */
record RebalanceQuota(long living, long wanted, long mine) {

    /**
     * Returns how many more accounts this replica may take.
     * @return 0 or more
     */
    int computeRemaining() {
        if (this.living == 0) {
            return 0;
        }
        long evenShare = (this.wanted + this.living - 1) / this.living;
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, evenShare - this.mine));
    }

}
