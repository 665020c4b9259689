package pregao.market.rule;

/**
 * What a strategy says at a candle.
 */
public enum Signal {

    /** Buy. */
    BUY,
    /** Sell. */
    SELL,
    /** Wait. */
    HOLD

}
