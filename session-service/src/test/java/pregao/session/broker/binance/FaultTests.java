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
 * What the user sees when the broker misbehaves; a test for each of its faults that can
 * meet an order or a session ({@link MarketTests} has those of the market). No order is
 * doubled and none forgotten.
 */
class FaultTests {

    private final BinanceSimulatorExtension binance = new BinanceSimulatorExtension();

    private BrokerSession session;

    private List<BrokerOrderState> states;

    private List<SessionState> life;

    @BeforeEach
    void open() {
        this.session = this.binance.session();
        this.states = BinanceSimulatorExtension.watched(this.session.orders());
        this.life = BinanceSimulatorExtension.watched(this.session.states());
        // What is asked once is asked now, so that the fault meets the order.
        BinanceSimulatorExtension.result(this.session.instruments());
    }

    @AfterEach
    void close() {
        this.binance.close();
    }

    @WaitingTest
    void anOrderOfAnErrorThatWasDoneIsFound() {
        arm(Fault.ERROR_AFTER_ORDER);
        isFilledOnce();
    }

    @WaitingTest
    void anOrderOfAnErrorThatWasNotDoneIsAbsentAndNeverSentAgain() {
        arm(Fault.ERROR_BEFORE_ORDER);
        isAbsent();
    }

    @WaitingTest
    void anOrderThatTimedOutAtTheBrokerIsFound() {
        arm(Fault.TIMEOUT_AFTER_ORDER);
        isFilledOnce();
    }

    @WaitingTest
    void anOrderThatTimedOutAtTheBrokerWithoutBeingDoneIsAbsent() {
        arm(Fault.TIMEOUT_BEFORE_ORDER);
        isAbsent();
    }

    @WaitingTest
    void anOrderWhoseReplyIsLostWithTheConnectionIsFound() {
        arm(Fault.DROP_AFTER_ORDER);
        isFilledOnce();
    }

    @WaitingTest
    void anOrderWhoseConnectionIsResetIsFound() {
        arm(Fault.RESET_AFTER_ORDER);
        isFilledOnce();
    }

    @WaitingTest
    void anOrderLostWithTheConnectionIsAbsentAndNeverSentAgain() {
        arm(Fault.DROP_BEFORE_ORDER);
        isAbsent();
    }

    @WaitingTest
    void anOrderThatIsNotRepliedToIsFoundByAsking() {
        arm(Fault.NO_REPLY);
        isFilledOnce();
    }

    @WaitingTest
    void anOrderThatIsNotKnownAtOnceIsNotTakenForAbsent() {
        arm(Fault.DROP_AFTER_ORDER);
        arm(Fault.LOST_EVENT);
        arm(Fault.ORDER_NOT_YET_KNOWN, 5, 0);
        isFilledOnce();
    }

