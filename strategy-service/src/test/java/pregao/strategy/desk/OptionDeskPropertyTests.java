package pregao.strategy.desk;

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
import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.market.backtest.Bars;
import pregao.market.backtest.Range;
import pregao.market.option.Equals;
import pregao.market.option.OptionBacktest;
import pregao.market.option.OptionPlan;
import pregao.market.option.OptionReport;
import pregao.market.option.OptionSettings;
import pregao.market.option.OptionTrade;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.Patterns;
import pregao.market.protection.Guard;
import pregao.market.risk.Book;
import pregao.market.risk.Limits;
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
 * A desk for options on paper and a backtest do the same: same entries, same results.
 */
class OptionDeskPropertyTests {

    private static final Instrument EURUSD = new Instrument("replay", "EURUSD");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), Money.PAPER);

    private static final BigDecimal PAYOUT = new BigDecimal("0.87");

    private static final Limits WIDE = new Limits(n(1_000_000), n(1_000_000), n(100_000_000), n(100_000_000), 5);

    private static BigDecimal n(long number) {
        return BigDecimal.valueOf(number);
    }

    @Property(tries = 300)
    void betsAsTheBacktest(@ForAll long seed) {
        Random random = new Random(seed);
        Pattern pattern = Patterns.ALL.get(random.nextInt(Patterns.ALL.size()));
        OptionPlan options = new OptionPlan(pattern, n(10), List.of(n(1), n(2), n(4)).subList(0, 1 + random.nextInt(3)),
                2, List.of(Equals.values()).get(random.nextInt(3)));
        List<Candle> candles = candles(random, 1_200);
        Bars bars = Bars.of(candles);
        OptionReport report = OptionBacktest.run(new OptionSettings(options, PAYOUT, n(10_000_000)), bars,
                new Range(0, 0, bars.size()));

        Plan.Option plan = new Plan.Option(options, PAYOUT, List.of());
        Bot bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(EURUSD), Bot.State.RUNNING, "",
                false, 1, 0);
        Live live = new Live(bot, plan);
        candles.forEach((candle) -> live.minute(candle, random));

        assertThat(live.trades.stream().map(OptionDeskPropertyTests::text).toList())
            .isEqualTo(report.trades().stream().map(OptionDeskPropertyTests::text).toList());
        assertThat(live.account.book().exposure().signum() > 0).as("exposure while a cycle runs")
            .isEqualTo(live.desk.isBusy());
    }

    private static String text(Traded trade) {
        return "%s %d %d %d %s %s %s".formatted(trade.side(), trade.openedAt(), trade.closedAt(), trade.level(),
                Price.of(java.util.Objects.requireNonNull(trade.entry())), trade.amount().toPlainString(),
                trade.profit().toPlainString());
    }

    private static String text(OptionTrade trade) {
        return "%s %d %d %d %s %s %s".formatted(trade.entry().direction(), trade.entry().at(), trade.entry().until(),
                trade.entry().level(), trade.strike(), trade.entry().stake().toPlainString(),
                trade.settlement().profit().toPlainString());
    }

    /** Coins with dojis and gaps. */
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

    /** A bot as the loop runs it, taken over by another replica now and then. */
    private static final class Live {

        private final Bot bot;

        private final Plan.Option plan;

        private final List<Traded> trades = new ArrayList<>();

        private @Nullable Order order;

        private Account account = new Account(ACCOUNT, new UUID(3, 3), Account.PAPER, "USD", WIDE,
                Book.empty(n(10_000_000)));

        private OptionDesk desk;

        Live(Bot bot, Plan.Option plan) {
            this.bot = bot;
            this.plan = plan;
            this.desk = new OptionDesk(bot, plan, EURUSD, DeskState.NEW, null);
        }

        void minute(Candle candle, Random random) {
            if (random.nextInt(20) == 0) {
                this.desk = new OptionDesk(this.bot, this.plan, EURUSD, this.desk.state(), this.order);
            }
            Ledger ledger = Ledger.of(List.of(this.account), Set.of(), Instant.ofEpochMilli(candle.openTime()));
            Desk.Turn turn = new Desk.Turn(ledger, true, new Guard(List.of()), false);
            this.desk.minute(candle, turn);
            this.desk.minute(candle, turn);
            this.trades.addAll(ledger.trades());
            this.account = ledger.accounts().iterator().next();
            UUID id = this.desk.state().order();
            ledger.orders().stream().filter((one) -> one.id().equals(id)).forEach((one) -> this.order = one);
            if (id == null) {
                this.order = null;
            }
        }

    }

}
