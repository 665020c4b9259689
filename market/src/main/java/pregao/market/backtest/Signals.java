package pregao.market.backtest;

import pregao.contracts.indicator.Convention;
import pregao.market.rule.Signal;
import pregao.market.rule.Strategy;

/**
 * What a strategy says at each minute of a range. It depends on the minutes up to there
 * alone and not on what is traded, so points of a sweep whose rules are the same share
 * it.
 */
final class Signals {

    private static final int SHIFT = 2;

    private static final int MASK = 3;

    private final int first;

    /** Two bits for what is said before a minute, two for after it. */
    private final byte[] said;

    private Signals(int first, byte[] said) {
        this.first = first;
        this.said = said;
    }

    static Signals of(Strategy strategy, Convention convention, Bars bars, Range range) {
        byte[] said = new byte[range.size()];
        Closes closes = new Closes(strategy, convention);
        for (int i = range.warm(); i < range.end(); i++) {
            long time = bars.times()[i];
            int before = code(closes.before(time));
            int after = code(closes.after(time, bars.opens()[i], bars.highs()[i], bars.lows()[i], bars.closes()[i]));
            said[i - range.warm()] = (byte) (before | after << SHIFT);
        }
        return new Signals(range.warm(), said);
    }

    private static int code(Signal signal) {
        return switch (signal) {
            case HOLD -> 0;
            case BUY -> 1;
            case SELL -> 2;
        };
    }

    private static Signal signal(int code) {
        return switch (code) {
            case 1 -> Signal.BUY;
            case 2 -> Signal.SELL;
            default -> Signal.HOLD;
        };
    }

    /** Before the minute at a place, of a candle that is over without its last minute. */
    Signal before(int place) {
        return signal(this.said[place - this.first] & MASK);
    }

    /** After the minute at a place, where it was the last of its candle. */
    Signal after(int place) {
        return signal(this.said[place - this.first] >> SHIFT & MASK);
    }

}
