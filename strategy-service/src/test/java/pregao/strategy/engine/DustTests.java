package pregao.strategy.engine;

import java.util.Objects;

import org.junit.jupiter.api.Test;

import pregao.contracts.Prices;
import pregao.market.rule.Strategy;
import pregao.market.spot.Position;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.rule.StrategyJsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for positions that are too small for the broker: they are kept, reported once,
 * and sold with the next purchase.
 */
class DustTests extends LiveSpotExecutionFixture {

    private static final Strategy COLOUR = StrategyJsonMapper.read("""
            {"name": "colour", "timeframe": "M1", "buy": {"above": ["close", "open"]},
             "sell": {"below": ["close", "open"]}, "stop": 0.5}""");

    DustTests() {
        super(COLOUR);
    }

    @Test
    void aPositionThatIsWorthTooLittleIsKeptAndToldOnce() {
        fillWithoutFee(minute(1, 90, 100).newOrders().getFirst(), "100", "0.04");
        LedgerTransaction refused = minute(2, 100, 90);
        assertThat(refused.newOrders()).as("nothing is sent").isEmpty();
        assertThat(refused.orders()).singleElement().satisfies((order) -> {
            assertThat(order.state()).isEqualTo(OrderState.REFUSED);
            assertThat(order.reason()).isEqualTo("too_small");
            assertThat(order.amount()).isEqualByComparingTo("0.04");
        });
        assertThat(this.instance.snapshot().trader().position()).isNull();
        assertThat(this.account.book().exposure()).as("what it cost is at risk").isEqualByComparingTo("4");
        assertThat(minute(3, 90, 40).orders()).as("nothing more is tried").isEmpty();
        assertThat(minute(4, 40, 30).orders()).isEmpty();
    }

    @Test
    void aStopThatLeavesTooLittleIsNotTriedAgain() {
        fillWithoutFee(minute(1, 90, 100).newOrders().getFirst(), "100", "0.08");
        LedgerTransaction stopped = minute(2, 100, 100, 45);
        assertThat(stopped.newOrders()).as("0.08 x 50 is less than 5").isEmpty();
        assertThat(stopped.orders()).singleElement()
            .satisfies((order) -> assertThat(order.state()).isEqualTo(OrderState.REFUSED));
        assertThat(this.instance.snapshot().trader().position()).isNull();
    }

    @Test
    void isSoldWithWhatIsBoughtNext() {
        fillWithoutFee(minute(1, 90, 100).newOrders().getFirst(), "100", "0.04");
        minute(2, 100, 90);
        // Another replica.
        this.instance = createInstance(COLOUR, "1000", this.instance.snapshot(), null);
        fillWithoutFee(minute(3, 80, 90).newOrders().getFirst(), "90", "9.96");
        Position position = Objects.requireNonNull(this.instance.snapshot().trader().position());
        assertThat(Prices.toDecimal(position.quantity())).isEqualByComparingTo("10");
        assertThat(Prices.toDecimal(position.entry())).as("the mean of 0.04 x 100 and 9.96 x 90")
            .isEqualByComparingTo("90.04");
        assertThat(Prices.toDecimal(position.stop())).as("of what was bought last").isEqualByComparingTo("45");
        assertThat(this.instance.snapshot().dust()).isNull();
        assertThat(this.account.book().exposure()).isEqualByComparingTo("1004");

        Order sale = minute(4, 100, 95).newOrders().getFirst();
        assertThat(sale.amount()).isEqualByComparingTo("10");
        LedgerTransaction sold = fillWithoutFee(sale, "95", "10");
        assertThat(sold.trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.profit()).isEqualByComparingTo("49.6"));
        assertThat(this.account.book().exposure()).isZero();
    }

    @Test
    void aRemainderOfASaleIsKeptAsWell() {
        Order resting = fillWithoutFee(minute(1, 90, 100).newOrders().getFirst(), "100", "9.995").newOrders()
            .getFirst();
        Order sale = minute(2, 100, 90).newOrders().getFirst();
        assertThat(sale.amount()).isEqualByComparingTo("9.99");
        LedgerTransaction ledger = ledger();
        this.instance.onOrderUpdate(resting.withState(OrderState.CANCELLED, "cancelled", ""), context(ledger));
        commit(ledger);
        fillWithoutFee(sale, "90", "9.99");
        assertThat(this.instance.snapshot().trader().position()).isNull();
        assertThat(this.account.book().exposure()).as("0.005 x 100").isEqualByComparingTo("0.5");
        fillWithoutFee(minute(3, 90, 100).newOrders().getFirst(), "100", "9.995");
        assertThat(minute(4, 100, 90).newOrders().getFirst().amount()).isEqualByComparingTo("10");
    }

    @Test
    void aPurchaseThatComesToNothingLeavesIt() {
        fillWithoutFee(minute(1, 90, 100).newOrders().getFirst(), "100", "0.04");
        minute(2, 100, 90);
        Order entry = minute(3, 80, 90).newOrders().getFirst();
        LedgerTransaction ledger = ledger();
        this.instance.onOrderUpdate(entry.withState(OrderState.REJECTED, "balance", ""), context(ledger));
        commit(ledger);
        assertThat(this.instance.snapshot().dust()).isNotNull();
        assertThat(this.account.book().exposure()).isEqualByComparingTo("4");
    }

    @Test
    void nothingIsBoughtThatItsStopCouldNotSell() {
        this.instance = createInstance(COLOUR, "10", BotInstanceSnapshot.NEW, null);
        LedgerTransaction refused = minute(1, 90, 100);
        assertThat(refused.newOrders()).as("the stop would leave 5, too near to the least").isEmpty();
        assertThat(refused.orders()).singleElement()
            .satisfies((order) -> assertThat(order.reason()).isEqualTo("too_small"));
        this.instance = createInstance(COLOUR, "11", BotInstanceSnapshot.NEW, null);
        assertThat(minute(2, 90, 100).newOrders()).as("the stop would leave 5.5").hasSize(1);
    }

    private LedgerTransaction fillWithoutFee(Order order, String price, String amount) {
        return fill(order, price, amount, "0");
    }

}
