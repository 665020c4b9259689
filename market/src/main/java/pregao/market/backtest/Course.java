package pregao.market.backtest;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;
import pregao.market.protection.Closed;
import pregao.market.protection.Guard;
import pregao.market.rule.Signal;
import pregao.market.spot.CostFills;
import pregao.market.spot.Exit;
import pregao.market.spot.Fills;
import pregao.market.spot.Position;
import pregao.market.spot.Trade;
import pregao.market.spot.Trader;

/**
 * The way of one capital through time, by one strategy or several after each other.
 */
final class Course {

    /** There is one instrument, and nobody asks for its name. */
    private static final String SYMBOL = "";

    private final BacktestSettings settings;

    private final List<Trade> trades = new ArrayList<>();

    private final Equity equity;

    private final Guard guard;

    private @Nullable Long brokeAt;

    private int heard;

    Course(BacktestSettings settings, @Nullable Curve curve) {
        this.settings = settings;
        this.equity = new Equity(settings.capital().doubleValue(), curve);
        this.guard = new Guard(settings.protections());
    }

    /** Follows a strategy, and closes what is held at the end. */
    void follow(BacktestSettings by, Bars bars, Range range, Backtest.@Nullable Heard signals) {
        CostFills fills = new CostFills(by.strategy(), Price.of(by.money()), by.costs(), this::close);
        Trader trader = new Trader(by.strategy(), new Guarded(fills, by.money().doubleValue()), Trader.State.NEW);
        Closes closes = new Closes(by.strategy(), by.convention());
        warm(trader, closes, bars, range, signals);
        for (int i = range.begin(); i < range.end(); i++) {
            long time = bars.times()[i];
            long open = bars.opens()[i];
            long high = bars.highs()[i];
            long low = bars.lows()[i];
            long close = bars.closes()[i];
            say(trader, closes.before(time), time, signals);
            trader.prices(time, open, high, low);
            if (this.heard < this.trades.size()) {
                hear();
            }
            this.equity.mark(time, trader.position(), close);
            say(trader, closes.after(time, open, high, low, close), time + 60_000, signals);
        }
        if (range.end() > range.begin()) {
            trader.end(bars.times()[range.end() - 1] + 60_000, bars.closes()[range.end() - 1]);
            hear();
            this.equity.settle();
        }
    }

    /** What is said of the candle that ends as trading begins is acted on. */
    private static void warm(Trader trader, Closes closes, Bars bars, Range range, Backtest.@Nullable Heard signals) {
        for (int i = range.warm(); i < range.begin(); i++) {
            long time = bars.times()[i];
            closes.before(time);
            Signal said = closes.after(time, bars.opens()[i], bars.highs()[i], bars.lows()[i], bars.closes()[i]);
            if (i + 1 == range.begin() && i + 1 < bars.size() && bars.times()[i + 1] == time + 60_000) {
                say(trader, said, time + 60_000, signals);
            }
        }
    }

    /** Holds nothing. */
    void rest(Bars bars, Range range) {
        for (int i = range.begin(); i < range.end(); i++) {
            this.equity.mark(bars.times()[i], null, bars.closes()[i]);
        }
    }

    private void close(Trade trade) {
        this.trades.add(trade);
        if (!this.settings.protections().isEmpty()) {
            this.guard
                .closed(new Closed(SYMBOL, trade.closedAt(), trade.returned(), trade.reason() == Exit.Reason.STOP));
        }
    }

    /** Money that is not there cannot be put in, whatever the strategy says. */
    private boolean mayOpen(double money, long time) {
        hear();
        if (this.equity.cash() < money) {
            this.brokeAt = (this.brokeAt != null) ? this.brokeAt : Long.valueOf(time);
            return false;
        }
        return this.guard.lock(SYMBOL, time) == null;
    }

    private void hear() {
        while (this.heard < this.trades.size()) {
            this.equity.add(this.trades.get(this.heard++));
        }
    }

    private static void say(Trader trader, Signal signal, long time, Backtest.@Nullable Heard signals) {
        if (signal != Signal.HOLD) {
            trader.signal(signal);
            if (signals != null) {
                signals.signal(time, signal);
            }
        }
    }

    Report report() {
        return Report.of(this.settings, this.trades, this.equity, this.brokeAt);
    }

    /** Asks before it opens. */
    private final class Guarded implements Fills {

        private final CostFills fills;

        private final double money;

        Guarded(CostFills fills, double money) {
            this.fills = fills;
            this.money = money;
        }

        @Override
        public Opening open(boolean isLong, long time, long price) {
            return mayOpen(this.money, time) ? this.fills.open(isLong, time, price) : Opening.NONE;
        }

        @Override
        public boolean close(Position position, long time, Exit exit) {
            return this.fills.close(position, time, exit);
        }

    }

}
