package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import pregao.session.broker.api.Balance;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;
import pregao.simulator.binance.Fault;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for protective orders, and for sell orders that replace them.
 */
class ProtectiveOrderTests {

    private final BinanceSimulatorExtension binance = new BinanceSimulatorExtension();

    private final BrokerSession session = this.binance.openSession();

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void liesThereUntilASaleEndsItAndSellsAllOfIt() {
        for (ProtectiveOrder order : List.of(order("0.02", "40000", "39000.001", "190000.001"),
                order("0.02", "40000", "39000", null), order("0.02", null, null, "190000"))) {
            long number = resting(order);
            assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, number)))
                .isEqualTo(new BrokerOrderState.Running(number));
            SpotOrder sale = sale("0.02", order.id());
            assertThat(BinanceSimulatorExtension.placeAndFill(this.session, sale).quantity())
                .isEqualByComparingTo("0.02");
            assertThat(BinanceSimulatorExtension.result(this.binance.reopen(this.session).orderState(order, number)))
                .isInstanceOfSatisfying(BrokerOrderState.Filled.class, (filled) -> {
                    assertThat(filled.fill().brokerId()).isEqualTo(number);
                    assertThat(filled.fill().quantity()).isZero();
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

    /**
     * No query comes first: only the broker knows which quantity is free at that moment.
     */
    @WaitingTest
    void whatItHoldsCannotBeSoldByAnotherOrder() {
        BigDecimal bigDecimal = bitcoin().available();
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        long number = resting(order);
        SpotOrder sale = BinanceSimulatorExtension.createOrder(Side.SELL, bigDecimal.toPlainString(), null,
                Duration.ofSeconds(3));
        assertThat(BinanceSimulatorExtension.result(this.session.place(sale, () -> true))).isInstanceOfSatisfying(
                PlaceOrderResult.Refused.class,
                (refused) -> assertThat(refused.why()).isEqualTo(PlaceOrderResult.RejectReason.NO_FUNDS));
        assertThat(bitcoin().available()).as("nothing is sold")
            .isEqualByComparingTo(bigDecimal.subtract(new BigDecimal("0.01")));
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, number)))
            .isEqualTo(new BrokerOrderState.Running(number));
    }

    private Balance bitcoin() {
        return BinanceSimulatorExtension.result(this.session.balances())
            .stream()
            .filter((balance) -> balance.currency().equals("BTC"))
            .findFirst()
            .orElseThrow();
    }

    @WaitingTest
    void staysWhereItsSaleIsRefusedBeforeItIsSent() {
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        long number = resting(order);
        assertThat(unsold(sale("0.010000001", order.id()))).isEqualTo(PlaceOrderResult.RejectReason.INVALID);
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, number)))
            .isEqualTo(new BrokerOrderState.Running(number));
    }

    @WaitingTest
    void tellsWhatItSoldAndASaleDoesNotSellThatAgain() {
        List<BrokerOrderState> states = BinanceSimulatorExtension.collect(this.session.orderUpdates());
        ProtectiveOrder order = order("0.01", null, null, "50000");
        PlaceOrderResult sold = BinanceSimulatorExtension.result(this.session.place(order, () -> true));
        assertThat(sold).isInstanceOfSatisfying(PlaceOrderResult.Filled.class,
                (filled) -> assertThat(filled.fill().quantity()).isEqualByComparingTo("0.01"));
        BrokerOrderState brokerOrderState = new BrokerOrderState.Filled("BTCUSDT",
                ((PlaceOrderResult.Filled) sold).fill());
        BinanceSimulatorExtension.await("its fill to be told", () -> states.contains(brokerOrderState));
        assertThat(unsold(sale("0.01", order.id()))).isEqualTo(PlaceOrderResult.RejectReason.ALREADY_SOLD);
    }

    @WaitingTest
    void aStopThatThePriceComesToIsSoldAndTold() {
        triggered(order("0.02", "93000", "90000", null));
    }

    @WaitingTest
    void aStopOfAPairThatThePriceComesToIsSoldAndTold() {
        triggered(order("0.02", "93000", "90000", "190000"));
    }

    /** Moves the price from about 94,000 to about 91,000. */
    private void triggered(ProtectiveOrder order) {
        List<BrokerOrderState> states = BinanceSimulatorExtension.collect(this.session.orderUpdates());
        long number = resting(order);
        this.binance.simulator().control("/control/price?percent=97");
        BinanceSimulatorExtension.await("the stop to sell",
                () -> states.stream().anyMatch((state) -> isFill(state, number)));
        assertThat(BinanceSimulatorExtension.result(this.binance.reopen(this.session).orderState(order, number)))
            .isInstanceOfSatisfying(BrokerOrderState.Filled.class, (sold) -> {
                assertThat(states).contains(sold);
                assertThat(sold.fill().quantity()).isEqualByComparingTo("0.02");
                assertThat(sold.fill().quote()).as("0.02 between limit and stop")
                    .isBetween(new BigDecimal("1800"), new BigDecimal("1860"));
            });
        assertThat(unsold(sale("0.02", order.id()))).isEqualTo(PlaceOrderResult.RejectReason.ALREADY_SOLD);
    }

    @WaitingTest
    void aStopWhoseLimitAGapHasPassedIsEndedByASaleThatSellsAllOfIt() {
        ProtectiveOrder order = order("0.02", "93000", "92500", "190000");
        long number = resting(order);
        this.binance.simulator().control("/control/price?percent=95");
        BinanceSimulatorExtension.await("the stop to be reached, as the take is over then",
                () -> this.binance.simulator().control("/control/orders").toString().contains("EXPIRED"));
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, number)))
            .isEqualTo(new BrokerOrderState.Running(number));
        assertThat(BinanceSimulatorExtension.placeAndFill(this.session, sale("0.02", order.id())).quantity())
            .isEqualByComparingTo("0.02");
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, number))).isInstanceOfSatisfying(
                BrokerOrderState.Filled.class, (filled) -> assertThat(filled.fill().quantity()).isZero());
    }

    @WaitingTest
    void whatItsUserEndsElsewhereIsTold() throws Exception {
        List<BrokerOrderState> states = BinanceSimulatorExtension.collect(this.session.orderUpdates());
        ProtectiveOrder order = order("0.02", "40000", "39000", "190000");
        long number = resting(order);
        this.binance.sendManually(this.session, "DELETE",
                "symbol=" + BinanceSimulatorExtension.SYMBOL + "&orderId=" + number);
        BinanceSimulatorExtension.await("its end", () -> states.stream().anyMatch((state) -> isFill(state, number)));
        assertThat(states).allSatisfy((state) -> assertThat(state).isInstanceOfSatisfying(BrokerOrderState.Filled.class,
                (filled) -> assertThat(filled.fill().quantity()).isZero()));
    }

    @WaitingTest
    void whatTheBrokerRefusesIsRefused() {
        assertThat(BinanceSimulatorExtension
            .result(this.session.place(order("0.02", "18000", "17000", "190000"), () -> true)))
            .as("too far from the price")
            .isInstanceOf(PlaceOrderResult.Refused.class);
        for (int i = 0; i < 5; i++) {
            resting(order("0.02", "40000", "39000", null));
        }
        assertThat(
                BinanceSimulatorExtension.result(this.session.place(order("0.02", "40000", "39000", null), () -> true)))
            .as("one stop too many of the symbol")
            .isInstanceOf(PlaceOrderResult.Refused.class);
    }

    @WaitingTest
    void whatIsThereAndNotFoundAtOnceIsNotSoldAgain() {
        List<BrokerOrderState> states = BinanceSimulatorExtension.collect(this.session.orderUpdates());
        ProtectiveOrder order = order("0.01", null, null, "50000");
        assertThat(BinanceSimulatorExtension.result(this.session.place(order, () -> true)))
            .isInstanceOf(PlaceOrderResult.Filled.class);
        BinanceSimulatorExtension.await("its fill to be told, so that nobody else asks", () -> !states.isEmpty());
        this.binance.simulator().arm(Fault.ORDER_NOT_YET_KNOWN, 1, 0);
        assertThat(unsold(sale("0.01", order.id()))).isEqualTo(PlaceOrderResult.RejectReason.UNRESOLVED);
        assertThat(unsold(sale("0.01", order.id()))).isEqualTo(PlaceOrderResult.RejectReason.ALREADY_SOLD);
    }

    @WaitingTest
    void aSaleThatIsTooLateEndsNothing() {
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        long number = resting(order);
        SpotOrder late = sale("0.01", order.id());
        this.binance.advanceClock(Duration.ofSeconds(6));
        assertThat(unsold(late)).isEqualTo(PlaceOrderResult.RejectReason.TOO_LATE);
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, number)))
            .isEqualTo(new BrokerOrderState.Running(number));
    }

    @WaitingTest
    void whatComesAfterItsSaleIsNotPlaced() {
        ProtectiveOrder late = order("0.01", "40000", "39000", "190000");
        assertThat(unsold(sale("0.01", late.id()))).as("another session may just have sent it")
            .isEqualTo(PlaceOrderResult.RejectReason.UNRESOLVED);
        this.binance.advanceClock(Duration.ofSeconds(8));
        assertThat(BinanceSimulatorExtension.placeAndFill(this.session, sale("0.01", late.id())).quantity())
            .isEqualByComparingTo("0.01");
        assertThat(BinanceSimulatorExtension.result(this.session.place(late, () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
    }

    @WaitingTest
    void howeverOftenItIsAskedForASaleFindsTimeAtTheBroker() {
        // A new minute would reset the used weight.
        BinanceSimulatorExtension.await("a minute with time left", () -> this.binance.now().getEpochSecond() % 60 < 50);
        this.binance.simulator().control("/control/weight?most=200");
        ProtectiveOrder order = order("0.01", "40000", "39000", null);
        long number = resting(order);
        BinanceSimulatorExtension.await("the broker to have no time left for questions", () -> BinanceSimulatorExtension
            .result(this.session.orderState(order, number)) instanceof BrokerOrderState.Unknown);
        assertThat(BinanceSimulatorExtension.placeAndFill(this.session, sale("0.01", order.id())).quantity())
            .isEqualByComparingTo("0.01");
    }

    @WaitingTest
    void nothingIsSoldWhereItMustNotBeSent() {
        ProtectiveOrder order = order("0.01", "40000", "39000", "190000");
        resting(order);
        assertThat(BinanceSimulatorExtension.result(this.session.place(sale("0.01", order.id()), () -> false)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, null))).as("it lies there still")
            .isInstanceOf(BrokerOrderState.Running.class);
    }

    private long resting(ProtectiveOrder order) {
        PlaceOrderResult placed = BinanceSimulatorExtension.result(this.session.place(order, () -> true));
        assertThat(placed).isInstanceOf(PlaceOrderResult.Resting.class);
        return ((PlaceOrderResult.Resting) placed).brokerId();
    }

    private PlaceOrderResult.RejectReason unsold(SpotOrder sale) {
        PlaceOrderResult placed = BinanceSimulatorExtension.result(this.session.place(sale, () -> true));
        assertThat(placed).isInstanceOf(PlaceOrderResult.NotSent.class);
        return ((PlaceOrderResult.NotSent) placed).why();
    }

    private static boolean isFill(BrokerOrderState state, long number) {
        return state instanceof BrokerOrderState.Filled filled && filled.fill().brokerId() == number;
    }

    private ProtectiveOrder order(String quantity, @Nullable String stop, @Nullable String limit,
            @Nullable String take) {
        Instant now = this.binance.now();
        return new ProtectiveOrder(UUID.randomUUID(), TradingMode.DEMO, BinanceSimulatorExtension.SYMBOL,
                new BigDecimal(quantity), decimal(stop), decimal(limit), decimal(take), now,
                now.plus(Duration.ofSeconds(3)));
    }

    private SpotOrder sale(String quantity, UUID after) {
        Instant now = this.binance.now();
        return new SpotOrder(UUID.randomUUID(), TradingMode.DEMO, BinanceSimulatorExtension.SYMBOL, Side.SELL,
                new BigDecimal(quantity), null, after, now, now.plus(Duration.ofSeconds(5)));
    }

    private static @Nullable BigDecimal decimal(@Nullable String number) {
        return (number != null) ? new BigDecimal(number) : null;
    }

}
