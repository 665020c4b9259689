package pregao.strategy.catalog.candle;

/**
 * What changes whenever any of the last candles of a series does: a candle of the past
 * that comes late is one more, or moves the first; one with other values has a higher
 * revision. Candles go only at the old end.
 *
 * @param first the first open time, epoch seconds
 * @param last the last open time, epoch seconds
 * @param count how many there are
 * @param revisions of all of them together
 */
record SeriesVersion(long first, long last, int count, long revisions) {

    String toKey() {
        return this.first + "/" + this.last + "/" + this.count + "/" + this.revisions;
    }

}
