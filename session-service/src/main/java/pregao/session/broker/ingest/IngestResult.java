package pregao.session.broker.ingest;

/**
 * What became of candles that ingest has answered for.
 *
 * @param taken how many are stored, now or before
 * @param refused how many it does not want, which trying again does not change
 * @param reason why the first of those was refused, or empty
 */
public record IngestResult(long taken, long refused, String reason) {

    /** Of no candle. */
    public static final IngestResult NOTHING = new IngestResult(0, 0, "");

    /**
     * Both together.
     * @param other of other candles
     * @return the sums
     */
    public IngestResult plus(IngestResult other) {
        return new IngestResult(this.taken + other.taken, this.refused + other.refused,
                this.reason.isEmpty() ? other.reason : this.reason);
    }

}
