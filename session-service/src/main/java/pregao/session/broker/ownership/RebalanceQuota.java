package pregao.session.broker.ownership;

/**
 * How accounts are spread among replicas: none takes more than an even share, and
 * together they take all.
 *
 * @param living how many replicas there are
 * @param wanted how many accounts are to be kept open
 * @param mine how many of those this replica has
 */
record RebalanceQuota(long living, long wanted, long mine) {

    /**
     * How many accounts this replica may take more.
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
