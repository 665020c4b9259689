package pregao.strategy.engine;

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
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.BarSeries;
import pregao.market.backtest.StrategyEvaluator;
import pregao.market.protection.Protection;
import pregao.market.protection.ProtectionEngine;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.market.rule.Strategy;
import pregao.market.spot.Trade;
import pregao.market.spot.TransactionCosts;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.TradingPlan;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.trade.ClosedTrade;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A spot bot instance on paper has the same trades as a backtest, one for one.
 */
class SpotBotInstancePropertyTests {

    private static final Instrument BTC = new Instrument("replay", "BTCUSDT");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), TradingMode.PAPER);

    private static final BigDecimal MONEY = new BigDecimal("1000");

    private static final TransactionCosts COSTS = TransactionCosts.of(new BigDecimal("0.001"), new BigDecimal("0.2"),
            new BigDecimal("0.0005"));

    private static final RiskLimits WIDE_LIMITS = new RiskLimits(n(1_000_000), n(1_000_000), n(100_000_000),
            n(100_000_000), 2);

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
        // The lower amount buys only a few of the smallest quantities.
        BigDecimal money = random.nextBoolean() ? MONEY : new BigDecimal("0.0025");
        TransactionCosts costs = COSTS.capped(new BigDecimal(List.of("0.001", "0.01", "0.02").get(random.nextInt(3))));
        List<Protection> protections = protections(random);
        List<Candle> candles = candles(random, 1_500);
        BacktestReport report = new Backtest(
                new BacktestConfig(strategy, IndicatorConvention.PLAIN, n(1_000_000), money, costs, 365, protections))
            .run(BarSeries.of(candles));

        TradingPlan.Spot plan = new TradingPlan.Spot(strategy, IndicatorConvention.PLAIN, money, costs, protections,
                java.util.Map.of());
        Bot bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(BTC), Bot.State.RUNNING, "",
                false, 1, 0);
        Live live = new Live(bot, plan);
        for (Candle candle : candles) {
            live.minute(candle, random);
        }

        List<Trade> expected = report.trades()
            .stream()
            .filter((trade) -> trade.reason() != pregao.market.spot.ExitDecision.Reason.END)
            .toList();
        assertThat(live.trades.stream().map(SpotBotInstancePropertyTests::text).toList())
            .isEqualTo(expected.stream().map(SpotBotInstancePropertyTests::text).toList());
        assertThat(live.account.book().profit()).isEqualByComparingTo(
                live.trades.stream().map(ClosedTrade::profit).reduce(BigDecimal.ZERO, BigDecimal::add));
        boolean isHolding = report.trades().size() > expected.size();
        assertThat(live.account.book().exposure().signum() > 0).as("exposure while something is held or wanted")
            .isEqualTo(isHolding || live.instance.isBusy());
    }

    /** Returns one protection, or none. */
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

    private static String text(ClosedTrade trade) {
        return "%s %d %s %d %s %s %s %s %s".formatted(trade.side(), trade.openedAt(),
                Prices.of(java.util.Objects.requireNonNull(trade.entry())), trade.closedAt(),
                Prices.of(java.util.Objects.requireNonNull(trade.exit())), Prices.of(trade.amount()),
                Prices.of(trade.fees()), Prices.of(trade.profit()), trade.reason() + trade.ambiguous());
    }

    private static String text(Trade trade) {
        return "%s %d %s %d %s %s %s %s %s".formatted(trade.isLong() ? "BUY" : "SELL", trade.openedAt(), trade.entry(),
                trade.closedAt(), trade.exit(), trade.quantity(), trade.fees(), trade.profit(),
                trade.reason().name().toLowerCase(java.util.Locale.ROOT) + trade.ambiguous());
    }

    /** A random walk with gaps, jumps and dojis. */
    private static List<Candle> candles(Random random, int count) {
        List<Candle> candles = new ArrayList<>();
        long time = 1_621_382_400_000L;
        long price = 40_000 * Prices.ONE;
        for (int i = 0; i < count; i++) {
            time += 60_000L * ((random.nextInt(20) == 0) ? 1 + random.nextInt(9) : 1);
            long open = price + ((random.nextInt(30) == 0) ? (random.nextInt(2_000) - 1_000) * Prices.ONE : 0);
            long close = open + (random.nextInt(201) - 100) * Prices.ONE;
            long high = Math.max(open, close) + random.nextInt(150) * Prices.ONE;
            long low = Math.min(open, close) - random.nextInt(150) * Prices.ONE;
            candles.add(new Candle(BTC, Timeframe.M1, time, open, high, low, close, BigDecimal.ONE, null,
                    CandleSource.GIVEN, true, 1));
            price = close;
        }
        return candles;
    }

    /** Runs a bot like the trading loop. Another replica takes over at random. */
    private static final class Live {

        private final Bot bot;

        private final TradingPlan.Spot plan;

        private final List<ClosedTrade> trades = new ArrayList<>();

        private final List<Candle> processedMinutes = new ArrayList<>();

        private @Nullable Order pendingOrder;

        private Account account = new Account(ACCOUNT, new UUID(3, 3), Account.PAPER, "USD", WIDE_LIMITS,
                AccountRiskState.empty(n(1_000_000)));

        private final ProtectionEngine guard;

        private SpotBotInstance instance;

        Live(Bot bot, TradingPlan.Spot plan) {
            this.bot = bot;
            this.plan = plan;
            this.guard = new ProtectionEngine(plan.protections());
            this.instance = new SpotBotInstance(bot, plan, BTC,
                    new StrategyEvaluator(plan.strategy(), plan.convention(), BucketGrid.UTC), BotInstanceSnapshot.NEW,
                    null);
        }

        void minute(Candle candle, Random random) {
            if (random.nextInt(50) == 0) {
                takeOver();
            }
            LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), Set.of(),
                    Instant.ofEpochMilli(candle.openTime()));
            this.instance.onMinuteClosed(candle, new BotInstance.TradingContext(ledger, true, this.guard, false));
            this.instance.onMinuteClosed(candle, new BotInstance.TradingContext(ledger, true, this.guard, false));
            this.trades.addAll(ledger.trades());
            this.account = ledger.accounts().iterator().next();
            java.util.UUID id = this.instance.snapshot().order();
            if (id != null) {
                ledger.orders()
                    .stream()
                    .filter((order) -> order.id().equals(id))
                    .forEach((order) -> this.pendingOrder = order);
            }
            else {
                this.pendingOrder = null;
            }
            this.processedMinutes.add(candle);
        }

        private void takeOver() {
            StrategyEvaluator closes = new StrategyEvaluator(this.plan.strategy(), this.plan.convention(),
                    BucketGrid.UTC);
            for (Candle candle : this.processedMinutes) {
                closes.before(candle.openTime());
                closes.after(candle.openTime(), candle.open(), candle.high(), candle.low(), candle.close());
            }
            this.instance = new SpotBotInstance(this.bot, this.plan, BTC, closes, this.instance.snapshot(),
                    this.pendingOrder);
        }

    }

}
