package pregao.session.binance;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import pregao.session.broker.Balance;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.ProtectiveOrder;
import pregao.session.broker.Side;
import pregao.session.broker.SpotOrder;
import pregao.simulator.binance.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of orders that lie at the broker for a position, and of sales in their place.
 */
class ProtectiveOrderTests {

    private final Simulated binance = new Simulated();

    private final BrokerSession session = this.binance.session();

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void liesThereUntilASaleEndsItAndSellsAllOfIt() {
        for (ProtectiveOrder order : List.of(order("0.02", "40000", "39000.001", "190000.001"),
                order("0.02", "40000", "39000", null), order("0.02", null, null, "190000"))) {
            long number = resting(order);
            assertThat(Simulated.result(this.session.orderState(order, number)))
                .isEqualTo(new OrderState.Running(number));
            SpotOrder sale = sale("0.02", order.id());
            assertThat(Simulated.filled(this.session, sale).quantity()).isEqualByComparingTo("0.02");
            assertThat(Simulated.result(this.binance.again(this.session).orderState(order, number)))
                .isInstanceOfSatisfying(OrderState.Filled.class, (over) -> {
                    assertThat(over.fill().brokerId()).isEqualTo(number);
                    assertThat(over.fill().quantity()).isZero();
                });
        }
    }

    @WaitingTest
    void whatItHoldsIsPartOfTheBalanceAndNotAvailable() {
        Balance before = bitcoin();
        resting(order("0.01", "40000", "39000", "190000"));
        Balance after = bitcoin();
        assertThat(after.amount()).isEqualByComparingTo(before.amount());
        assertThat(after.available()).isEqualByComparingTo(before.available().subtract(new BigDecimal("0.01")));
    }

    /** Nobody here asks first: the broker alone knows what is free at that moment. */
    @WaitingTest
    void whatItHoldsCannotBeSoldByAnotherOrder() {
        BigDecimal all = bitcoin().available();
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        long number = resting(order);
        SpotOrder sale = Simulated.order(Side.SELL, all.toPlainString(), null, Duration.ofSeconds(3));
        assertThat(Simulated.result(this.session.place(sale, () -> true))).isInstanceOfSatisfying(
                Placement.Refused.class, (refused) -> assertThat(refused.why()).isEqualTo(Placement.Why.NO_FUNDS));
        assertThat(bitcoin().available()).as("nothing is sold")
            .isEqualByComparingTo(all.subtract(new BigDecimal("0.01")));
        assertThat(Simulated.result(this.session.orderState(order, number))).isEqualTo(new OrderState.Running(number));
    }

    private Balance bitcoin() {
        return Simulated.result(this.session.balances())
            .stream()
            .filter((balance) -> balance.currency().equals("BTC"))
            .findFirst()
            .orElseThrow();
    }

    @WaitingTest
    void staysWhereItsSaleIsRefusedBeforeItIsSent() {
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        long number = resting(order);
        assertThat(unsold(sale("0.010000001", order.id()))).isEqualTo(Placement.Why.INVALID);
        assertThat(Simulated.result(this.session.orderState(order, number))).isEqualTo(new OrderState.Running(number));
    }

    @WaitingTest
    void tellsWhatItSoldAndASaleDoesNotSellThatAgain() {
        List<OrderState> states = Simulated.watched(this.session.orders());
        ProtectiveOrder order = order("0.01", null, null, "50000");
        Placement sold = Simulated.result(this.session.place(order, () -> true));
        assertThat(sold).isInstanceOfSatisfying(Placement.Filled.class,
                (filled) -> assertThat(filled.fill().quantity()).isEqualByComparingTo("0.01"));
        OrderState told = new OrderState.Filled("BTCUSDT", ((Placement.Filled) sold).fill());
        Simulated.await("its fill to be told", () -> states.contains(told));
        assertThat(unsold(sale("0.01", order.id()))).isEqualTo(Placement.Why.ALREADY_SOLD);
    }

