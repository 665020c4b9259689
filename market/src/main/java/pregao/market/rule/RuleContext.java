package pregao.market.rule;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import pregao.contracts.Prices;
import pregao.market.indicator.IndicatorSet;

/**
 * What rules see: the last candle and the one before, with those of their indicators that
 * are looked at. Not thread-safe; nothing is allocated a candle.
 */
public final class RuleContext {

    private static final int VALUES = MarketField.values().length;

    private final MarketField[] used;

    private double[] now = new double[VALUES];

    private double[] before = new double[VALUES];

    /**
     * A window without candles.
     * @param used what will be looked at
     */
    public RuleContext(Set<MarketField> used) {
        this.used = used.isEmpty() ? new MarketField[0] : EnumSet.copyOf(used).toArray(MarketField[]::new);
        Arrays.fill(this.now, Double.NaN);
        Arrays.fill(this.before, Double.NaN);
    }

    /**
     * Takes the next candle.
     * @param open units of 1e-8
     * @param high units of 1e-8
     * @param low units of 1e-8
     * @param close units of 1e-8
     * @param indicators which have taken the candle already
     */
    public void add(long open, long high, long low, long close, IndicatorSet indicators) {
        double[] next = this.before;
        this.before = this.now;
        this.now = next;
        for (MarketField value : this.used) {
            next[place(value)] = switch (value) {
                case OPEN -> (double) open / Prices.ONE;
                case HIGH -> (double) high / Prices.ONE;
                case LOW -> (double) low / Prices.ONE;
                case CLOSE -> (double) close / Prices.ONE;
                case RSI -> indicators.rsi();
                case MACD -> indicators.macd();
                case MACD_SIGNAL -> indicators.macdSignal();
                case MACD_HIST -> indicators.macdHist();
                case ATR -> indicators.atr();
                case BB_UPPER -> indicators.bbUpper();
                case BB_MIDDLE -> indicators.bbMiddle();
                case BB_LOWER -> indicators.bbLower();
            };
        }
    }

    /**
     * What a value was at the last candle.
     * @param value one that is looked at
     * @return NaN where it is not defined
     */
    public double now(MarketField value) {
        return this.now[place(value)];
    }

    double before(MarketField value) {
        return this.before[place(value)];
    }

    @SuppressWarnings("EnumOrdinal") // the order of the enum is that of the arrays
    private static int place(MarketField value) {
        return value.ordinal();
    }

}
