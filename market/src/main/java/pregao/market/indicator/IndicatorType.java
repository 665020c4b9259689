package pregao.market.indicator;

/**
 * The indicators there are, each of which may have several values.
 */
public enum IndicatorType {

    /** The relative strength index. */
    RSI,
    /** MACD, its signal and their difference. */
    MACD,
    /** The average true range. */
    ATR,
    /** Bollinger's bands. */
    BOLLINGER

}