    @WaitingTest
    void aStopThatThePriceComesToIsSoldAndTold() {
        triggered(order("0.02", "93000", "90000", null));
    }

    @WaitingTest
    void aStopOfAPairThatThePriceComesToIsSoldAndTold() {
        triggered(order("0.02", "93000", "90000", "190000"));
    }

    /** Prices are near 94,000, then near 91,000. */
    private void triggered(ProtectiveOrder order) {
        List<OrderState> states = Simulated.watched(this.session.orders());
        long number = resting(order);
        this.binance.simulator().control("/control/price?percent=97");
        Simulated.await("the stop to sell", () -> states.stream().anyMatch((state) -> isFill(state, number)));
        assertThat(Simulated.result(this.binance.again(this.session).orderState(order, number)))
            .isInstanceOfSatisfying(OrderState.Filled.class, (sold) -> {
                assertThat(states).contains(sold);
                assertThat(sold.fill().quantity()).isEqualByComparingTo("0.02");
                assertThat(sold.fill().quote()).as("0.02 between limit and stop")
                    .isBetween(new BigDecimal("1800"), new BigDecimal("1860"));
            });
        assertThat(unsold(sale("0.02", order.id()))).isEqualTo(Placement.Why.ALREADY_SOLD);
    }

    @WaitingTest
    void aStopWhoseLimitAGapHasPassedIsEndedByASaleThatSellsAllOfIt() {
        ProtectiveOrder order = order("0.02", "93000", "92500", "190000");
        long number = resting(order);
        this.binance.simulator().control("/control/price?percent=95");
        Simulated.await("the stop to be reached, as the take is over then",
                () -> this.binance.simulator().control("/control/orders").toString().contains("EXPIRED"));
        assertThat(Simulated.result(this.session.orderState(order, number))).isEqualTo(new OrderState.Running(number));
        assertThat(Simulated.filled(this.session, sale("0.02", order.id())).quantity()).isEqualByComparingTo("0.02");
        assertThat(Simulated.result(this.session.orderState(order, number)))
            .isInstanceOfSatisfying(OrderState.Filled.class, (over) -> assertThat(over.fill().quantity()).isZero());
    }

    @WaitingTest
    void whatItsUserEndsElsewhereIsTold() throws Exception {
        List<OrderState> states = Simulated.watched(this.session.orders());
        ProtectiveOrder order = order("0.02", "40000", "39000", "190000");
        long number = resting(order);
        this.binance.byHand(this.session, "DELETE", "symbol=" + Simulated.SYMBOL + "&orderId=" + number);
        Simulated.await("its end", () -> states.stream().anyMatch((state) -> isFill(state, number)));
        assertThat(states).allSatisfy((state) -> assertThat(state).isInstanceOfSatisfying(OrderState.Filled.class,
                (over) -> assertThat(over.fill().quantity()).isZero()));
    }

    @WaitingTest
    void whatTheBrokerRefusesIsRefused() {
        assertThat(Simulated.result(this.session.place(order("0.02", "18000", "17000", "190000"), () -> true)))
            .as("too far from the price")
            .isInstanceOf(Placement.Refused.class);
        for (int i = 0; i < 5; i++) {
            resting(order("0.02", "40000", "39000", null));
        }
        assertThat(Simulated.result(this.session.place(order("0.02", "40000", "39000", null), () -> true)))
            .as("one stop too many of the symbol")
            .isInstanceOf(Placement.Refused.class);
    }

    @WaitingTest
    void whatIsThereAndNotFoundAtOnceIsNotSoldAgain() {
        List<OrderState> states = Simulated.watched(this.session.orders());
        ProtectiveOrder order = order("0.01", null, null, "50000");
        assertThat(Simulated.result(this.session.place(order, () -> true))).isInstanceOf(Placement.Filled.class);
        Simulated.await("its fill to be told, so that nobody else asks", () -> !states.isEmpty());
        this.binance.simulator().arm(Fault.ORDER_NOT_YET_KNOWN, 1, 0);
        assertThat(unsold(sale("0.01", order.id()))).isEqualTo(Placement.Why.UNRESOLVED);
        assertThat(unsold(sale("0.01", order.id()))).isEqualTo(Placement.Why.ALREADY_SOLD);
    }

