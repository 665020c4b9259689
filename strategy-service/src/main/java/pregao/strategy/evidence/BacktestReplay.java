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
 * The backtest of a bot's plan on the minutes it has seen. A bot on paper has no capital
 * of its own, so here there is always enough of it.
 */
final class BacktestReplay {

    private static final BigDecimal ENOUGH = BigDecimal.valueOf(1_000_000);

    private static final int DAYS = 365;

    private BacktestReplay() {
    }

    /** Whose candles are needed before the first minute. */
    static Timeframe warm(TradingPlan plan) {
        return (plan instanceof TradingPlan.Spot spot) ? spot.strategy().timeframe() : Timeframe.M1;
    }

    static List<ComparedTrade> of(TradingPlan plan, CandleSeries minutes) {
        return switch (plan) {
            case TradingPlan.Spot spot -> spot(spot, minutes);
            case TradingPlan.Option option -> options(option, minutes);
        };
    }

    private static List<ComparedTrade> spot(TradingPlan.Spot plan, CandleSeries minutes) {
        BacktestConfig settings = new BacktestConfig(plan.strategy(), plan.convention(), plan.money().multiply(ENOUGH),
                plan.money(), plan.costs(), DAYS, plan.protections());
        NavigableSet<Long> said = new TreeSet<>();
        BacktestReport report = new Backtest(settings).listen(minutes.bars(), minutes.range(),
                (time, signal) -> said.add(time));
        List<ComparedTrade> deals = new ArrayList<>();
        for (Trade trade : report.trades()) {
            Long decided = Objects.requireNonNullElse(said.floor(trade.openedAt()), trade.openedAt());
            deals.add(new ComparedTrade(minutes.instrument(), trade.isLong() ? "buy" : "sell", 0, decided,
                    trade.openedAt(), trade.closedAt(), Prices.toDecimal(trade.entry()), Prices.toDecimal(trade.exit()),
                    Prices.toDecimal(trade.fees()), Prices.toDecimal(trade.profit()), word(trade.reason()),
                    trade.ambiguous()));
        }
        return deals;
    }

    private static List<ComparedTrade> options(TradingPlan.Option plan, CandleSeries minutes) {
        BigDecimal cycle = plan.options()
            .levels()
            .stream()
            .map((level) -> level.multiply(plan.options().stake()))
            .reduce(BigDecimal.ONE, BigDecimal::add);
        OptionBacktestConfig settings = new OptionBacktestConfig(plan.options(), plan.payout(), cycle.multiply(ENOUGH));
        return OptionBacktest.run(settings, minutes.bars(), minutes.range())
            .trades()
            .stream()
            .map((trade) -> deal(minutes.instrument(), trade))
            .toList();
    }

    private static ComparedTrade deal(Instrument instrument, OptionTrade trade) {
        return new ComparedTrade(instrument, word(trade.entry().direction()), trade.entry().level(), trade.entry().at(),
                trade.entry().at(), trade.entry().until(), Prices.toDecimal(trade.strike()),
                Prices.toDecimal(trade.close()), BigDecimal.ZERO, trade.settlement().profit(),
                word(trade.settlement().result()), false);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

}
