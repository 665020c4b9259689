package pregao.session.broker.ingest;

/**
 * The counts of candles that ingest accepted and rejected.
 *
 * @param taken the number of candles that are stored, now or earlier
 * @param refused the number of rejected candles, which a retry does not change
 * @param reason why the first candle was rejected, or empty
 */
public record IngestResult(long taken, long refused, String reason) {

    /** The result of no candles. */
    public static final IngestResult NOTHING = new IngestResult(0, 0, "");

    /**
     * Adds another result.
     * @param other the result of other candles
     * @return the sums
     */
    public IngestResult plus(IngestResult other) {
        return new IngestResult(this.taken + other.taken, this.refused + other.refused,
                this.reason.isEmpty() ? other.reason : this.reason);
    }

}
