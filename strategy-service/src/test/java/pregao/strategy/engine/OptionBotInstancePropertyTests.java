package pregao.strategy.engine;

import java.math.BigDecimal;
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
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.option.OptionBacktest;
import pregao.market.option.OptionBacktestConfig;
import pregao.market.option.OptionReport;
import pregao.market.option.OptionStrategyConfig;
import pregao.market.option.OptionTrade;
import pregao.market.option.TiePolicy;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternPresets;
import pregao.market.protection.ProtectionEngine;
import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
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
 * An option bot instance on paper has the same entries and results as a backtest.
 */
class OptionBotInstancePropertyTests {

    private static final Instrument EURUSD = new Instrument("replay", "EURUSD");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), TradingMode.PAPER);

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    private static final RiskLimits WIDE_LIMITS = new RiskLimits(n(1_000_000), n(1_000_000), n(100_000_000),
            n(100_000_000), 5);

    private static BigDecimal n(long number) {
        return BigDecimal.valueOf(number);
    }

    @Property(tries = 300)
    void betsAsTheBacktest(@ForAll long seed) {
        Random random = new Random(seed);
        Pattern pattern = PatternPresets.ALL.get(random.nextInt(PatternPresets.ALL.size()));
        OptionStrategyConfig options = new OptionStrategyConfig(pattern, n(10),
                List.of(n(1), n(2), n(4)).subList(0, 1 + random.nextInt(3)), 2,
                List.of(TiePolicy.values()).get(random.nextInt(3)));
        List<Candle> candles = candles(random, 1_200);
        BarSeries bars = BarSeries.of(candles);
        OptionReport report = OptionBacktest.run(new OptionBacktestConfig(options, PAYOUT, n(10_000_000)), bars,
                new BacktestWindow(0, 0, bars.size()));

        TradingPlan.Option plan = new TradingPlan.Option(options, PAYOUT, List.of());
        Bot bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(EURUSD), Bot.State.RUNNING, "",
                false, 1, 0);
        Live live = new Live(bot, plan);
        candles.forEach((candle) -> live.minute(candle, random));

        assertThat(live.trades.stream().map(OptionBotInstancePropertyTests::text).toList())
            .isEqualTo(report.trades().stream().map(OptionBotInstancePropertyTests::text).toList());
        assertThat(live.account.book().exposure().signum() > 0).as("exposure while a cycle runs")
            .isEqualTo(live.instance.isBusy());
    }

    private static String text(ClosedTrade trade) {
        return "%s %d %d %d %s %s %s".formatted(trade.side(), trade.openedAt(), trade.closedAt(), trade.level(),
                Prices.of(java.util.Objects.requireNonNull(trade.entry())), trade.amount().toPlainString(),
                trade.profit().toPlainString());
    }

    private static String text(OptionTrade trade) {
        return "%s %d %d %d %s %s %s".formatted(trade.entry().direction(), trade.entry().at(), trade.entry().until(),
                trade.entry().level(), trade.strike(), trade.entry().stake().toPlainString(),
                trade.settlement().profit().toPlainString());
    }

    /** Random candles with dojis and gaps. */
    private static List<Candle> candles(Random random, int count) {
        List<Candle> candles = new ArrayList<>();
        long time = 1_621_382_400_000L;
        for (int i = 0; i < count; i++) {
            time += 60_000L * ((random.nextInt(40) == 0) ? 1 + random.nextInt(9) : 1);
            long open = 110_000_000;
            long close = open + ((random.nextInt(15) == 0) ? 0 : random.nextBoolean() ? 1_000 : -1_000);
            candles.add(new Candle(EURUSD, Timeframe.M1, time, open, Math.max(open, close), Math.min(open, close),
                    close, BigDecimal.ONE, null, CandleSource.GIVEN, true, 1));
        }
        return candles;
    }

    /** Runs a bot like the trading loop. Another replica takes over at random. */
    private static final class Live {

        private final Bot bot;

        private final TradingPlan.Option plan;

        private final List<ClosedTrade> trades = new ArrayList<>();

        private @Nullable Order order;

        private Account account = new Account(ACCOUNT, new UUID(3, 3), Account.PAPER, "USD", WIDE_LIMITS,
                AccountRiskState.empty(n(10_000_000)));

        private OptionBotInstance instance;

        Live(Bot bot, TradingPlan.Option plan) {
            this.bot = bot;
            this.plan = plan;
            this.instance = new OptionBotInstance(bot, plan, EURUSD, BotInstanceSnapshot.NEW, null);
        }

        void minute(Candle candle, Random random) {
            if (random.nextInt(20) == 0) {
                this.instance = new OptionBotInstance(this.bot, this.plan, EURUSD, this.instance.snapshot(),
                        this.order);
            }
            LedgerTransaction ledger = LedgerTransaction.of(List.of(this.account), Set.of(),
                    Instant.ofEpochMilli(candle.openTime()));
            BotInstance.TradingContext context = new BotInstance.TradingContext(ledger, true,
                    new ProtectionEngine(List.of()), false);
            this.instance.onMinuteClosed(candle, context);
            this.instance.onMinuteClosed(candle, context);
            this.trades.addAll(ledger.trades());
            this.account = ledger.accounts().iterator().next();
            UUID id = this.instance.snapshot().order();
            ledger.orders().stream().filter((order) -> order.id().equals(id)).forEach((order) -> this.order = order);
            if (id == null) {
                this.order = null;
            }
        }

    }

}
