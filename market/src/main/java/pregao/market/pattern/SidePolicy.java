package pregao.market.pattern;

/**
 * How a side is chosen from the colours that were looked at.
 */
public enum SidePolicy {

    /**
     * The colour that is there less often; the one that is not there, where all are
     * equal.
     */
    MINORITY,
    /** The colour that is there more often. */
    MAJORITY,
    /** The colour of all of them; none where they differ. */
    REPEAT,
    /** The other colour than that of all of them; none where they differ. */
    OPPOSITE

}