    @WaitingTest
    void anOrderThatIsOverAndNotFoundOnceIsNotTakenForAbsent() {
        SpotOrder order = BinanceSimulatorExtension.order();
        Fill fill = BinanceSimulatorExtension.filled(this.session, order);
        BrokerSession later = this.binance.again(this.session);
        Instant over = order.validUntil().plusSeconds(7);
        BinanceSimulatorExtension.await("the order to be over", () -> Clock.systemUTC().instant().isAfter(over));
        arm(Fault.ORDER_NOT_YET_KNOWN, 1, 0);
        assertThat(BinanceSimulatorExtension.result(later.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Unknown());
        assertThat(BinanceSimulatorExtension.result(later.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
    }

    @WaitingTest
    void anOrderDoneInPartIsToldAsFarAsItWasDone() {
        arm(Fault.PARTIAL_FILL, 1, 30);
        SpotOrder order = BinanceSimulatorExtension.order();
        Fill fill = BinanceSimulatorExtension.filled(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.003");
        toldOnce(fill);
    }

    @WaitingTest
    void anOrderDoneInPartWithoutAReplyIsToldAsFarAsItWasDone() {
        arm(Fault.PARTIAL_FILL, 1, 30);
        arm(Fault.NO_REPLY);
        SpotOrder order = BinanceSimulatorExtension.order(Side.SELL, "0.01", new BigDecimal("50000"),
                Duration.ofSeconds(3));
        Fill fill = BinanceSimulatorExtension.filled(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.003");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("USDT");
        toldOnce(fill);
    }

    @WaitingTest
    void anOrderThatBreaksAFilterNobodyKnewIsRefusedInTheBrokersWords() {
        arm(Fault.FILTER_FAILURE);
        refused(PlaceOrderResult.RejectReason.INVALID, "Filter failure: MAX_POSITION");
    }

    @WaitingTest
    void anOrderStoppedByAFirewallIsRefused() {
        arm(Fault.FIREWALL);
        refused(PlaceOrderResult.RejectReason.REJECTED, "firewall");
    }

    @WaitingTest
    void nothingIsAskedUntilTheBrokerWantsRequestsAgain() {
        arm(Fault.TOO_MANY_REQUESTS, 1, 3);
        assertThatThrownBy(() -> this.session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .isInstanceOfSatisfying(BrokerException.class, (failure) -> {
                assertThat(failure.kind()).isEqualTo(BrokerException.Kind.REFUSED);
                assertThat(failure.getMessage()).contains("Too much request weight");
            });
        assertThat(BinanceSimulatorExtension.result(this.session.place(BinanceSimulatorExtension.order(), () -> true)))
            .as("an order does not wait")
            .isInstanceOfSatisfying(PlaceOrderResult.NotSent.class,
                    (no) -> assertThat(no.message()).contains("no requests"));
        long asked = System.nanoTime();
        assertThat(BinanceSimulatorExtension.result(this.session.balances())).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(this.binance.state("ignored")).isZero();
        assertThat(this.binance.state("orders")).isZero();
    }

    @WaitingTest
    void aBanIsObeyedByEverybodyHereAndForNewConnectionsToo() {
        BrokerSession other = this.binance.session();
        arm(Fault.BANNED, 1, 4);
        assertThatThrownBy(() -> this.session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .hasMessageContaining("banned");
        this.binance.simulator().control("/control/drop");
        assertThat(BinanceSimulatorExtension.result(other.balances())).isNotEmpty();
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        assertThat(this.binance.state("ignored")).isZero();
    }

    @WaitingTest
    void aLoginDuringABanSaysHowLongToWait() {
        Credentials credentials = this.session.credentials();
        arm(Fault.BANNED, 1, 60);
        assertThatThrownBy(() -> this.session.balances().block(BinanceSimulatorExtension.REQUEST_TIMEOUT))
            .hasMessageContaining("banned");
        assertThat(BinanceSimulatorExtension.result(this.binance.broker().connect(credentials)))
            .isInstanceOfSatisfying(LoginResult.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(LoginResult.Reason.TOO_MANY);
                assertThat(no.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
            });
        assertThat(this.binance.state("ignored")).isZero();
    }

    @WaitingTest
    void aWrongClockIsSetAndTheOrderIsSentAfterAll() {
        for (long skew : List.of(600_000L, -1_200_000L)) {
            this.binance.simulator().control("/control/clock?millis=" + skew);
            BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order());
        }
        assertThat(this.binance.state("orders")).isEqualTo(2);
        this.binance.simulator().control("/control/clock?millis=600000");
        assertThat(BinanceSimulatorExtension.result(this.session.balances())).isNotEmpty();
        this.binance.simulator().control("/control/clock?millis=-600000");
        this.binance.simulator().control("/control/drop");
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.life.size() >= 3 && last() == SessionState.OPEN);
    }

    @WaitingTest
    void theTimeIsRightThoughOneHadToWaitToAskForIt() {
        ServerClock clock = new ServerClock(Clock.systemUTC());
        BinanceRestClient rest = new BinanceRestClient(HttpClient.create(),
                BinanceSimulatorExtension.settings(this.binance.simulator().port()).rest(),
                BinanceSimulatorExtension.TIMEOUTS, clock);
        this.binance.simulator().control("/control/clock?millis=600000");
        rest.weightLimiter().block(3000);
        rest.synchronizeTime().block(BinanceSimulatorExtension.REQUEST_TIMEOUT);
        assertThat(clock.millis()).isCloseTo(this.binance.state("millis"), within(1000L));
    }

    @WaitingTest
    void ordersForgottenByAResetAreAbsentAndTheSessionGoesOn() {
        SpotOrder order = BinanceSimulatorExtension.order();
        BinanceSimulatorExtension.filled(this.session, order);
        this.binance.simulator().control("/control/reset");
        BrokerSession later = this.binance.again(this.session);
        Instant over = order.validUntil().plusSeconds(7);
        assertThat(BinanceSimulatorExtension.result(later.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Unknown());
        BinanceSimulatorExtension.await("the order to be over", () -> Clock.systemUTC().instant().isAfter(over));
        assertThat(BinanceSimulatorExtension.result(later.orderState(order, null))).as("one look is none")
            .isEqualTo(new BrokerOrderState.Unknown());
        BinanceSimulatorExtension.await("the order to be absent",
                () -> BinanceSimulatorExtension.result(later.orderState(order, null))
                    .equals(new BrokerOrderState.Absent()));
        Fill again = BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order());
        assertThat(again.brokerId()).as("the broker's numbers begin again").isEqualTo(1);
        toldOnce(again, 2);
    }

    @WaitingTest
    void eventsThatComeTwiceAreToldOnce() {
        arm(Fault.DUPLICATE_EVENT, 9, 0);
        toldOnce(BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order()));
    }

    @WaitingTest
    void anOrderOfWhichNothingIsToldIsKnownByItsReply() {
        arm(Fault.LOST_EVENT);
        toldOnce(BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order()));
    }

    @WaitingTest
    void aLostConnectionForgetsNoOrder() {
        this.binance.simulator().control("/control/drop");
        isFilledOnce();
        BinanceSimulatorExtension.await("the session to be back",
                () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        BrokerSession other = this.binance.again(this.session);
        Fill others = BinanceSimulatorExtension.filled(other, BinanceSimulatorExtension.order());
        BinanceSimulatorExtension.await("the other's order to be told here",
                () -> this.states.contains(new BrokerOrderState.Filled("BTCUSDT", others)));
    }

    @WaitingTest
    void anOrderThatEndedUnseenIsAskedForOnceTheConnectionIsBack() throws Exception {
        this.binance.byHand(this.session, "POST",
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=50000&newClientOrderId=hand");
        BinanceSimulatorExtension.await("the order to run",
                () -> this.states.stream().anyMatch(BrokerOrderState.Running.class::isInstance));
        arm(Fault.LOST_EVENT);
        this.binance.byHand(this.session, "DELETE", "symbol=BTCUSDT&origClientOrderId=hand");
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
                () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        toldOnce(BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order()));
    }

    @WaitingTest
    void aConnectionOfABrokerThatRestartsIsReplacedUnseen() {
        long opened = this.binance.state("opened");
        this.binance.simulator().control("/control/shutdown");
        BinanceSimulatorExtension.await("another connection", () -> this.binance.state("opened") == opened + 1);
        BinanceSimulatorExtension.await("the first one to be closed", () -> this.binance.state("connections") == 1);
        toldOnce(BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order()));
        assertThat(this.life).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void aRevokedKeyEndsTheSession() {
        this.binance.simulator().control("/control/revoke/" + this.binance.keyOf(this.session));
        BinanceSimulatorExtension.await("the session to be signed out", () -> last() == SessionState.SIGNED_OUT);
        assertThat(BinanceSimulatorExtension.result(this.session.place(BinanceSimulatorExtension.order(), () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
        assertThat(BinanceSimulatorExtension.result(this.binance.broker().connect(this.session.credentials())))
            .isInstanceOfSatisfying(LoginResult.Refused.class,
                    (no) -> assertThat(no.why()).isEqualTo(LoginResult.Reason.SIGNED_OUT));
    }

    @WaitingTest
    void aKeyThatMayNotTradeIsRefusedAndTheSessionGoesOn() {
        arm(Fault.NO_PERMISSION);
        refused(PlaceOrderResult.RejectReason.REJECTED, "permissions");
        assertThat(BinanceSimulatorExtension.result(this.session.balances())).isNotEmpty();
        BinanceSimulatorExtension.filled(this.session, BinanceSimulatorExtension.order());
        assertThat(this.life).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void anOrderThatCannotBeAskedForIsUnknownUntilItCan() {
        BinanceTimeouts usual = BinanceSimulatorExtension.TIMEOUTS;
        BinanceTimeouts impatient = new BinanceTimeouts(usual.connect(), usual.call(), usual.order(), usual.turn(),
                usual.silence(), usual.life(), usual.poll(), Duration.ofSeconds(2));
        try (BinanceSimulatorExtension other = new BinanceSimulatorExtension(impatient)) {
            BrokerSession others = other.session();
            BinanceSimulatorExtension.result(others.instruments());
            other.simulator().arm(Fault.NO_REPLY);
            other.simulator().arm(Fault.LOST_EVENT);
            SpotOrder order = BinanceSimulatorExtension.order();
            CompletableFuture<@Nullable PlaceOrderResult> lost = others.place(order, () -> true).toFuture();
            BinanceSimulatorExtension.await("the order to be made", () -> other.state("orders") == 1);
            int port = other.simulator().port();
            other.simulator().stop();
            assertThat(lost.join()).isEqualTo(new PlaceOrderResult.Unknown());
            other.simulator().start(port);
            assertThat(BinanceSimulatorExtension.result(others.orderState(order, null)))
                .isInstanceOf(BrokerOrderState.Filled.class);
            assertThat(other.state("orders")).isEqualTo(1);
        }
    }

    @WaitingTest
    void moreOrdersThanTheBrokerTakesAreNotSent() {
        int refused = 0;
        for (int order = 0; order < 60; order++) {
            SpotOrder low = BinanceSimulatorExtension.order(Side.BUY, "0.01", new BigDecimal("50000"),
                    Duration.ofSeconds(3));
            PlaceOrderResult placement = BinanceSimulatorExtension.result(this.session.place(low, () -> true));
            refused += (placement instanceof PlaceOrderResult.NotSent) ? 1 : 0;
            assertThat(placement).isNotInstanceOf(PlaceOrderResult.Refused.class);
        }
        assertThat(this.binance.state("orders")).isEqualTo(60 - refused);
    }

    private void arm(Fault fault) {
        arm(fault, 1, 0);
    }

    private void arm(Fault fault, int times, long number) {
        this.binance.simulator().arm(fault, times, number);
    }

    private SessionState last() {
        return this.life.getLast();
    }

    private void isFilledOnce() {
        SpotOrder order = BinanceSimulatorExtension.order();
        Fill fill = BinanceSimulatorExtension.filled(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("BTC");
        toldOnce(fill);
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Filled("BTCUSDT", fill));
        assertThat(this.binance.simulator().isCalm()).as("the fault has struck").isTrue();
    }

    private void toldOnce(Fill fill) {
        toldOnce(fill, 1);
        assertThat(this.binance.state("orders")).isEqualTo(1);
    }

    private void toldOnce(Fill fill, int orders) {
        BinanceSimulatorExtension.await("the order to be told",
                () -> this.states.contains(new BrokerOrderState.Filled("BTCUSDT", fill)));
        assertThat(this.states.stream().filter((state) -> state instanceof BrokerOrderState.Filled)).hasSize(orders);
    }

    private void isAbsent() {
        SpotOrder order = BinanceSimulatorExtension.order();
        assertThat(BinanceSimulatorExtension.result(this.session.place(order, () -> true)))
            .isEqualTo(new PlaceOrderResult.Absent());
        assertThat(Clock.systemUTC().instant()).as("until then it could have arrived")
            .isAfter(order.validUntil().plusSeconds(5));
        assertThat(BinanceSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Absent());
        assertThat(this.binance.state("orders")).isZero();
        assertThat(this.states).isEmpty();
    }

    private void refused(PlaceOrderResult.RejectReason why, String words) {
        assertThat(BinanceSimulatorExtension.result(this.session.place(BinanceSimulatorExtension.order(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(why);
                assertThat(no.message()).contains(words);
            });
        assertThat(this.binance.state("orders")).isZero();
    }

}
