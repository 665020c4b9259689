package pregao.market.backtest;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.indicator.IndicatorSet;
import pregao.market.rule.MarketField;
import pregao.market.rule.RuleContext;
import pregao.market.rule.Signal;
import pregao.market.rule.Strategy;

/**
 * Minutes folded into the candles at whose closes a strategy decides. A candle is over
 * with its last minute, or, where that is missing, before the next minute there is.
 */
public final class StrategyEvaluator {

    private final Strategy strategy;

    private final IndicatorSet indicators;

    private final RuleContext window;

    private final BucketGrid grid;

    private final Timeframe timeframe;

    private long end = Long.MIN_VALUE;

    private long open;

    private long high;

    private long low;

    private long close;

    private int decisions;

    /**
     * No candle yet.
     * @param strategy who decides
     * @param convention by which its indicators are calculated
     * @param grid of the feed
     */
    public StrategyEvaluator(Strategy strategy, IndicatorConvention convention, BucketGrid grid) {
        this.strategy = strategy;
        this.indicators = new IndicatorSet(convention, MarketField.parts(strategy.values()));
        this.window = new RuleContext(strategy.values());
        this.timeframe = strategy.timeframe();
        this.grid = grid;
    }

    /**
     * Before a minute.
     * @param time its open time
     * @return what is said of a candle that is over without its last minute; hold where
     * none is
     */
    public Signal before(long time) {
        return (this.end != Long.MIN_VALUE && time >= this.end) ? decide() : Signal.HOLD;
    }

    /**
     * After a minute.
     * @param time its open time, epoch milliseconds
     * @param open units of 1e-8
     * @param high units of 1e-8
     * @param low units of 1e-8
     * @param close units of 1e-8
     * @return what is said where it was the last of its candle; hold where it was not
     */
    public Signal after(long time, long open, long high, long low, long close) {
        if (this.end == Long.MIN_VALUE) {
            this.end = (this.timeframe == Timeframe.M1) ? time + Timeframe.M1.millis()
                    : this.grid.bucketEnd(this.timeframe, time);
            this.open = open;
            this.high = high;
            this.low = low;
        }
        else {
            this.high = Math.max(this.high, high);
            this.low = Math.min(this.low, low);
        }
        this.close = close;
        return (time + Timeframe.M1.millis() >= this.end) ? decide() : Signal.HOLD;
    }

    /**
     * Takes a whole candle of the strategy's timeframe that is past, about which nothing
     * is decided.
     * @param open units of 1e-8
     * @param high units of 1e-8
     * @param low units of 1e-8
     * @param close units of 1e-8
     */
    public void warm(long open, long high, long low, long close) {
        this.close = close;
        this.indicators.add(high, low, close);
        this.window.add(open, high, low, close, this.indicators);
    }

    /**
     * What a value was at the last candle that is over.
     * @param value one that the strategy looks at
     * @return NaN where it is not defined
     */
    public double now(MarketField value) {
        return this.window.now(value);
    }

    /**
     * The last price it has seen.
     * @return the close of the last candle or minute, units of 1e-8; 0 before the first
     */
    public long last() {
        return this.close;
    }

    /**
     * How often it has decided, also to hold.
     * @return the number
     */
    public int decisions() {
        return this.decisions;
    }

    private Signal decide() {
        this.end = Long.MIN_VALUE;
        this.decisions++;
        warm(this.open, this.high, this.low, this.close);
        return this.strategy.decide(this.window);
    }

}
