package pregao.market.backtest;

import org.jspecify.annotations.Nullable;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.rule.Signal;
import pregao.market.rule.Strategy;

/**
 * What a strategy says at each minute of a range, in their order. It depends on the
 * minutes up to there alone and not on what is traded, so points of a sweep whose rules
 * are the same can share it: it is worked out for the first and told again to the others.
 */
final class SignalCache {

    private static final int SHIFT = 2;

    private static final int MASK = 3;

    private final BarSeries bars;

    private final int begin;

    private final Signal warm;

    /** Works it out; null where it is told again. */
    private final @Nullable StrategyEvaluator closes;

    /** Two bits for what is said before a minute, two for after it; null for nobody. */
    private final byte @Nullable [] said;

    private SignalCache(BarSeries bars, int begin, Signal warm, @Nullable StrategyEvaluator closes,
            byte @Nullable [] said) {
        this.bars = bars;
        this.begin = begin;
        this.warm = warm;
        this.closes = closes;
        this.said = said;
    }

    /**
     * Signals that are worked out as they are asked for.
     * @param settings whose
     * @param bars minutes
     * @param range which of them; the warm-up is gone through now
     * @param kept whether they will be told again
     */
    static SignalCache of(BacktestConfig settings, BarSeries bars, BacktestWindow range, boolean kept) {
        Strategy strategy = settings.strategy();
        IndicatorConvention convention = settings.convention();
        StrategyEvaluator closes = new StrategyEvaluator(strategy, convention, bars.grid());
        Signal warm = Signal.HOLD;
        for (int i = range.warm(); i < range.begin(); i++) {
            closes.before(bars.times()[i]);
            warm = after(closes, bars, i);
        }
        return new SignalCache(bars, range.begin(), warm, closes, kept ? new byte[range.end() - range.begin()] : null);
    }

    /** The same once more, after all of them were asked for. */
    SignalCache again() {
        if (this.said == null) {
            throw new IllegalStateException("nothing was kept");
        }
        return new SignalCache(this.bars, this.begin, this.warm, null, this.said);
    }

    /** After the last minute that is only looked at. */
    Signal warm() {
        return this.warm;
    }

    /** Before the minute at a place, of a candle that is over without its last minute. */
    Signal before(int place) {
        if (this.closes == null) {
            return told(place, 0);
        }
        return keep(this.closes.before(this.bars.times()[place]), place, 0);
    }

    /** After the minute at a place, where it was the last of its candle. */
    Signal after(int place) {
        if (this.closes == null) {
            return told(place, SHIFT);
        }
        return keep(after(this.closes, this.bars, place), place, SHIFT);
    }

    private static Signal after(StrategyEvaluator closes, BarSeries bars, int place) {
        return closes.after(bars.times()[place], bars.opens()[place], bars.highs()[place], bars.lows()[place],
                bars.closes()[place]);
    }

    private Signal keep(Signal signal, int place, int shift) {
        if (this.said != null && signal != Signal.HOLD) {
            this.said[place - this.begin] |= (byte) (((signal == Signal.BUY) ? 1 : 2) << shift);
        }
        return signal;
    }

    private Signal told(int place, int shift) {
        int code = (this.said != null) ? this.said[place - this.begin] >> shift & MASK : 0;
        return (code == 0) ? Signal.HOLD : (code == 1) ? Signal.BUY : Signal.SELL;
    }

}
