package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.netty.http.client.HttpClient;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;
import pregao.simulator.binance.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests that no order is duplicated or forgotten when the broker misbehaves. There is a
 * test for each fault that can affect an order or a session; {@link MarketTests} covers
 * those of the market.
 */
class FaultTests {

    private final BinanceSimulatorExtension binance = new BinanceSimulatorExtension();

    private BrokerSession session;

    private List<BrokerOrderState> states;

    private List<SessionState> sessionStates;

    @BeforeEach
    void open() {
        this.session = this.binance.openSession();
        this.states = BinanceSimulatorExtension.collect(this.session.orderUpdates());
        this.sessionStates = BinanceSimulatorExtension.collect(this.session.states());
        // Fetches the cached data now, so that the fault hits the order.
        BinanceSimulatorExtension.result(this.session.instruments());
    }

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void anOrderOfAnErrorThatWasDoneIsFound() {
        arm(Fault.ERROR_AFTER_ORDER);
        assertFilledOnce();
    }

    @WaitingTest
    void anOrderOfAnErrorThatWasNotDoneIsAbsentAndNeverSentAgain() {
        arm(Fault.ERROR_BEFORE_ORDER);
        assertAbsent();
    }

    @WaitingTest
    void anOrderThatTimedOutAtTheBrokerIsFound() {
        arm(Fault.TIMEOUT_AFTER_ORDER);
        assertFilledOnce();
    }

    @WaitingTest
    void anOrderThatTimedOutAtTheBrokerWithoutBeingDoneIsAbsent() {
        arm(Fault.TIMEOUT_BEFORE_ORDER);
        assertAbsent();
    }

    @WaitingTest
    void anOrderWhoseReplyIsLostWithTheConnectionIsFound() {
        arm(Fault.DROP_AFTER_ORDER);
        assertFilledOnce();
    }

    @WaitingTest
    void anOrderWhoseConnectionIsResetIsFound() {
        arm(Fault.RESET_AFTER_ORDER);
        assertFilledOnce();
    }

    @WaitingTest
    void anOrderLostWithTheConnectionIsAbsentAndNeverSentAgain() {
        arm(Fault.DROP_BEFORE_ORDER);
        assertAbsent();
    }

    @WaitingTest
    void anOrderThatIsNotRepliedToIsFoundByAsking() {
        arm(Fault.NO_REPLY);
        assertFilledOnce();
    }

    @WaitingTest
    void anOrderThatIsNotKnownAtOnceIsNotTakenForAbsent() {
        arm(Fault.DROP_AFTER_ORDER);
        arm(Fault.LOST_EVENT);
        arm(Fault.ORDER_NOT_YET_KNOWN, 5, 0);
        assertFilledOnce();
    }

