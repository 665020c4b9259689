package pregao.market.backtest;

import pregao.contracts.Timeframe;
import pregao.contracts.indicator.Convention;
import pregao.market.indicator.Indicators;
import pregao.market.rule.Signal;
import pregao.market.rule.Strategy;
import pregao.market.rule.Value;
import pregao.market.rule.Window;

/**
 * Minutes folded into the candles at whose closes a strategy decides. A candle is over
 * with its last minute, or, where that is missing, before the next minute there is.
 */
final class Closes {

    private final Strategy strategy;

    private final Indicators indicators;

    private final Window window;

    private final long length;

    private long end = Long.MIN_VALUE;

    private long open;

    private long high;

    private long low;

    private long close;

    Closes(Strategy strategy, Convention convention) {
        this.strategy = strategy;
        this.indicators = new Indicators(convention, Value.parts(strategy.values()));
        this.window = new Window(strategy.values());
        this.length = strategy.timeframe().millis();
    }

    /**
     * Before a minute.
     * @param time its open time
     * @return what is said of a candle that is over without its last minute; hold where
     * none is
     */
    Signal before(long time) {
        return (this.end != Long.MIN_VALUE && time >= this.end) ? decide() : Signal.HOLD;
    }

    /**
     * After a minute.
     * @return what is said where it was the last of its candle; hold where it was not
     */
    Signal after(long time, long open, long high, long low, long close) {
        if (this.end == Long.MIN_VALUE) {
            this.end = (this.length == Timeframe.M1.millis()) ? time + this.length
                    : this.strategy.timeframe().bucketEnd(time);
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

    private Signal decide() {
        this.end = Long.MIN_VALUE;
        this.indicators.add(this.high, this.low, this.close);
        this.window.add(this.open, this.high, this.low, this.close, this.indicators);
        return this.strategy.decide(this.window);
    }

}
