package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.option.OptionBacktest;
import pregao.market.option.OptionBacktestConfig;
import pregao.market.option.OptionTrade;
import pregao.market.spot.Trade;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.candle.CandleSeries;

/**
 * Backtests the trading plan of a bot on the minutes that the bot has observed. A paper
 * bot has no capital of its own, so the backtest gets more capital than it can need.
 */
final class BacktestReplay {

    private static final BigDecimal CAPITAL_FACTOR = BigDecimal.valueOf(1_000_000);

    private static final int DAYS_PER_YEAR = 365;

    private BacktestReplay() {
    }

    /** Returns the timeframe of the warm-up candles before the first minute. */
    static Timeframe warmUpTimeframe(TradingPlan plan) {
        return (plan instanceof TradingPlan.Spot spot) ? spot.strategy().timeframe() : Timeframe.M1;
    }

    static List<ComparedTrade> run(TradingPlan plan, CandleSeries minutes) {
        return switch (plan) {
            case TradingPlan.Spot spot -> replaySpot(spot, minutes);
            case TradingPlan.Option option -> replayOptions(option, minutes);
        };
    }

    private static List<ComparedTrade> replaySpot(TradingPlan.Spot plan, CandleSeries minutes) {
        BacktestConfig config = new BacktestConfig(plan.strategy(), plan.convention(),
                plan.money().multiply(CAPITAL_FACTOR), plan.money(), plan.costs(), DAYS_PER_YEAR, plan.protections());
        NavigableSet<Long> signalTimes = new TreeSet<>();
        BacktestReport report = new Backtest(config).listen(minutes.bars(), minutes.range(),
                (time, signal) -> signalTimes.add(time));
        List<ComparedTrade> comparedTrades = new ArrayList<>();
        for (Trade trade : report.trades()) {
            Long decidedAt = Objects.requireNonNullElse(signalTimes.floor(trade.openedAt()), trade.openedAt());
            comparedTrades.add(new ComparedTrade(minutes.instrument(), trade.isLong() ? "buy" : "sell", 0, decidedAt,
                    trade.openedAt(), trade.closedAt(), Prices.toDecimal(trade.entry()), Prices.toDecimal(trade.exit()),
                    Prices.toDecimal(trade.fees()), Prices.toDecimal(trade.profit()), lowerCaseName(trade.reason()),
                    trade.ambiguous()));
        }
        return comparedTrades;
    }

    private static List<ComparedTrade> replayOptions(TradingPlan.Option plan, CandleSeries minutes) {
        BigDecimal cycleCost = plan.options()
            .levels()
            .stream()
            .map((level) -> level.multiply(plan.options().stake()))
            .reduce(BigDecimal.ONE, BigDecimal::add);
        OptionBacktestConfig config = new OptionBacktestConfig(plan.options(), plan.payout(),
                cycleCost.multiply(CAPITAL_FACTOR));
        return OptionBacktest.run(config, minutes.bars(), minutes.range())
            .trades()
            .stream()
            .map((trade) -> toComparedTrade(minutes.instrument(), trade))
            .toList();
    }

    private static ComparedTrade toComparedTrade(Instrument instrument, OptionTrade trade) {
        return new ComparedTrade(instrument, lowerCaseName(trade.entry().direction()), trade.entry().level(),
                trade.entry().at(), trade.entry().at(), trade.entry().until(), Prices.toDecimal(trade.strike()),
                Prices.toDecimal(trade.close()), BigDecimal.ZERO, trade.settlement().profit(),
                lowerCaseName(trade.settlement().result()), false);
    }

    private static String lowerCaseName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

}
