package pregao.market.pattern;

/**
 * Which way a bet goes.
 */
public enum Direction {

    /** On green: that the candle closes above its open. */
    CALL,
    /** On red: that the candle closes below its open. */
    PUT

}
