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
 * What is too little for the broker to trade: it is kept, told once, and sold with what
 * is bought next.
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
        told(minute(1, 90, 100).news().getFirst(), "100", "0.04");
        LedgerTransaction vain = minute(2, 100, 90);
        assertThat(vain.news()).as("nothing is sent").isEmpty();
        assertThat(vain.orders()).singleElement().satisfies((order) -> {
            assertThat(order.state()).isEqualTo(OrderState.REFUSED);
            assertThat(order.reason()).isEqualTo("too_small");
            assertThat(order.amount()).isEqualByComparingTo("0.04");
        });
        assertThat(this.desk.state().trader().position()).isNull();
        assertThat(this.account.book().exposure()).as("what it cost is at risk").isEqualByComparingTo("4");
        assertThat(minute(3, 90, 40).orders()).as("nothing more is tried").isEmpty();
        assertThat(minute(4, 40, 30).orders()).isEmpty();
    }

    @Test
    void aStopThatLeavesTooLittleIsNotTriedAgain() {
        told(minute(1, 90, 100).news().getFirst(), "100", "0.08");
        LedgerTransaction stopped = minute(2, 100, 100, 45);
        assertThat(stopped.news()).as("0.08 x 50 is less than 5").isEmpty();
        assertThat(stopped.orders()).singleElement()
            .satisfies((order) -> assertThat(order.state()).isEqualTo(OrderState.REFUSED));
        assertThat(this.desk.state().trader().position()).isNull();
    }

    @Test
    void isSoldWithWhatIsBoughtNext() {
        told(minute(1, 90, 100).news().getFirst(), "100", "0.04");
        minute(2, 100, 90);
        this.desk = desk(COLOUR, "1000", this.desk.state(), null); // another replica
        told(minute(3, 80, 90).news().getFirst(), "90", "9.96");
        Position both = Objects.requireNonNull(this.desk.state().trader().position());
        assertThat(Prices.toDecimal(both.quantity())).isEqualByComparingTo("10");
        assertThat(Prices.toDecimal(both.entry())).as("the mean of 0.04 x 100 and 9.96 x 90")
            .isEqualByComparingTo("90.04");
        assertThat(Prices.toDecimal(both.stop())).as("of what was bought last").isEqualByComparingTo("45");
        assertThat(this.desk.state().dust()).isNull();
        assertThat(this.account.book().exposure()).isEqualByComparingTo("1004");

        Order sale = minute(4, 100, 95).news().getFirst();
        assertThat(sale.amount()).isEqualByComparingTo("10");
        LedgerTransaction sold = told(sale, "95", "10");
        assertThat(sold.trades()).singleElement()
            .satisfies((trade) -> assertThat(trade.profit()).isEqualByComparingTo("49.6"));
        assertThat(this.account.book().exposure()).isZero();
    }

    @Test
    void aRemainderOfASaleIsKeptAsWell() {
        Order resting = told(minute(1, 90, 100).news().getFirst(), "100", "9.995").news().getFirst();
        Order sale = minute(2, 100, 90).news().getFirst();
        assertThat(sale.amount()).isEqualByComparingTo("9.99");
        LedgerTransaction ledger = ledger();
        this.desk.onOrderUpdate(resting.became(OrderState.CANCELLED, "cancelled", ""), turn(ledger));
        done(ledger);
        told(sale, "90", "9.99");
        assertThat(this.desk.state().trader().position()).isNull();
        assertThat(this.account.book().exposure()).as("0.005 x 100").isEqualByComparingTo("0.5");
        told(minute(3, 90, 100).news().getFirst(), "100", "9.995");
        assertThat(minute(4, 100, 90).news().getFirst().amount()).isEqualByComparingTo("10");
    }

    @Test
    void aPurchaseThatComesToNothingLeavesIt() {
        told(minute(1, 90, 100).news().getFirst(), "100", "0.04");
        minute(2, 100, 90);
        Order bought = minute(3, 80, 90).news().getFirst();
        LedgerTransaction ledger = ledger();
        this.desk.onOrderUpdate(bought.became(OrderState.REJECTED, "balance", ""), turn(ledger));
        done(ledger);
        assertThat(this.desk.state().dust()).isNotNull();
        assertThat(this.account.book().exposure()).isEqualByComparingTo("4");
    }

    @Test
    void nothingIsBoughtThatItsStopCouldNotSell() {
        this.desk = desk(COLOUR, "10", BotInstanceSnapshot.NEW, null);
        LedgerTransaction refused = minute(1, 90, 100);
        assertThat(refused.news()).as("the stop would leave 5, too near to the least").isEmpty();
        assertThat(refused.orders()).singleElement()
            .satisfies((order) -> assertThat(order.reason()).isEqualTo("too_small"));
        this.desk = desk(COLOUR, "11", BotInstanceSnapshot.NEW, null);
        assertThat(minute(2, 90, 100).news()).as("the stop would leave 5.5").hasSize(1);
    }

    private LedgerTransaction told(Order order, String price, String amount) {
        return filled(order, price, amount, "0");
    }

}
