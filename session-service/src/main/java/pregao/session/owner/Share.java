package pregao.session.owner;

/**
 * How accounts are spread among replicas: none takes more than an even share, and
 * together they take all.
 *
 * @param living how many replicas there are
 * @param wanted how many accounts are to be kept open
 */
record Share(long living, long wanted) {

    /**
     * How many accounts a replica may take more.
     * @param mine how many it has
     * @return 0 or more
     */
    int left(int mine) {
        if (this.living == 0) {
            return 0;
        }
        long even = (this.wanted + this.living - 1) / this.living;
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, even - mine));
    }

}
