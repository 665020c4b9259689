package pregao.strategy.engine;

import java.math.BigDecimal;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import pregao.market.rule.Strategy;
import pregao.market.spot.Position;
import pregao.strategy.account.AccountKey;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.rule.StrategyJsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The owner of a running bot closes what it holds: 10 bought at 100.
 */
class ManualCloseTests extends LiveSpotExecutionFixture {

    private static final UUID ID = new UUID(7, 7);

    private static final Strategy COLOUR = StrategyJsonMapper.read("""
            {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.1, "take": 0.2}""");

    ManualCloseTests() {
        super(COLOUR);
    }

    @Test
    void theBotSellsAllAndThenDecidesAsIfItHadSoldItself() {
        Order resting = bought();
        Order sale = ordered(told(wish("100"))).getFirst();
        assertThat(sale.id()).isEqualTo(ID);
        assertThat(sale.reason()).isEqualTo("by_hand");
        assertThat(sale.amount()).isEqualByComparingTo("10");
        assertThat(sale.validUntil()).as("it may be sent now").isGreaterThan(this.now.toEpochMilli());
        assertThat(sale.told()).as("its end is to be told").isFalse();
        assertThat(sale.terms()).as("what protects the position is ended first")
            .isEqualTo(SpotTerms.after(resting.id()));

        told(resting.became(OrderState.CANCELLED, "cancelled", ""));
        assertThat(filled(sale, "101", "10").trades()).singleElement().satisfies((trade) -> {
            assertThat(trade.id()).isEqualTo(ID);
            assertThat(trade.reason()).isEqualTo("by_hand");
            assertThat(trade.profit()).isEqualByComparingTo("10");
        });
        assertThat(held()).isNull();
        assertThat(this.desk.isBusy()).isFalse();
        assertThat(this.account.book().exposure()).isZero();
        assertThat(ordered(minute(2, 101, 100))).as("nothing is left to be sold").isEmpty();
        assertThat(ordered(minute(3, 100, 101))).singleElement()
            .satisfies((entry) -> assertThat(entry.purpose()).isEqualTo(PositionEffect.OPEN));
    }

    @Test
    void whatWasInVainIsTriedAgain() {
        bought();
        Order sale = ordered(told(wish("100"))).getFirst();
        told(sale.became(OrderState.REJECTED, "rejected", ""));
        this.now = this.now.plusSeconds(2);
        Order again = ordered(minute(2, 100, 101)).getFirst();
        assertThat(again.id()).isNotEqualTo(ID);
        assertThat(again.reason()).isEqualTo("by_hand");
        assertThat(filled(again, "101", "10").trades().getFirst().reason()).isEqualTo("by_hand");
        assertThat(held()).isNull();
    }

    @Test
    void whatIsBeingSoldIsNotSoldTwice() {
        bought();
        Order sale = ordered(minute(2, 100, 99)).getFirst();
        assertNotSold();
        filled(sale, "99", "10");
        assertNotSold();
    }

    @Test
    void whatTheBrokerDoesNotTradeStaysAsItIs() {
        Order entry = ordered(minute(1, 90, 100)).getFirst();
        filled(entry, "100", "0.04");
        assertThat(told(wish("100")).orders()).singleElement().satisfies((refused) -> {
            assertThat(refused.state()).isEqualTo(OrderState.REFUSED);
            assertThat(refused.reason()).isEqualTo("too_small");
            assertThat(refused.told()).isTrue();
        });
        assertThat(held()).isNotNull();
    }

    @Test
    void aReplicaThatKnowsNoPriceSellsToo() {
        Order resting = bought();
        this.desk = desk(COLOUR, "1000", this.desk.state(), null);
        assertThat(ordered(told(wish(null))).getFirst().terms()).isEqualTo(SpotTerms.after(resting.id()));
    }

    @Test
    void aStopInVainStaysAStop() {
        bought();
        Order stopped = ordered(minute(2, 100, 80)).getFirst();
        assertThat(stopped.reason()).isEqualTo("stop");
        told(stopped.became(OrderState.REJECTED, "rejected", ""));
        Order sale = ordered(told(wish("80"))).getFirst();
        assertThat(sale.id()).isEqualTo(ID);
        assertThat(filled(sale, "80", "10").trades().getFirst().reason()).isEqualTo("stop");
    }

    @Test
    void whatWasWantedOfAnotherAccountIsNotSold() {
        bought();
        OrderOwner former = new OrderOwner(new UUID(3, 3), new AccountKey(new UUID(9, 9), ACCOUNT.money()),
                new UUID(2, 2));
        assertThat(told(wish("100", former)).orders()).singleElement().satisfies((order) -> {
            assertThat(order.state()).isEqualTo(OrderState.NOT_SENT);
            assertThat(order.reason()).isEqualTo("other_account");
            assertThat(order.told()).isTrue();
        });
        assertThat(held()).isNotNull();
    }

    @Test
    void whatIsTakenUpLateIsSentAsOfNow() {
        bought();
        Order wish = wish("100");
        this.now = this.now.plusSeconds(299);
        Order sale = ordered(told(wish)).getFirst();
        assertThat(sale.decidedAt()).isEqualTo(this.now.toEpochMilli());
    }

    private void assertNotSold() {
        assertThat(told(wish("100")).orders()).singleElement().satisfies((order) -> {
            assertThat(order.state()).isEqualTo(OrderState.NOT_SENT);
            assertThat(order.reason()).isEqualTo("already_sold");
            assertThat(order.told()).isTrue();
        });
    }

    private Order wish(@Nullable String price) {
        return wish(price, new OrderOwner(new UUID(3, 3), ACCOUNT, new UUID(2, 2)));
    }

    private Order wish(@Nullable String price, OrderOwner owner) {
        return new Order(ID, owner, BTC, Side.SELL, PositionEffect.CLOSE, BigDecimal.TEN, BigDecimal.ZERO, 0,
                OrderState.NEW, "by_hand", "", this.now.toEpochMilli(), null,
                (price != null) ? new BigDecimal(price) : null, null, null, false);
    }

    /** What lies at the broker for it. */
    private Order bought() {
        Order entry = ordered(minute(1, 90, 100)).getFirst();
        return ordered(filled(entry, "100", "10")).getFirst();
    }

    private @Nullable Position held() {
        return this.desk.state().trader().position();
    }

    private LedgerTransaction filled(Order order, String price, String amount) {
        return filled(order, price, amount, "0");
    }

}
