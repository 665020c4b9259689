package pregao.market.indicator;

import java.util.EnumSet;
import java.util.Set;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorValues;

/**
 * The indicators of one series of candles by one convention: RSI 14, MACD 12/26/9, ATR 14
 * and Bollinger 20/2. Not thread-safe.
 * <p>
 * The simple means and the bands are functions of the candles in their windows, to the
 * last bit. The exponential and Wilder's means forget: after {@link #REACH} candles a
 * value differs from that of the full history by no more than 1e-12 of the price (the RSI
 * by 1e-9), and prices that move as markets do make the two equal to the last bit.
 */
public final class IndicatorSet {

    /** Candles after which a value equals that of the full history. */
    public static final int REACH = 1_024;

    private final IndicatorConvention convention;

    private final Rsi rsi;

    private final Macd macd;

    private final AverageTrueRange atr;

    private final BollingerBands bollinger;

    private final boolean withRsi;

    private final boolean withMacd;

    private final boolean withAtr;

    private final boolean withBollinger;

    private int count;

    private long previousClose;

    /**
     * The indicators of no candles.
     * @param convention how they are calculated
     */
    public IndicatorSet(IndicatorConvention convention) {
        this(convention, EnumSet.allOf(IndicatorType.class));
    }

    /**
     * Some indicators of no candles.
     * @param convention how they are calculated
     * @param parts which; the values of others are not defined
     */
    public IndicatorSet(IndicatorConvention convention, Set<IndicatorType> parts) {
        this.withRsi = parts.contains(IndicatorType.RSI);
        this.withMacd = parts.contains(IndicatorType.MACD);
        this.withAtr = parts.contains(IndicatorType.ATR);
        this.withBollinger = parts.contains(IndicatorType.BOLLINGER);
        this.convention = convention;
        this.rsi = Rsi.of(convention, 14);
        this.macd = new Macd(convention, 12, 26, 9);
        this.atr = new AverageTrueRange(convention, 14);
        this.bollinger = new BollingerBands(20, 2);
    }

    public IndicatorConvention convention() {
        return this.convention;
    }

    /**
     * Takes the next candle, without allocating.
     * @param high units of 1e-8
     * @param low units of 1e-8
     * @param close units of 1e-8
     */
    public void add(long high, long low, long close) {
        if (this.count > 0) {
            if (this.withRsi) {
                this.rsi.add(close - this.previousClose);
            }
            if (this.withAtr) {
                this.atr.add(high, low, this.previousClose);
            }
        }
        if (this.withMacd) {
            this.macd.add(close);
        }
        if (this.withBollinger) {
            this.bollinger.add(close);
        }
        this.previousClose = close;
        if (this.count < Integer.MAX_VALUE) {
            this.count++;
        }
    }

    /**
     * How many candles were taken.
     * @return at most {@link Integer#MAX_VALUE}
     */
    public int count() {
        return this.count;
    }

    /**
     * The values of the last candle.
     * @return NaN where a value is not defined
     */
    public IndicatorValues values() {
        return new IndicatorValues(rsi(), macd(), macdSignal(), macdHist(), atr(), bbUpper(), bbMiddle(), bbLower());
    }

    /**
     * One value of the last candle, as all below: what {@link #values} has, without an
     * object.
     * @return NaN where it is not defined
     */
    public double rsi() {
        return this.rsi.value();
    }

    public double macd() {
        return this.macd.value();
    }

    public double macdSignal() {
        return this.macd.signal();
    }

    public double macdHist() {
        return macd() - macdSignal();
    }

    public double atr() {
        return this.atr.value();
    }

    public double bbUpper() {
        return bbMiddle() + this.bollinger.width();
    }

    public double bbMiddle() {
        return this.bollinger.middle();
    }

    public double bbLower() {
        return bbMiddle() - this.bollinger.width();
    }

    /**
     * Becomes a copy of others, without allocating: to look at what a candle that is
     * still forming would give.
     * @param other indicators by the same convention
     */
    public void copyFrom(IndicatorSet other) {
        if (other.convention != this.convention) {
            throw new IllegalArgumentException(
                    "%s indicators cannot become %s ones".formatted(this.convention.text(), other.convention.text()));
        }
        this.rsi.copyFrom(other.rsi);
        this.macd.copyFrom(other.macd);
        this.atr.copyFrom(other.atr);
        this.bollinger.copyFrom(other.bollinger);
        this.count = other.count;
        this.previousClose = other.previousClose;
    }

}
