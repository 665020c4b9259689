package pregao.market.pattern;

/**
 * What came of a block.
 */
public enum PatternOutcome {

    /** One of the entries had the colour that was bet on. */
    WIN,
    /** None of the entries had it. */
    LOSS,
    /** The entries are not over. */
    PENDING,
    /** A candle of the entries is missing, so nobody knows. */
    VOID,
    /** A candle that was looked at has no colour. */
    NULL,
    /** A candle of the block is missing. */
    SKIPPED_GAP,
    /** What was looked at gives no side. */
    NO_SIDE

}
