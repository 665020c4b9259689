package pregao.market.dataquality;

/**
 * A span of time of one series, and a range that holds every price that can be a neighbor
 * there. It spares usual items their median: where an item and the range are consistent,
 * so is every median. For one thread.
 */
public final class PlausibleRange {

    private final long from;

    private final long to;

    private long low;

    private long high;

    /**
     * A range.
     * @param from the first time it holds for, epoch milliseconds
     * @param to the time behind the last one, {@link Long#MAX_VALUE} if it has no end
     * @param low the lowest price
     * @param high the highest price
     */
    public PlausibleRange(long from, long to, long low, long high) {
        this.from = from;
        this.to = to;
        this.low = low;
        this.high = high;
    }

    /**
     * Whether items need no median.
     * @param first the time of the first item
     * @param last the time of the last item
     * @param lowest price of the items
     * @param highest price of the items
     * @return true if all of them are certainly no outliers
     */
    public boolean admits(long first, long last, long lowest, long highest) {
        return this.from <= first && last < this.to
                && OutlierRule.isConsistent(Math.min(this.low, lowest), Math.max(this.high, highest));
    }

    /**
     * Takes accepted prices in, of any time.
     * @param lowest price
     * @param highest price
     */
    public void extend(long lowest, long highest) {
        this.low = Math.min(this.low, lowest);
        this.high = Math.max(this.high, highest);
    }

}
