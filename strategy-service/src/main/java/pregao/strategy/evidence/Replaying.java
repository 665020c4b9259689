package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestSettings;
import pregao.market.backtest.Report;
import pregao.market.option.OptionBacktest;
import pregao.market.option.OptionSettings;
import pregao.market.option.OptionTrade;
import pregao.market.spot.Trade;
import pregao.strategy.bot.Plan;
import pregao.strategy.candle.Minutes;

/**
 * The backtest of a bot's plan on the minutes it has seen. A bot on paper has no capital
 * of its own, so here there is always enough of it.
 */
final class Replaying {

    private static final BigDecimal ENOUGH = BigDecimal.valueOf(1_000_000);

    private static final int DAYS = 365;

    private Replaying() {
    }

    /** Whose candles are needed before the first minute. */
    static Timeframe warm(Plan plan) {
        return (plan instanceof Plan.Spot spot) ? spot.strategy().timeframe() : Timeframe.M1;
    }

    static List<Deal> of(Plan plan, Minutes minutes) {
        return switch (plan) {
            case Plan.Spot spot -> spot(spot, minutes);
            case Plan.Option option -> options(option, minutes);
        };
    }

    private static List<Deal> spot(Plan.Spot plan, Minutes minutes) {
        BacktestSettings settings = new BacktestSettings(plan.strategy(), plan.convention(),
                plan.money().multiply(ENOUGH), plan.money(), plan.costs(), DAYS, plan.protections());
        NavigableSet<Long> said = new TreeSet<>();
        Report report = new Backtest(settings).listen(minutes.bars(), minutes.range(),
                (time, signal) -> said.add(time));
        List<Deal> deals = new ArrayList<>();
        for (Trade trade : report.trades()) {
            Long decided = Objects.requireNonNullElse(said.floor(trade.openedAt()), trade.openedAt());
            deals.add(new Deal(minutes.instrument(), trade.isLong() ? "buy" : "sell", 0, decided, trade.openedAt(),
                    trade.closedAt(), Price.toDecimal(trade.entry()), Price.toDecimal(trade.exit()),
                    Price.toDecimal(trade.fees()), Price.toDecimal(trade.profit()), word(trade.reason()),
                    trade.ambiguous()));
        }
        return deals;
    }

    private static List<Deal> options(Plan.Option plan, Minutes minutes) {
        BigDecimal cycle = plan.options()
            .levels()
            .stream()
            .map((level) -> level.multiply(plan.options().stake()))
            .reduce(BigDecimal.ONE, BigDecimal::add);
        OptionSettings settings = new OptionSettings(plan.options(), plan.payout(), cycle.multiply(ENOUGH));
        return OptionBacktest.run(settings, minutes.bars(), minutes.range())
            .trades()
            .stream()
            .map((trade) -> deal(minutes.instrument(), trade))
            .toList();
    }

    private static Deal deal(Instrument instrument, OptionTrade trade) {
        return new Deal(instrument, word(trade.entry().direction()), trade.entry().level(), trade.entry().at(),
                trade.entry().at(), trade.entry().until(), Price.toDecimal(trade.strike()),
                Price.toDecimal(trade.close()), BigDecimal.ZERO, trade.settlement().profit(),
                word(trade.settlement().result()), false);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

}
