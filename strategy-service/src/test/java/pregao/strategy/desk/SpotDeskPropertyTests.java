package pregao.strategy.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.indicator.Convention;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestSettings;
import pregao.market.backtest.Bars;
import pregao.market.backtest.Closes;
import pregao.market.backtest.Report;
import pregao.market.protection.Guard;
import pregao.market.protection.Protection;
import pregao.market.risk.Book;
import pregao.market.risk.Limits;
import pregao.market.rule.Strategy;
import pregao.market.spot.Costs;
import pregao.market.spot.Trade;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Plan;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Order;
import pregao.strategy.trade.Traded;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A desk on paper and a backtest do the same: same trades, one for one.
 */
class SpotDeskPropertyTests {

    private static final Instrument BTC = new Instrument("replay", "BTCUSDT");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), Money.PAPER);

    private static final BigDecimal MONEY = new BigDecimal("1000");

    private static final Costs COSTS = Costs.of(new BigDecimal("0.001"), new BigDecimal("0.2"),
            new BigDecimal("0.0005"));

    private static final Limits WIDE = new Limits(n(1_000_000), n(1_000_000), n(100_000_000), n(100_000_000), 2);

    private static BigDecimal n(long number) {
        return BigDecimal.valueOf(number);
    }

    @Property(tries = 300)
    void tradesAsTheBacktest(@ForAll long seed) {
        Random random = new Random(seed);
        Timeframe timeframe = random.nextBoolean() ? Timeframe.M1 : Timeframe.M5;
        Strategy rsi = Strategy.rsi(timeframe);
        Strategy strategy = new Strategy("try", timeframe, rsi.buy(), rsi.sell(), new BigDecimal("0.01"),
                random.nextBoolean() ? new BigDecimal("0.008") : null, random.nextBoolean());
        // So little money buys a few of the least quantities only.
        BigDecimal money = random.nextBoolean() ? MONEY : new BigDecimal("0.0025");
        Costs costs = COSTS.capped(new BigDecimal(List.of("0.001", "0.01", "0.02").get(random.nextInt(3))));
        List<Protection> protections = protections(random);
        List<Candle> candles = candles(random, 1_500);
        Report report = new Backtest(
                new BacktestSettings(strategy, Convention.PLAIN, n(1_000_000), money, costs, 365, protections))
            .run(Bars.of(candles));

        Plan.Spot plan = new Plan.Spot(strategy, Convention.PLAIN, money, costs, protections, java.util.Map.of());
        Bot bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(BTC), Bot.State.RUNNING, "",
                false, 1, 0);
        Live live = new Live(bot, plan);
        for (Candle candle : candles) {
            live.minute(candle, random);
        }

        List<Trade> expected = report.trades()
            .stream()
            .filter((trade) -> trade.reason() != pregao.market.spot.Exit.Reason.END)
            .toList();
        assertThat(live.trades.stream().map(SpotDeskPropertyTests::text).toList())
            .isEqualTo(expected.stream().map(SpotDeskPropertyTests::text).toList());
        assertThat(live.account.book().profit())
            .isEqualByComparingTo(live.trades.stream().map(Traded::profit).reduce(BigDecimal.ZERO, BigDecimal::add));
        boolean holds = report.trades().size() > expected.size();
        assertThat(live.account.book().exposure().signum() > 0).as("exposure while something is held or wanted")
            .isEqualTo(holds || live.desk.isBusy());
    }

    /** One kind, or none. */
    private static List<Protection> protections(Random random) {
        Duration rest = Duration.ofMinutes(1 + random.nextInt(60));
        Duration lookback = Duration.ofHours(1 + random.nextInt(6));
        int least = 1 + random.nextInt(3);
        BigDecimal part = new BigDecimal(random.nextInt(30)).movePointLeft(3);
        return switch (random.nextInt(5)) {
            case 0 -> List.of(new Protection.Cooldown(rest));
            case 1 -> List.of(new Protection.StopGuard(lookback, least, rest, random.nextBoolean()));
            case 2 -> List.of(new Protection.MaxDrawdown(lookback, least, part.add(new BigDecimal("0.0005")), rest));
            case 3 -> List.of(new Protection.LowProfit(lookback, least, part.negate(), rest));
            default -> List.of();
        };
    }

    private static String text(Traded trade) {
        return "%s %d %s %d %s %s %s %s %s".formatted(trade.side(), trade.openedAt(),
                Price.of(java.util.Objects.requireNonNull(trade.entry())), trade.closedAt(),
                Price.of(java.util.Objects.requireNonNull(trade.exit())), Price.of(trade.amount()),
                Price.of(trade.fees()), Price.of(trade.profit()), trade.reason() + trade.ambiguous());
    }

    private static String text(Trade trade) {
        return "%s %d %s %d %s %s %s %s %s".formatted(trade.isLong() ? "BUY" : "SELL", trade.openedAt(), trade.entry(),
                trade.closedAt(), trade.exit(), trade.quantity(), trade.fees(), trade.profit(),
                trade.reason().name().toLowerCase(java.util.Locale.ROOT) + trade.ambiguous());
    }

    /** A walk with gaps, jumps and dojis. */
    private static List<Candle> candles(Random random, int count) {
        List<Candle> candles = new ArrayList<>();
        long time = 1_621_382_400_000L;
        long price = 40_000 * Price.ONE;
        for (int i = 0; i < count; i++) {
            time += 60_000L * ((random.nextInt(20) == 0) ? 1 + random.nextInt(9) : 1);
            long open = price + ((random.nextInt(30) == 0) ? (random.nextInt(2_000) - 1_000) * Price.ONE : 0);
            long close = open + (random.nextInt(201) - 100) * Price.ONE;
            long high = Math.max(open, close) + random.nextInt(150) * Price.ONE;
            long low = Math.min(open, close) - random.nextInt(150) * Price.ONE;
            candles.add(new Candle(BTC, Timeframe.M1, time, open, high, low, close, BigDecimal.ONE, null,
                    CandleSource.GIVEN, true, 1));
            price = close;
        }
        return candles;
    }

    /** A bot as the loop runs it, taken over by another replica now and then. */
    private static final class Live {

        private final Bot bot;

        private final Plan.Spot plan;

        private final List<Traded> trades = new ArrayList<>();

        private final List<Candle> past = new ArrayList<>();

        private @Nullable Order wanted;

        private Account account = new Account(ACCOUNT, new UUID(3, 3), Account.PAPER, "USD", WIDE,
                Book.empty(n(1_000_000)));

        private final Guard guard;

        private SpotDesk desk;

        Live(Bot bot, Plan.Spot plan) {
            this.bot = bot;
            this.plan = plan;
            this.guard = new Guard(plan.protections());
            this.desk = new SpotDesk(bot, plan, BTC, new Closes(plan.strategy(), plan.convention(), BucketGrid.UTC),
                    DeskState.NEW, null);
        }

        void minute(Candle candle, Random random) {
            if (random.nextInt(50) == 0) {
                takeOver();
            }
            Ledger ledger = Ledger.of(List.of(this.account), Set.of(), Instant.ofEpochMilli(candle.openTime()));
            this.desk.minute(candle, new Desk.Turn(ledger, true, this.guard, false));
            this.desk.minute(candle, new Desk.Turn(ledger, true, this.guard, false));
            this.trades.addAll(ledger.trades());
            this.account = ledger.accounts().iterator().next();
            java.util.UUID id = this.desk.state().order();
            if (id != null) {
                ledger.orders()
                    .stream()
                    .filter((order) -> order.id().equals(id))
                    .forEach((order) -> this.wanted = order);
            }
            else {
                this.wanted = null;
            }
            this.past.add(candle);
        }

        private void takeOver() {
            Closes closes = new Closes(this.plan.strategy(), this.plan.convention(), BucketGrid.UTC);
            for (Candle each : this.past) {
                closes.before(each.openTime());
                closes.after(each.openTime(), each.open(), each.high(), each.low(), each.close());
            }
            this.desk = new SpotDesk(this.bot, this.plan, BTC, closes, this.desk.state(), this.wanted);
        }

    }

}