    @WaitingTest
    void aSaleThatIsTooLateEndsNothing() {
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        long number = resting(order);
        SpotOrder late = sale("0.01", order.id());
        this.binance.pass(Duration.ofSeconds(6));
        assertThat(unsold(late)).isEqualTo(Placement.Why.TOO_LATE);
        assertThat(Simulated.result(this.session.orderState(order, number))).isEqualTo(new OrderState.Running(number));
    }

    @WaitingTest
    void whatComesAfterItsSaleIsNotPlaced() {
        ProtectiveOrder late = order("0.01", "40000", "39000", "190000");
        assertThat(unsold(sale("0.01", late.id()))).as("another session may just have sent it")
            .isEqualTo(Placement.Why.UNRESOLVED);
        this.binance.pass(Duration.ofSeconds(8));
        assertThat(Simulated.filled(this.session, sale("0.01", late.id())).quantity()).isEqualByComparingTo("0.01");
        assertThat(Simulated.result(this.session.place(late, () -> true))).isInstanceOf(Placement.NotSent.class);
    }

    @WaitingTest
    void howeverOftenItIsAskedForASaleFindsTimeAtTheBroker() {
        // Another minute would begin with another budget.
        Simulated.await("a minute with time left", () -> this.binance.now().getEpochSecond() % 60 < 50);
        this.binance.simulator().control("/control/weight?most=200");
        ProtectiveOrder order = order("0.01", "40000", "39000", null);
        long number = resting(order);
        Simulated.await("the broker to have no time left for questions",
                () -> Simulated.result(this.session.orderState(order, number)) instanceof OrderState.Unknown);
        assertThat(Simulated.filled(this.session, sale("0.01", order.id())).quantity()).isEqualByComparingTo("0.01");
    }

    @WaitingTest
    void nothingIsSoldWhereItMustNotBeSent() {
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        resting(order);
        assertThat(Simulated.result(this.session.place(sale("0.01", order.id()), () -> false)))
            .isInstanceOf(Placement.NotSent.class);
        assertThat(Simulated.result(this.session.orderState(order, null))).as("it lies there still")
            .isInstanceOf(OrderState.Running.class);
    }

    private long resting(ProtectiveOrder order) {
        Placement placed = Simulated.result(this.session.place(order, () -> true));
        assertThat(placed).isInstanceOf(Placement.Resting.class);
        return ((Placement.Resting) placed).brokerId();
    }

    private Placement.Why unsold(SpotOrder sale) {
        Placement placed = Simulated.result(this.session.place(sale, () -> true));
        assertThat(placed).isInstanceOf(Placement.NotSent.class);
        return ((Placement.NotSent) placed).why();
    }

    private static boolean isFill(OrderState state, long number) {
        return state instanceof OrderState.Filled filled && filled.fill().brokerId() == number;
    }

    private ProtectiveOrder order(String quantity, @Nullable String stop, @Nullable String limit,
            @Nullable String take) {
        Instant now = this.binance.now();
        return new ProtectiveOrder(UUID.randomUUID(), BrokerAccount.DEMO, Simulated.SYMBOL, new BigDecimal(quantity),
                decimal(stop), decimal(limit), decimal(take), now, now.plus(Duration.ofSeconds(3)));
    }

    private SpotOrder sale(String quantity, UUID after) {
        Instant now = this.binance.now();
        return new SpotOrder(UUID.randomUUID(), BrokerAccount.DEMO, Simulated.SYMBOL, Side.SELL,
                new BigDecimal(quantity), null, after, now, now.plus(Duration.ofSeconds(5)));
    }

    private static @Nullable BigDecimal decimal(@Nullable String number) {
        return (number != null) ? new BigDecimal(number) : null;
    }

}
