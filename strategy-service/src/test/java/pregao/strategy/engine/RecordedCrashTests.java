package pregao.strategy.engine;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.market.spot.ExitDecision;
import pregao.market.spot.Trade;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.LotSize;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays the Bitcoin crash price by price, on paper and at an exchange with resting exit
 * orders. The trades must match a backtest one for one.
 */
class RecordedCrashTests {

    private static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    private static final LotSize LOT = new LotSize(new BigDecimal("0.00001"), new BigDecimal("0.00001"),
            BigDecimal.TEN);

    private final CrashDay day = new CrashDay();

    private final List<Candle> minutes = this.day.minutes(BTC);

    private LiveBotInstance replay(TradingPlan.Spot plan, TradingMode money) {
        LiveBotInstance live = new LiveBotInstance(this.day, plan, BTC, money);
        for (int i = 0; i < this.minutes.size(); i++) {
            live.minute(this.minutes.get(i));
            if (i % 97 == 0) {
                live.takeOver(this.minutes.subList(0, i + 1));
            }
        }
        return live;
    }

    /**
     * Clears the ambiguity flag: prices within the minute show whether the stop or the
     * take profit came first.
     */
    private static Trade withoutAmbiguity(Trade trade) {
        return new Trade(trade.isLong(), trade.openedAt(), trade.entry(), trade.closedAt(), trade.exit(),
                trade.quantity(), trade.fees(), trade.profit(), trade.reason(), false);
    }

    /**
     * Converts a trade to the lot size of the broker, for the stake at the price of the
     * decision.
     */
    private Trade inLots(Trade trade, TradingPlan.Spot plan) {
        BigDecimal amount = plan.money()
            .divide(this.day.decisionPrice(trade.openedAt()), Prices.SCALE, RoundingMode.DOWN)
            .setScale(5, RoundingMode.DOWN);
        BigDecimal entry = Prices.toDecimal(trade.entry());
        BigDecimal exit = Prices.toDecimal(trade.exit());
        BigDecimal fees = CandleExchange.fee(entry.multiply(amount)).add(CandleExchange.fee(exit.multiply(amount)));
        BigDecimal profit = exit.subtract(entry)
            .multiply(amount)
            .setScale(Prices.SCALE, RoundingMode.HALF_EVEN)
            .subtract(fees);
        return new Trade(trade.isLong(), trade.openedAt(), trade.entry(), trade.closedAt(), trade.exit(),
                Prices.of(amount), Prices.of(fees), Prices.of(profit), trade.reason(), false);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rsi", "bands", "colour", "dip" })
    void isTradedOnPaperAsItsBacktestSays(String name) {
        TradingPlan.Spot plan = plan(name);
        LiveBotInstance paper = replay(plan, TradingMode.PAPER);
        List<Trade> expected = this.day.backtest(plan).trades();
        assertThat(expected).as("a day on which something happened").hasSizeGreaterThan(10);
        assertThat(paper.trades()).isEqualTo(expected.stream().map(RecordedCrashTests::withoutAmbiguity).toList());
        assertEntries(paper, plan);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rsi", "bands", "colour", "dip" })
    void isTradedAtABrokerAsItsBacktestSays(String name) throws IOException {
        TradingPlan.Spot plan = plan(name);
        LiveBotInstance broker = replay(inLots(plan), TradingMode.DEMO);
        assertThat(broker.trades())
            .isEqualTo(this.day.backtest(plan).trades().stream().map((trade) -> inLots(trade, plan)).toList());
        assertEntries(broker, plan);
        assertThat(entries(broker)).as("what was wanted, and what became of it")
            .isEqualTo(entries(replay(plan, TradingMode.PAPER)));
        assertProtected(broker);
        assertEventful(name, broker);
    }

    /** Each position has one resting exit order, which was filled or canceled. */
    private static void assertProtected(LiveBotInstance broker) {
        List<Order> resting = broker.orders(Order::isResting);
        List<Order> bought = broker.orders((order) -> isEntry(order) && order.state() == OrderState.FILLED);
        assertThat(resting).hasSameSizeAs(bought);
        List<Long> sold = resting.stream()
            .filter((order) -> order.state() == OrderState.FILLED)
            .map((order) -> Objects.requireNonNull(order.fill()).at())
            .toList();
        assertThat(sold).as("stops and takes are those of the exchange")
            .isEqualTo(broker.trades()
                .stream()
                .filter((trade) -> trade.reason() != ExitDecision.Reason.OPPOSITE)
                .map(Trade::closedAt)
                .toList());
    }

    /** Entries are filled within the cap and rejected beyond it. */
    private void assertEntries(LiveBotInstance live, TradingPlan.Spot plan) {
        long end = this.minutes.getLast().openTime() + 60_000;
        for (Order order : live.orders(RecordedCrashTests::isEntry)) {
            if (order.state() != OrderState.REFUSED && order.decidedAt() < end) {
                boolean beyond = this.day.isBeyondCap(plan, true, order.decidedAt());
                assertThat(order.state()).as(order.toString())
                    .isEqualTo(beyond ? OrderState.REJECTED : OrderState.FILLED);
                assertThat(order.reason()).isEqualTo(beyond ? "nothing_filled" : "");
            }
        }
    }

    private static boolean isEntry(Order order) {
        return order.purpose() == PositionEffect.OPEN;
    }

    private static List<String> entries(LiveBotInstance live) {
        return live.orders(RecordedCrashTests::isEntry)
            .stream()
            .map((order) -> "%d %s %s %s".formatted(order.decidedAt(), order.side(), order.state(), order.reason()))
            .toList();
    }

    private static TradingPlan.Spot plan(String name) {
        return CrashDay.plan(Objects.requireNonNull(CrashDay.settings(false, BTC).get(name)));
    }

    private static TradingPlan.Spot inLots(TradingPlan.Spot plan) {
        return new TradingPlan.Spot(plan.strategy(), plan.convention(), plan.money(), plan.costs(), plan.protections(),
                Map.of(BTC.symbol(), LOT));
    }

    /** The day must have several events of each kind to be meaningful. */
    private static void assertEventful(String name, LiveBotInstance live) throws IOException {
        long stops = live.trades().stream().filter((trade) -> trade.reason() == ExitDecision.Reason.STOP).count();
        long takes = live.trades().stream().filter((trade) -> trade.reason() == ExitDecision.Reason.TAKE).count();
        int capped = live.orders((order) -> isEntry(order) && order.state() == OrderState.REJECTED).size();
        assertThat(stops).as("stops").isGreaterThan(3);
        assertThat(takes).as("takes").isGreaterThan(3);
        assertThat(capped).as("entries beyond the cap").isPositive();
        Files.writeString(Path.of("target", "recorded-crash-%s.txt".formatted(name)),
                "%s: %d trades, %d stops, %d takes, %d entries beyond the cap, %d protective orders%n".formatted(name,
                        live.trades().size(), stops, takes, capped, live.orders(Order::isResting).size()));
    }

}
