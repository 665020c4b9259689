package pregao.market.option;

/**
 * What follows an entry whose stake came back.
 */
public enum TiePolicy {

    /** The next entry, with the same stake. */
    SAME_STAKE,
    /** Nothing: the cycle is over. */
    STOP,
    /** What follows a lost one. */
    AS_LOST

}
