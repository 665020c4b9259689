package pregao.market.backtest;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.market.protection.ClosedTradeInfo;
import pregao.market.protection.ProtectionEngine;
import pregao.market.rule.Signal;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.OrderExecutor;
import pregao.market.spot.Position;
import pregao.market.spot.SimulatedOrderExecutor;
import pregao.market.spot.SpotStrategyRunner;
import pregao.market.spot.Trade;

/**
 * The way of one capital through time, by one strategy or several after each other.
 */
final class BacktestRun {

    /** There is one instrument, and nobody asks for its name. */
    private static final String SYMBOL = "";

    private final BacktestConfig settings;

    private final List<Trade> trades = new ArrayList<>();

    private final EquityTracker equity;

    private final ProtectionEngine guard;

    /** What is followed now. */
    private BacktestConfig followed;

    private @Nullable Long brokeAt;

    private int heard;

    /** The price at which the strategy said what is not acted on yet. */
    private long decided;

    BacktestRun(BacktestConfig settings, @Nullable EquityCurve curve) {
        this.settings = settings;
        this.followed = settings;
        this.equity = new EquityTracker(settings.capital().doubleValue(), curve);
        this.guard = new ProtectionEngine(settings.protections());
    }

    /** Follows a strategy, and closes what is held at the end. */
    void follow(BacktestConfig by, BarSeries bars, BacktestWindow range, SignalCache signals,
            Backtest.@Nullable SignalListener heard) {
        this.followed = by;
        SimulatedOrderExecutor fills = new SimulatedOrderExecutor(by.strategy(), Prices.of(by.money()), by.costs(),
                this::close);
        SpotStrategyRunner trader = new SpotStrategyRunner(by.strategy(), new CappedFills(fills),
                SpotStrategyRunner.Snapshot.NEW);
        if (endsInWarmUp(bars, range)) {
            say(trader, signals.warm(), bars.times()[range.begin()], lastClose(bars, range.begin()), heard);
        }
        for (int i = range.begin(); i < range.end(); i++) {
            long time = bars.times()[i];
            say(trader, signals.before(i), time, lastClose(bars, i), heard);
            trader.onPrices(time, bars.opens()[i], bars.highs()[i], bars.lows()[i]);
            if (this.heard < this.trades.size()) {
                hear();
            }
            this.equity.mark(time, trader.position(), bars.closes()[i]);
            say(trader, signals.after(i), time + 60_000, bars.closes()[i], heard);
        }
        if (range.end() > range.begin()) {
            trader.end(bars.times()[range.end() - 1] + 60_000, bars.closes()[range.end() - 1]);
            hear();
            this.equity.settle();
        }
    }

    /** What is said of a candle that ends as trading begins is acted on. */
    private static boolean endsInWarmUp(BarSeries bars, BacktestWindow range) {
        return range.warm() < range.begin() && range.begin() < range.end()
                && bars.times()[range.begin()] == bars.times()[range.begin() - 1] + 60_000;
    }

    /** Holds nothing. */
    void rest(BarSeries bars, BacktestWindow range) {
        for (int i = range.begin(); i < range.end(); i++) {
            this.equity.mark(bars.times()[i], null, bars.closes()[i]);
        }
    }

    private void close(Trade trade) {
        this.trades.add(trade);
        if (!this.settings.protections().isEmpty()) {
            this.guard.closed(ClosedTradeInfo.of(SYMBOL, trade.closedAt(), Prices.toDecimal(trade.profit()),
                    this.followed.money(), trade.reason() == ExitDecision.Reason.STOP));
        }
    }

    /** Money that is not there cannot be put in, whatever the strategy says. */
    private boolean mayOpen(long time) {
        hear();
        if (this.equity.cash() < this.followed.money().doubleValue()) {
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

    private static long lastClose(BarSeries bars, int place) {
        return (place > 0) ? bars.closes()[place - 1] : 0;
    }

    private void say(SpotStrategyRunner trader, Signal signal, long time, long price,
            Backtest.@Nullable SignalListener heard) {
        if (signal != Signal.HOLD) {
            this.decided = price;
            trader.signal(signal);
            // As a bot is refused: when it decides, and not when it could be filled.
            if (trader.pendingAction() == SpotStrategyRunner.PendingAction.OPEN && !mayOpen(time)) {
                trader.clearPending();
            }
            if (heard != null) {
                heard.signal(time, signal);
            }
        }
    }

    BacktestReport report() {
        return BacktestReport.of(this.settings, this.trades, this.equity, this.brokeAt);
    }

    /** Fills entries as far as the price of their decision allows. */
    private final class CappedFills implements OrderExecutor {

        private final SimulatedOrderExecutor fills;

        CappedFills(SimulatedOrderExecutor fills) {
            this.fills = fills;
        }

        @Override
        public Opening open(boolean isLong, long time, long price) {
            @Nullable Position opened = this.fills.open(isLong, time, price, BacktestRun.this.decided);
            return (opened != null) ? new Opening(opened, false) : Opening.NONE;
        }

        @Override
        public boolean close(Position position, long time, ExitDecision exit) {
            this.fills.close(position, time, exit);
            return true;
        }

    }

}
