package pregao.session.binance;

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

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.Credentials;
import pregao.session.broker.Fill;
import pregao.session.broker.Login;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.SessionState;
import pregao.session.broker.Side;
import pregao.session.broker.SpotOrder;
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

    private final Simulated binance = new Simulated();

    private BrokerSession session;

    private List<OrderState> states;

    private List<SessionState> life;

    @BeforeEach
    void open() {
        this.session = this.binance.session();
        this.states = Simulated.watched(this.session.orders());
        this.life = Simulated.watched(this.session.states());
        // What is asked once is asked now, so that the fault meets the order.
        Simulated.result(this.session.instruments());
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
        SpotOrder order = Simulated.order();
        Fill fill = Simulated.filled(this.session, order);
        BrokerSession later = this.binance.again(this.session);
        Instant over = order.validUntil().plusSeconds(7);
        Simulated.await("the order to be over", () -> Clock.systemUTC().instant().isAfter(over));
        arm(Fault.ORDER_NOT_YET_KNOWN, 1, 0);
        assertThat(Simulated.result(later.orderState(order, null))).isEqualTo(new OrderState.Unknown());
        assertThat(Simulated.result(later.orderState(order, null))).isEqualTo(new OrderState.Filled("BTCUSDT", fill));
    }

    @WaitingTest
    void anOrderDoneInPartIsToldAsFarAsItWasDone() {
        arm(Fault.PARTIAL_FILL, 1, 30);
        SpotOrder order = Simulated.order();
        Fill fill = Simulated.filled(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.003");
        toldOnce(fill);
    }

    @WaitingTest
    void anOrderDoneInPartWithoutAReplyIsToldAsFarAsItWasDone() {
        arm(Fault.PARTIAL_FILL, 1, 30);
        arm(Fault.NO_REPLY);
        SpotOrder order = Simulated.order(Side.SELL, "0.01", new BigDecimal("50000"), Duration.ofSeconds(3));
        Fill fill = Simulated.filled(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.003");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("USDT");
        toldOnce(fill);
    }

    @WaitingTest
    void anOrderThatBreaksAFilterNobodyKnewIsRefusedInTheBrokersWords() {
        arm(Fault.FILTER_FAILURE);
        refused(Placement.Why.INVALID, "Filter failure: MAX_POSITION");
    }

    @WaitingTest
    void anOrderStoppedByAFirewallIsRefused() {
        arm(Fault.FIREWALL);
        refused(Placement.Why.REJECTED, "firewall");
    }

    @WaitingTest
    void nothingIsAskedUntilTheBrokerWantsRequestsAgain() {
        arm(Fault.TOO_MANY_REQUESTS, 1, 3);
        assertThatThrownBy(() -> this.session.balances().block(Simulated.PATIENCE))
            .isInstanceOfSatisfying(BrokerFailure.class, (failure) -> {
                assertThat(failure.kind()).isEqualTo(BrokerFailure.Kind.REFUSED);
                assertThat(failure.getMessage()).contains("Too much request weight");
            });
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true))).as("an order does not wait")
            .isInstanceOfSatisfying(Placement.NotSent.class, (no) -> assertThat(no.message()).contains("no requests"));
        long asked = System.nanoTime();
        assertThat(Simulated.result(this.session.balances())).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(this.binance.state("ignored")).isZero();
        assertThat(this.binance.state("orders")).isZero();
    }

    @WaitingTest
    void aBanIsObeyedByEverybodyHereAndForNewConnectionsToo() {
        BrokerSession other = this.binance.session();
        arm(Fault.BANNED, 1, 4);
        assertThatThrownBy(() -> this.session.balances().block(Simulated.PATIENCE)).hasMessageContaining("banned");
        this.binance.simulator().control("/control/drop");
        assertThat(Simulated.result(other.balances())).isNotEmpty();
        Simulated.await("the session to be back", () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        assertThat(this.binance.state("ignored")).isZero();
    }

    @WaitingTest
    void aLoginDuringABanSaysHowLongToWait() {
        Credentials credentials = this.session.credentials();
        arm(Fault.BANNED, 1, 60);
        assertThatThrownBy(() -> this.session.balances().block(Simulated.PATIENCE)).hasMessageContaining("banned");
        assertThat(Simulated.result(this.binance.broker().connect(credentials)))
            .isInstanceOfSatisfying(Login.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(Login.Why.TOO_MANY);
                assertThat(no.retryAfter()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
            });
        assertThat(this.binance.state("ignored")).isZero();
    }

    @WaitingTest
    void aWrongClockIsSetAndTheOrderIsSentAfterAll() {
        for (long skew : List.of(600_000L, -1_200_000L)) {
            this.binance.simulator().control("/control/clock?millis=" + skew);
            Simulated.filled(this.session, Simulated.order());
        }
        assertThat(this.binance.state("orders")).isEqualTo(2);
        this.binance.simulator().control("/control/clock?millis=600000");
        assertThat(Simulated.result(this.session.balances())).isNotEmpty();
        this.binance.simulator().control("/control/clock?millis=-600000");
        this.binance.simulator().control("/control/drop");
        Simulated.await("the session to be back", () -> this.life.size() >= 3 && last() == SessionState.OPEN);
    }

    @WaitingTest
    void theTimeIsRightThoughOneHadToWaitToAskForIt() {
        ServerClock clock = new ServerClock(Clock.systemUTC());
        Rest rest = new Rest(HttpClient.create(), Simulated.settings(this.binance.simulator().port()).rest(),
                Simulated.TIMEOUTS, clock);
        this.binance.simulator().control("/control/clock?millis=600000");
        rest.budget().stop(3000);
        rest.tellTime().block(Simulated.PATIENCE);
        assertThat(clock.millis()).isCloseTo(this.binance.state("millis"), within(1000L));
    }

    @WaitingTest
    void ordersForgottenByAResetAreAbsentAndTheSessionGoesOn() {
        SpotOrder order = Simulated.order();
        Simulated.filled(this.session, order);
        this.binance.simulator().control("/control/reset");
        BrokerSession later = this.binance.again(this.session);
        Instant over = order.validUntil().plusSeconds(7);
        assertThat(Simulated.result(later.orderState(order, null))).isEqualTo(new OrderState.Unknown());
        Simulated.await("the order to be over", () -> Clock.systemUTC().instant().isAfter(over));
        assertThat(Simulated.result(later.orderState(order, null))).as("one look is none")
            .isEqualTo(new OrderState.Unknown());
        Simulated.await("the order to be absent",
                () -> Simulated.result(later.orderState(order, null)).equals(new OrderState.Absent()));
        Fill again = Simulated.filled(this.session, Simulated.order());
        assertThat(again.brokerId()).as("the broker's numbers begin again").isEqualTo(1);
        toldOnce(again, 2);
    }

    @WaitingTest
    void eventsThatComeTwiceAreToldOnce() {
        arm(Fault.DUPLICATE_EVENT, 9, 0);
        toldOnce(Simulated.filled(this.session, Simulated.order()));
    }

    @WaitingTest
    void anOrderOfWhichNothingIsToldIsKnownByItsReply() {
        arm(Fault.LOST_EVENT);
        toldOnce(Simulated.filled(this.session, Simulated.order()));
    }

    @WaitingTest
    void aLostConnectionForgetsNoOrder() {
        this.binance.simulator().control("/control/drop");
        isFilledOnce();
        Simulated.await("the session to be back", () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        BrokerSession other = this.binance.again(this.session);
        Fill others = Simulated.filled(other, Simulated.order());
        Simulated.await("the other's order to be told here",
                () -> this.states.contains(new OrderState.Filled("BTCUSDT", others)));
    }

    @WaitingTest
    void anOrderThatEndedUnseenIsAskedForOnceTheConnectionIsBack() throws Exception {
        this.binance.byHand(this.session, "POST",
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=50000&newClientOrderId=hand");
        Simulated.await("the order to run", () -> this.states.stream().anyMatch(OrderState.Running.class::isInstance));
        arm(Fault.LOST_EVENT);
        this.binance.byHand(this.session, "DELETE", "symbol=BTCUSDT&origClientOrderId=hand");
        this.binance.simulator().control("/control/drop");
        Simulated.await("the end of the order", () -> this.states.getLast() instanceof OrderState.Filled filled
                && filled.fill().quantity().signum() == 0);
        assertThat(this.states).hasSize(2);
    }

    @WaitingTest
    void aStreamEndedByTheBrokerIsBegunAgain() {
        arm(Fault.STREAM_TERMINATED);
        Simulated.await("the session to be back", () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        toldOnce(Simulated.filled(this.session, Simulated.order()));
    }

    @WaitingTest
    void aConnectionOfABrokerThatRestartsIsReplacedUnseen() {
        long opened = this.binance.state("opened");
        this.binance.simulator().control("/control/shutdown");
        Simulated.await("another connection", () -> this.binance.state("opened") == opened + 1);
        Simulated.await("the first one to be closed", () -> this.binance.state("connections") == 1);
        toldOnce(Simulated.filled(this.session, Simulated.order()));
        assertThat(this.life).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void aRevokedKeyEndsTheSession() {
        this.binance.simulator().control("/control/revoke/" + this.binance.keyOf(this.session));
        Simulated.await("the session to be signed out", () -> last() == SessionState.SIGNED_OUT);
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isInstanceOf(Placement.NotSent.class);
        assertThat(Simulated.result(this.binance.broker().connect(this.session.credentials())))
            .isInstanceOfSatisfying(Login.Refused.class, (no) -> assertThat(no.why()).isEqualTo(Login.Why.SIGNED_OUT));
    }

    @WaitingTest
    void aKeyThatMayNotTradeIsRefusedAndTheSessionGoesOn() {
        arm(Fault.NO_PERMISSION);
        refused(Placement.Why.REJECTED, "permissions");
        assertThat(Simulated.result(this.session.balances())).isNotEmpty();
        Simulated.filled(this.session, Simulated.order());
        assertThat(this.life).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void anOrderThatCannotBeAskedForIsUnknownUntilItCan() {
        Timeouts usual = Simulated.TIMEOUTS;
        Timeouts impatient = new Timeouts(usual.connect(), usual.call(), usual.order(), usual.turn(), usual.silence(),
                usual.life(), usual.poll(), Duration.ofSeconds(2));
        try (Simulated other = new Simulated(impatient)) {
            BrokerSession others = other.session();
            Simulated.result(others.instruments());
            other.simulator().arm(Fault.NO_REPLY);
            other.simulator().arm(Fault.LOST_EVENT);
            SpotOrder order = Simulated.order();
            CompletableFuture<@Nullable Placement> lost = others.place(order, () -> true).toFuture();
            Simulated.await("the order to be made", () -> other.state("orders") == 1);
            int port = other.simulator().port();
            other.simulator().stop();
            assertThat(lost.join()).isEqualTo(new Placement.Unknown());
            other.simulator().start(port);
            assertThat(Simulated.result(others.orderState(order, null))).isInstanceOf(OrderState.Filled.class);
            assertThat(other.state("orders")).isEqualTo(1);
        }
    }

    @WaitingTest
    void moreOrdersThanTheBrokerTakesAreNotSent() {
        int refused = 0;
        for (int order = 0; order < 60; order++) {
            SpotOrder low = Simulated.order(Side.BUY, "0.01", new BigDecimal("50000"), Duration.ofSeconds(3));
            Placement placement = Simulated.result(this.session.place(low, () -> true));
            refused += (placement instanceof Placement.NotSent) ? 1 : 0;
            assertThat(placement).isNotInstanceOf(Placement.Refused.class);
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
        SpotOrder order = Simulated.order();
        Fill fill = Simulated.filled(this.session, order);
        assertThat(fill.quantity()).isEqualByComparingTo("0.01");
        assertThat(fill.fees()).extracting(Fill.Fee::asset).containsExactly("BTC");
        toldOnce(fill);
        assertThat(Simulated.result(this.session.orderState(order, null)))
            .isEqualTo(new OrderState.Filled("BTCUSDT", fill));
        assertThat(this.binance.simulator().isCalm()).as("the fault has struck").isTrue();
    }

    private void toldOnce(Fill fill) {
        toldOnce(fill, 1);
        assertThat(this.binance.state("orders")).isEqualTo(1);
    }

    private void toldOnce(Fill fill, int orders) {
        Simulated.await("the order to be told", () -> this.states.contains(new OrderState.Filled("BTCUSDT", fill)));
        assertThat(this.states.stream().filter((state) -> state instanceof OrderState.Filled)).hasSize(orders);
    }

    private void isAbsent() {
        SpotOrder order = Simulated.order();
        assertThat(Simulated.result(this.session.place(order, () -> true))).isEqualTo(new Placement.Absent());
        assertThat(Clock.systemUTC().instant()).as("until then it could have arrived")
            .isAfter(order.validUntil().plusSeconds(5));
        assertThat(Simulated.result(this.session.orderState(order, null))).isEqualTo(new OrderState.Absent());
        assertThat(this.binance.state("orders")).isZero();
        assertThat(this.states).isEmpty();
    }

    private void refused(Placement.Why why, String words) {
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isInstanceOfSatisfying(Placement.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(why);
                assertThat(no.message()).contains(words);
            });
        assertThat(this.binance.state("orders")).isZero();
    }

}
