package pregao.aggregator.candle;

/**
 * Which provided candles may become final by succession.
 */
public enum FinalityPromotion {

    /** M1. */
    MINUTES,
    /** M5 to D1. */
    LONGER;

    String toSql() {
        return (this == MINUTES) ? "minutes" : "longer";
    }

}
