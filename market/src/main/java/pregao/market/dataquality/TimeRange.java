package pregao.market.dataquality;

/**
 * A piece of time. Times are epoch milliseconds.
 *
 * @param from the first moment
 * @param to the first moment that is not in it any more, after {@code from}
 */
public record TimeRange(long from, long to) {

    public TimeRange {
        if (from >= to) {
            throw new IllegalArgumentException("a span goes forward, not from %d to %d".formatted(from, to));
        }
    }

    /**
     * How long it is.
     * @return milliseconds
     */
    public long millis() {
        return this.to - this.from;
    }

}
