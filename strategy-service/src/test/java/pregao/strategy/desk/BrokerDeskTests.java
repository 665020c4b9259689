package pregao.strategy.desk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.indicator.Convention;
import pregao.market.backtest.Closes;
import pregao.market.protection.Guard;
import pregao.market.risk.Book;
import pregao.market.risk.Limits;
import pregao.market.rule.Strategy;
import pregao.market.spot.Costs;
import pregao.market.spot.Position;
import pregao.strategy.account.Account;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.Money;
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Lot;
import pregao.strategy.bot.Plan;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Filled;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.rule.StrategyJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A desk at a broker that fills less than was wanted.
 */
class BrokerDeskTests {

    private static final Instrument BTC = new Instrument("binance", "BTCUSDT");

    private static final AccountKey ACCOUNT = new AccountKey(new UUID(1, 1), Money.DEMO);

    private static final Strategy COLOUR = StrategyJson.read("""
            {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.5}""");

    private static final long MINUTE = 60_000;

    private final Bot bot;

    private final SpotDesk desk;

    private Account account = new Account(ACCOUNT, new UUID(3, 3), "binance", "USDT", Limits.USUAL, Book.empty(null));

    BrokerDeskTests() {
        Plan.Spot plan = new Plan.Spot(COLOUR, Convention.PLAIN, new BigDecimal(1000),
                Costs.of(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO), List.of(),
                Map.of("BTCUSDT", new Lot(new BigDecimal("0.01"), new BigDecimal("0.01"), new BigDecimal(5))));
        this.bot = new Bot(new UUID(2, 2), new UUID(3, 3), "try", ACCOUNT, plan, List.of(BTC), Bot.State.RUNNING, "",
                false, 1, 0);
        this.desk = new SpotDesk(this.bot, plan, BTC, new Closes(COLOUR, Convention.PLAIN, BucketGrid.UTC),
                DeskState.NEW, null);
    }

    @Test
    void whatASaleLeavesIsHeldUntilItIsSoldToo() {
        Order bought = ordered(minute(1, 90, 100)).getFirst();
        assertThat(bought.amount()).isEqualByComparingTo("10");
        told(bought, "100", "10", "0.10");
        Order sale = ordered(minute(2, 100, 90)).getFirst();
        assertThat(sale.amount()).isEqualByComparingTo("10");

        Ledger partly = told(sale, "110", "4", "0.04");
        Position left = Objects.requireNonNull(this.desk.state().trader().position());
        assertThat(Price.toDecimal(left.quantity())).isEqualByComparingTo("6");
        assertThat(partly.trades()).singleElement().satisfies((trade) -> {
            assertThat(trade.amount()).isEqualByComparingTo("4");
            // 4 x 10 gained, 4 tenths of the fee of the purchase and that of the sale.
            assertThat(trade.profit()).isEqualByComparingTo("39.92");
        });
        assertThat(this.account.book().exposure()).as("the risk is taken back once all is sold").isPositive();

        Order rest = ordered(minute(3, 90, 80)).getFirst();
        assertThat(rest.id()).isNotEqualTo(sale.id());
        assertThat(rest.amount()).isEqualByComparingTo("6");
        Ledger wholly = told(rest, "90", "6", "0.06");
        assertThat(wholly.trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.profit()).isEqualByComparingTo("-60.12"));
        assertThat(this.desk.state().trader().position()).isNull();
        assertThat(this.account.book().exposure()).isZero();
    }

    private Ledger minute(int number, long open, long close) {
        Candle candle = new Candle(BTC, Timeframe.M1, number * MINUTE, open * Price.ONE,
                Math.max(open, close) * Price.ONE, Math.min(open, close) * Price.ONE, close * Price.ONE, BigDecimal.ONE,
                null, CandleSource.GIVEN, true, 1);
        Ledger ledger = ledger();
        this.desk.minute(candle, turn(ledger));
        return done(ledger);
    }

    private Ledger told(Order order, String price, String amount, String fee) {
        Ledger ledger = ledger();
        this.desk.told(order.done(OrderState.FILLED, new Filled(new BigDecimal(price), new BigDecimal(amount),
                new BigDecimal(fee), null, 1L, order.decidedAt())), turn(ledger));
        return done(ledger);
    }

    private static List<Order> ordered(Ledger ledger) {
        return ledger.news();
    }

    private Ledger ledger() {
        return Ledger.of(List.of(this.account), Set.of(), Instant.ofEpochMilli(10 * MINUTE));
    }

    private Ledger done(Ledger ledger) {
        this.account = ledger.accounts().iterator().next();
        return ledger;
    }

    private static Desk.Turn turn(Ledger ledger) {
        return new Desk.Turn(ledger, true, new Guard(List.of()), false);
    }

}
