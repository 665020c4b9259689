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
 * Tests for a user who closes the position of a running bot: 10 bought at 100.
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
        Order resting = openPosition();
        Order sale = newOrders(update(closeRequest("100"))).getFirst();
        assertThat(sale.id()).isEqualTo(ID);
        assertThat(sale.reason()).isEqualTo("by_hand");
        assertThat(sale.amount()).isEqualByComparingTo("10");
        assertThat(sale.validUntil()).as("it may be sent now").isGreaterThan(this.now.toEpochMilli());
        assertThat(sale.told()).as("its end is to be told").isFalse();
        assertThat(sale.terms()).as("what protects the position is ended first")
            .isEqualTo(SpotTerms.replacing(resting.id()));

        update(resting.withState(OrderState.CANCELLED, "cancelled", ""));
        assertThat(fill(sale, "101", "10").trades()).singleElement().satisfies((trade) -> {
            assertThat(trade.id()).isEqualTo(ID);
            assertThat(trade.reason()).isEqualTo("by_hand");
            assertThat(trade.profit()).isEqualByComparingTo("10");
        });
        assertThat(position()).isNull();
        assertThat(this.instance.isBusy()).isFalse();
        assertThat(this.account.book().exposure()).isZero();
        assertThat(newOrders(minute(2, 101, 100))).as("nothing is left to be sold").isEmpty();
        assertThat(newOrders(minute(3, 100, 101))).singleElement()
            .satisfies((entry) -> assertThat(entry.purpose()).isEqualTo(PositionEffect.OPEN));
    }

    @Test
    void whatWasInVainIsTriedAgain() {
        openPosition();
        Order sale = newOrders(update(closeRequest("100"))).getFirst();
        update(sale.withState(OrderState.REJECTED, "rejected", ""));
        this.now = this.now.plusSeconds(2);
        Order retry = newOrders(minute(2, 100, 101)).getFirst();
        assertThat(retry.id()).isNotEqualTo(ID);
        assertThat(retry.reason()).isEqualTo("by_hand");
        assertThat(fill(retry, "101", "10").trades().getFirst().reason()).isEqualTo("by_hand");
        assertThat(position()).isNull();
    }

    @Test
    void whatIsBeingSoldIsNotSoldTwice() {
        openPosition();
        Order sale = newOrders(minute(2, 100, 99)).getFirst();
        assertNotSold();
        fill(sale, "99", "10");
        assertNotSold();
    }

    @Test
    void whatTheBrokerDoesNotTradeStaysAsItIs() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        fill(entry, "100", "0.04");
        assertThat(update(closeRequest("100")).orders()).singleElement().satisfies((refused) -> {
            assertThat(refused.state()).isEqualTo(OrderState.REFUSED);
            assertThat(refused.reason()).isEqualTo("too_small");
            assertThat(refused.told()).isTrue();
        });
        assertThat(position()).isNotNull();
    }

    @Test
    void aReplicaThatKnowsNoPriceSellsToo() {
        Order resting = openPosition();
        this.instance = createInstance(COLOUR, "1000", this.instance.snapshot(), null);
        assertThat(newOrders(update(closeRequest(null))).getFirst().terms())
            .isEqualTo(SpotTerms.replacing(resting.id()));
    }

    @Test
    void aStopInVainStaysAStop() {
        openPosition();
        Order stopped = newOrders(minute(2, 100, 80)).getFirst();
        assertThat(stopped.reason()).isEqualTo("stop");
        update(stopped.withState(OrderState.REJECTED, "rejected", ""));
        Order sale = newOrders(update(closeRequest("80"))).getFirst();
        assertThat(sale.id()).isEqualTo(ID);
        assertThat(fill(sale, "80", "10").trades().getFirst().reason()).isEqualTo("stop");
    }

    @Test
    void whatWasWantedOfAnotherAccountIsNotSold() {
        openPosition();
        OrderOwner former = new OrderOwner(new UUID(3, 3), new AccountKey(new UUID(9, 9), ACCOUNT.money()),
                new UUID(2, 2));
        assertThat(update(closeRequest("100", former)).orders()).singleElement().satisfies((order) -> {
            assertThat(order.state()).isEqualTo(OrderState.NOT_SENT);
            assertThat(order.reason()).isEqualTo("other_account");
            assertThat(order.told()).isTrue();
        });
        assertThat(position()).isNotNull();
    }

    @Test
    void whatIsTakenUpLateIsSentAsOfNow() {
        openPosition();
        Order request = closeRequest("100");
        this.now = this.now.plusSeconds(299);
        Order sale = newOrders(update(request)).getFirst();
        assertThat(sale.decidedAt()).isEqualTo(this.now.toEpochMilli());
    }

    private void assertNotSold() {
        assertThat(update(closeRequest("100")).orders()).singleElement().satisfies((order) -> {
            assertThat(order.state()).isEqualTo(OrderState.NOT_SENT);
            assertThat(order.reason()).isEqualTo("already_sold");
            assertThat(order.told()).isTrue();
        });
    }

    private Order closeRequest(@Nullable String price) {
        return closeRequest(price, new OrderOwner(new UUID(3, 3), ACCOUNT, new UUID(2, 2)));
    }

    private Order closeRequest(@Nullable String price, OrderOwner owner) {
        return new Order(ID, owner, BTC, Side.SELL, PositionEffect.CLOSE, BigDecimal.TEN, BigDecimal.ZERO, 0,
                OrderState.NEW, "by_hand", "", this.now.toEpochMilli(), null,
                (price != null) ? new BigDecimal(price) : null, null, null, false);
    }

    /** Opens a position and returns its resting exit order. */
    private Order openPosition() {
        Order entry = newOrders(minute(1, 90, 100)).getFirst();
        return newOrders(fill(entry, "100", "10")).getFirst();
    }

    private @Nullable Position position() {
        return this.instance.snapshot().trader().position();
    }

    private LedgerTransaction fill(Order order, String price, String amount) {
        return fill(order, price, amount, "0");
    }

}
