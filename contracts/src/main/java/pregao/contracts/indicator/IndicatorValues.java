package pregao.contracts.indicator;

/**
 * The indicators of one candle. All but the RSI are in price units. A value that is not
 * defined is NaN in memory, null in the database and in answers, and not set on the wire.
 *
 * @param rsi relative strength, 0 to 100, of 14 candles
 * @param macd the difference of the exponential means of 12 and 26 closes
 * @param macdSignal the mean of 9 of those differences
 * @param macdHist the difference less the signal
 * @param atr the average true range of 14 candles
 * @param bbUpper two standard deviations above the middle
 * @param bbMiddle the mean of 20 closes
 * @param bbLower two standard deviations below the middle
 */
public record IndicatorValues(double rsi, double macd, double macdSignal, double macdHist, double atr, double bbUpper,
        double bbMiddle, double bbLower) {

    /** No value is defined. */
    public static final IndicatorValues NONE = new IndicatorValues(Double.NaN, Double.NaN, Double.NaN, Double.NaN,
            Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    public IndicatorValues {
        if (isInfinite(rsi, macd, macdSignal, macdHist, atr, bbUpper, bbMiddle, bbLower)) {
            throw new IllegalArgumentException("an indicator is a number or undefined, never infinite");
        }
    }

    private static boolean isInfinite(double... values) {
        for (double value : values) {
            if (Double.isInfinite(value)) {
                return true;
            }
        }
        return false;
    }

}
