package pregao.strategy.catalog.candle;

/**
 * A version of the latest candles of a series, which changes with any of them. A late
 * candle of the past increases the count or moves the first open time. A candle with new
 * values has a higher revision. Candles are deleted only at the old end.
 *
 * @param first the first open time, in epoch seconds
 * @param last the last open time, in epoch seconds
 * @param count the number of candles
 * @param revisions the sum of all revisions
 */
record SeriesVersion(long first, long last, int count, long revisions) {

    String toKey() {
        return this.first + "/" + this.last + "/" + this.count + "/" + this.revisions;
    }

}
