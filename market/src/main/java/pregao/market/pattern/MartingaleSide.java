package pregao.market.pattern;

/**
 * On which side the entries after a lost one are.
 */
public enum MartingaleSide {

    /** On the side of the first. */
    SAME,
    /** On the colour of the candle before the entry. */
    LAST_CANDLE,
    /**
     * On the colour of the candle that lies as many places ahead of what was looked at.
     */
    MATCHING_CANDLE

}