    @WaitingTest
    void anOrderThatIsOverAndNotFoundOnceIsNotTakenForAbsent() {
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        Fill fill = BinanceSimulatorExtension.placeAndFill(this.session, order);
        BrokerSession laterSession = this.binance.reopen(this.session);
        Instant noLongerArrives = order.validUntil().plusSeconds(7);
        BinanceSimulatorExtension.await("the order to be over",
                () -> Clock.systemUTC().instant().isAfter(noLongerArrives));
        arm(Fault.ORDER_NOT_YET_KNOWN, 1, 0);
        assertThat(BinanceSimulatorExtension.result(laterSession.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Unknown());
        assertThat(BinanceSimulatorExtension.result(laterSession.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
    }

    @WaitingTest
    void anOrderDoneInPartIsToldAsFarAsItWasDone() {
        arm(Fault.PARTIAL_FILL, 1, 30);
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        Fill fill = BinanceSimulatorExtension.placeAndFill(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.003");
        assertReportedOnce(fill);
    }

    @WaitingTest
    void anOrderDoneInPartWithoutAReplyIsToldAsFarAsItWasDone() {
        arm(Fault.PARTIAL_FILL, 1, 30);
        arm(Fault.NO_REPLY);
        SpotOrder order = BinanceSimulatorExtension.createOrder(Side.SELL, "0.01", new BigDecimal("50000"),
                Duration.ofSeconds(3));
        Fill fill = BinanceSimulatorExtension.placeAndFill(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.003");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("USDT");
        assertReportedOnce(fill);
    }

    @WaitingTest
    void anOrderThatBreaksAFilterNobodyKnewIsRefusedInTheBrokersWords() {
        arm(Fault.FILTER_FAILURE);
        assertRefused(PlaceOrderResult.RejectReason.INVALID, "Filter failure: MAX_POSITION");
    }

    @WaitingTest
    void anOrderStoppedByAFirewallIsRefused() {
        arm(Fault.FIREWALL);
        assertRefused(PlaceOrderResult.RejectReason.REJECTED, "firewall");
    }

    @WaitingTest
    void nothingIsAskedUntilTheBrokerWantsRequestsAgain() {
        arm(Fault.TOO_MANY_REQUESTS, 1, 3);
        assertThatThrownBy(() -> this.session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .isInstanceOfSatisfying(BrokerException.class, (failure) -> {
                assertThat(failure.kind()).isEqualTo(BrokerException.Kind.REFUSED);
                assertThat(failure.getMessage()).contains("Too much request weight");
            });
        assertThat(BinanceSimulatorExtension
            .result(this.session.place(BinanceSimulatorExtension.createOrder(), () -> true)))
            .as("an order does not wait")
            .isInstanceOfSatisfying(PlaceOrderResult.NotSent.class,
                    (rejection) -> assertThat(rejection.message()).contains("no requests"));
        long startedAt = System.nanoTime();
        assertThat(BinanceSimulatorExtension.result(this.session.balances())).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(this.binance.counter("ignored")).isZero();
        assertThat(this.binance.counter("orders")).isZero();
    }

    @WaitingTest
    void aBanIsObeyedByEverybodyHereAndForNewConnectionsToo() {
        BrokerSession otherSession = this.binance.openSession();
        arm(Fault.BANNED, 1, 4);
        assertThatThrownBy(() -> this.session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .hasMessageContaining("banned");
        this.binance.simulator().control("/control/drop");
        assertThat(BinanceSimulatorExtension.result(otherSession.balances())).isNotEmpty();
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.sessionStates.size() >= 3 && lastState() == SessionState.OPEN);
        assertThat(this.binance.counter("ignored")).isZero();
    }

    @WaitingTest
    void aLoginDuringABanSaysHowLongToWait() {
        Credentials credentials = this.session.credentials();
        arm(Fault.BANNED, 1, 60);
        assertThatThrownBy(() -> this.session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .hasMessageContaining("banned");
        assertThat(BinanceSimulatorExtension.result(this.binance.broker().connect(credentials)))
            .isInstanceOfSatisfying(LoginResult.Refused.class, (rejection) -> {
                assertThat(rejection.why()).isEqualTo(LoginResult.Reason.TOO_MANY);
                assertThat(rejection.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
            });
        assertThat(this.binance.counter("ignored")).isZero();
    }

    @WaitingTest
    void aWrongClockIsSetAndTheOrderIsSentAfterAll() {
        for (long skew : List.of(600_000L, -1_200_000L)) {
            this.binance.simulator().control("/control/clock?millis=" + skew);
            BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder());
        }
        assertThat(this.binance.counter("orders")).isEqualTo(2);
        this.binance.simulator().control("/control/clock?millis=600000");
        assertThat(BinanceSimulatorExtension.result(this.session.balances())).isNotEmpty();
        this.binance.simulator().control("/control/clock?millis=-600000");
        this.binance.simulator().control("/control/drop");
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.sessionStates.size() >= 3 && lastState() == SessionState.OPEN);
    }

    @WaitingTest
    void theTimeIsRightThoughOneHadToWaitToAskForIt() {
        ServerClock clock = new ServerClock(Clock.systemUTC());
        BinanceRestClient restClient = new BinanceRestClient(HttpClient.create(),
                BinanceSimulatorExtension.properties(this.binance.simulator().port()).rest(),
                BinanceSimulatorExtension.TIMEOUTS, clock);
        this.binance.simulator().control("/control/clock?millis=600000");
        restClient.weightLimiter().block(3000);
        restClient.synchronizeTime().block(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        assertThat(clock.millis()).isCloseTo(this.binance.counter("millis"), within(1000L));
    }

    @WaitingTest
    void ordersForgottenByAResetAreAbsentAndTheSessionGoesOn() {
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        BinanceSimulatorExtension.placeAndFill(this.session, order);
        this.binance.simulator().control("/control/reset");
        BrokerSession laterSession = this.binance.reopen(this.session);
        Instant noLongerArrives = order.validUntil().plusSeconds(7);
        assertThat(BinanceSimulatorExtension.result(laterSession.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Unknown());
        BinanceSimulatorExtension.await("the order to be over",
                () -> Clock.systemUTC().instant().isAfter(noLongerArrives));
        assertThat(BinanceSimulatorExtension.result(laterSession.orderState(order, null))).as("one look is none")
            .isEqualTo(new BrokerOrderState.Unknown());
        BinanceSimulatorExtension.await("the order to be absent",
                () -> BinanceSimulatorExtension.result(laterSession.orderState(order, null))
                    .equals(new BrokerOrderState.Absent()));
        Fill newFill = BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder());
        assertThat(newFill.brokerId()).as("the broker's numbers begin again").isEqualTo(1);
        assertReportedOnce(newFill, 2);
    }

    @WaitingTest
    void eventsThatComeTwiceAreToldOnce() {
        arm(Fault.DUPLICATE_EVENT, 9, 0);
        assertReportedOnce(
                BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder()));
    }

    @WaitingTest
    void anOrderOfWhichNothingIsToldIsKnownByItsReply() {
        arm(Fault.LOST_EVENT);
        assertReportedOnce(
                BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder()));
    }

    @WaitingTest
    void aLostConnectionForgetsNoOrder() {
        this.binance.simulator().control("/control/drop");
        assertFilledOnce();
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.sessionStates.size() >= 3 && lastState() == SessionState.OPEN);
        BrokerSession otherSession = this.binance.reopen(this.session);
        Fill otherFill = BinanceSimulatorExtension.placeAndFill(otherSession, BinanceSimulatorExtension.createOrder());
        BinanceSimulatorExtension.await("the other's order to be told here",
                () -> this.states.contains(new BrokerOrderState.Filled("BTCUSDT", otherFill)));
    }

    @WaitingTest
    void anOrderThatEndedUnseenIsAskedForOnceTheConnectionIsBack() throws Exception {
        this.binance.sendManually(this.session, "POST",
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=50000&newClientOrderId=hand");
        BinanceSimulatorExtension.await("the order to run",
                () -> this.states.stream().anyMatch(BrokerOrderState.Running.class::isInstance));
        arm(Fault.LOST_EVENT);
        this.binance.sendManually(this.session, "DELETE", "symbol=BTCUSDT&origClientOrderId=hand");
        this.binance.simulator().control("/control/drop");
        BinanceSimulatorExtension.await("the end of the order",
                () -> this.states.getLast() instanceof BrokerOrderState.Filled filled
                        && filled.fill().quantity().signum() == 0);
        assertThat(this.states).hasSize(2);
    }

    @WaitingTest
    void aStreamEndedByTheBrokerIsBegunAgain() {
        arm(Fault.STREAM_TERMINATED);
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.sessionStates.size() >= 3 && lastState() == SessionState.OPEN);
        assertReportedOnce(
                BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder()));
    }

    @WaitingTest
    void aConnectionOfABrokerThatRestartsIsReplacedUnseen() {
        long opened = this.binance.counter("opened");
        this.binance.simulator().control("/control/shutdown");
        BinanceSimulatorExtension.await("another connection", () -> this.binance.counter("opened") == opened + 1);
        BinanceSimulatorExtension.await("the first one to be closed", () -> this.binance.counter("connections") == 1);
        assertReportedOnce(
                BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder()));
        assertThat(this.sessionStates).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void aRevokedKeyEndsTheSession() {
        this.binance.simulator().control("/control/revoke/" + this.binance.keyOf(this.session));
        BinanceSimulatorExtension.await("the session to be signed out", () -> lastState() == SessionState.SIGNED_OUT);
        assertThat(BinanceSimulatorExtension
            .result(this.session.place(BinanceSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
        assertThat(BinanceSimulatorExtension.result(this.binance.broker().connect(this.session.credentials())))
            .isInstanceOfSatisfying(LoginResult.Refused.class,
                    (rejection) -> assertThat(rejection.why()).isEqualTo(LoginResult.Reason.SIGNED_OUT));
    }

    @WaitingTest
    void aKeyThatMayNotTradeIsRefusedAndTheSessionGoesOn() {
        arm(Fault.NO_PERMISSION);
        assertRefused(PlaceOrderResult.RejectReason.REJECTED, "permissions");
        assertThat(BinanceSimulatorExtension.result(this.session.balances())).isNotEmpty();
        BinanceSimulatorExtension.placeAndFill(this.session, BinanceSimulatorExtension.createOrder());
        assertThat(this.sessionStates).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void anOrderThatCannotBeAskedForIsUnknownUntilItCan() {
        BinanceTimeouts defaults = BinanceSimulatorExtension.TIMEOUTS;
        BinanceTimeouts shortTimeouts = new BinanceTimeouts(defaults.connect(), defaults.call(), defaults.order(),
                defaults.turn(), defaults.silence(), defaults.life(), defaults.poll(), Duration.ofSeconds(2));
        try (BinanceSimulatorExtension otherBinance = new BinanceSimulatorExtension(shortTimeouts)) {
            BrokerSession otherSession = otherBinance.openSession();
            BinanceSimulatorExtension.result(otherSession.instruments());
            otherBinance.simulator().arm(Fault.NO_REPLY);
            otherBinance.simulator().arm(Fault.LOST_EVENT);
            SpotOrder order = BinanceSimulatorExtension.createOrder();
            CompletableFuture<@Nullable PlaceOrderResult> pendingResult = otherSession.place(order, () -> true)
                .toFuture();
            BinanceSimulatorExtension.await("the order to be made", () -> otherBinance.counter("orders") == 1);
            int port = otherBinance.simulator().port();
            otherBinance.simulator().stop();
            assertThat(pendingResult.join()).isEqualTo(new PlaceOrderResult.Unknown());
            otherBinance.simulator().start(port);
            assertThat(BinanceSimulatorExtension.result(otherSession.orderState(order, null)))
                .isInstanceOf(BrokerOrderState.Filled.class);
            assertThat(otherBinance.counter("orders")).isEqualTo(1);
        }
    }

    @WaitingTest
    void moreOrdersThanTheBrokerTakesAreNotSent() {
        int refused = 0;
        for (int index = 0; index < 60; index++) {
            SpotOrder order = BinanceSimulatorExtension.createOrder(Side.BUY, "0.01", new BigDecimal("50000"),
                    Duration.ofSeconds(3));
            PlaceOrderResult result = BinanceSimulatorExtension.result(this.session.place(order, () -> true));
            refused += (result instanceof PlaceOrderResult.NotSent) ? 1 : 0;
            assertThat(result).isNotInstanceOf(PlaceOrderResult.Refused.class);
        }
        assertThat(this.binance.counter("orders")).isEqualTo(60 - refused);
    }

    private void arm(Fault fault) {
        arm(fault, 1, 0);
    }

    private void arm(Fault fault, int times, long number) {
        this.binance.simulator().arm(fault, times, number);
    }

    private SessionState lastState() {
        return this.sessionStates.getLast();
    }

    private void assertFilledOnce() {
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        Fill fill = BinanceSimulatorExtension.placeAndFill(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("BTC");
        assertReportedOnce(fill);
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
        assertThat(this.binance.simulator().isCalm()).as("the fault has struck").isTrue();
    }

    private void assertReportedOnce(Fill fill) {
        assertReportedOnce(fill, 1);
        assertThat(this.binance.counter("orders")).isEqualTo(1);
    }

    private void assertReportedOnce(Fill fill, int orders) {
        BinanceSimulatorExtension.await("the order to be told",
                () -> this.states.contains(new BrokerOrderState.Filled("BTCUSDT", fill)));
        assertThat(this.states.stream().filter((state) -> state instanceof BrokerOrderState.Filled)).hasSize(orders);
    }

    private void assertAbsent() {
        SpotOrder order = BinanceSimulatorExtension.createOrder();
        assertThat(BinanceSimulatorExtension.result(this.session.place(order, () -> true)))
            .isEqualTo(new PlaceOrderResult.Absent());
        assertThat(Clock.systemUTC().instant()).as("until then it could have arrived")
            .isAfter(order.validUntil().plusSeconds(5));
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Absent());
        assertThat(this.binance.counter("orders")).isZero();
        assertThat(this.states).isEmpty();
    }

    private void assertRefused(PlaceOrderResult.RejectReason reason, String text) {
        assertThat(BinanceSimulatorExtension
            .result(this.session.place(BinanceSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class, (rejection) -> {
                assertThat(rejection.why()).isEqualTo(reason);
                assertThat(rejection.message()).contains(text);
            });
        assertThat(this.binance.counter("orders")).isZero();
    }

}
