package pregao.session.broker.polarium;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.api.Direction;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.TradingMode;
import pregao.simulator.polarium.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that no order is duplicated or forgotten when the broker misbehaves. There is a
 * test for each of its faults.
 */
class FaultTests {

    private final PolariumSimulatorExtension polarium = new PolariumSimulatorExtension();

    private BrokerSession session;

    private List<BrokerOrderState> states;

    private List<SessionState> sessionStates;

    @BeforeEach
    void open() {
        this.session = this.polarium.openSession();
        this.states = PolariumSimulatorExtension.collectUpdates(this.session);
        this.sessionStates = PolariumSimulatorExtension.collectStates(this.session);
        // Fetches the cached data now, so that the fault hits the order.
        OptionOrder first = PolariumSimulatorExtension.createOrder();
        PolariumSimulatorExtension.placeOrder(this.session, new OptionOrder(first.id(), first.account(), first.symbol(),
                Direction.PUT, first.stake(), first.length(), first.payout(), first.decidedAt(), first.validUntil()));
        PolariumSimulatorExtension.await("the first option to end", () -> this.states.size() == 2);
        this.states.clear();
    }

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @WaitingTest
    void anOrderLostOnTheWayIsAbsentAndNeverSentAgain() {
        arm(Fault.DROP_BEFORE_BOOKING);
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        assertThat(PolariumSimulatorExtension.result(this.session.place(order, () -> true)))
            .isEqualTo(new PlaceOrderResult.Absent());
        assertThat(Clock.systemUTC().instant()).as("until then it could have arrived")
            .isAfter(order.validUntil().plusSeconds(5));
        assertThat(PolariumSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(new BrokerOrderState.Absent());
        assertThat(bought()).isZero();
        PolariumSimulatorExtension.placeOrder(this.session, PolariumSimulatorExtension.createOrder());
        assertThat(bought()).isEqualTo(1);
    }

    @WaitingTest
    void nothingThatCouldBeMistakenForAnUnresolvedOrderIsSent() {
        arm(Fault.DROP_BEFORE_BOOKING);
        CompletableFuture<@Nullable PlaceOrderResult> first = this.session
            .place(PolariumSimulatorExtension.createOrder(), () -> true)
            .toFuture();
        PolariumSimulatorExtension.await("the connection to be lost",
                () -> this.sessionStates.contains(SessionState.CONNECTING));
        PolariumSimulatorExtension.await("the connection to be back",
                () -> this.sessionStates.getLast() == SessionState.OPEN);
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.NotSent.class,
                    (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.UNRESOLVED));
        assertThat(first.join()).isEqualTo(new PlaceOrderResult.Absent());
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void anOrderWhoseReplyIsLostWithTheConnectionIsFoundAgain() {
        arm(Fault.DROP_BEFORE_REPLY);
        endsAsOneOption();
        assertThat(this.sessionStates).contains(SessionState.CONNECTING);
    }

    @WaitingTest
    void aConnectionLostAfterTheReplyForgetsNoResult() {
        arm(Fault.DROP_AFTER_REPLY);
        endsAsOneOption();
    }

    @WaitingTest
    void anOrderThatIsNotRepliedToIsFoundByAsking() {
        arm(Fault.NO_REPLY);
        endsAsOneOption();
        assertThat(this.sessionStates).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void anOrderIsFoundHoweverShortTheBrokersPagesAre() {
        BrokerSession otherSession = this.polarium.openSession();
        arm(Fault.SHORT_PAGES, 1000, 1);
        arm(Fault.NO_REPLY);
        CompletableFuture<@Nullable PlaceOrderResult> lost = this.session
            .place(PolariumSimulatorExtension.createOrder(), () -> true)
            .toFuture();
        PolariumSimulatorExtension.await("the order to be booked", () -> bought() == 1);
        OptionOrder next = PolariumSimulatorExtension.createOrder();
        PolariumSimulatorExtension.placeOrder(otherSession, new OptionOrder(next.id(), next.account(), next.symbol(),
                Direction.PUT, next.stake(), next.length(), next.payout(), next.decidedAt(), next.validUntil()));
        assertThat(lost.join()).isInstanceOf(PlaceOrderResult.Placed.class);
    }

    @WaitingTest
    void anOrderThatCouldBeTwoOptionsIsLeftToTheUser() {
        BrokerSession otherSession = this.polarium.openSession();
        PolariumSimulatorExtension.placeOrder(otherSession, PolariumSimulatorExtension.createOrder());
        PolariumSimulatorExtension.await("the other's option to end", () -> this.states.size() == 2);
        arm(Fault.NO_REPLY);
        CompletableFuture<@Nullable PlaceOrderResult> lost = this.session
            .place(PolariumSimulatorExtension.createOrder(), () -> true)
            .toFuture();
        PolariumSimulatorExtension.await("the order to be booked", () -> bought() == 2);
        PolariumSimulatorExtension.placeOrder(otherSession, PolariumSimulatorExtension.createOrder());
        assertThat(lost.join()).isInstanceOfSatisfying(PlaceOrderResult.Ambiguous.class,
                (many) -> assertThat(many.candidates()).hasSize(2));
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
        PolariumSimulatorExtension.await("all three options to end", () -> this.states.size() == 6);
        assertThat(PolariumSimulatorExtension.placeOrder(this.session, PolariumSimulatorExtension.createOrder())
            .brokerId()).as("nothing is in its way any more").isPositive();
    }

    @WaitingTest
    void endsThatAreNotToldLeaveNothingInTheWayOfAnOrderEither() {
        BrokerSession otherSession = this.polarium.openSession();
        arm(Fault.NO_REPLY);
        CompletableFuture<@Nullable PlaceOrderResult> lost = this.session
            .place(PolariumSimulatorExtension.createOrder(), () -> true)
            .toFuture();
        PolariumSimulatorExtension.await("the order to be booked", () -> bought() == 1);
        PolariumSimulatorExtension.placeOrder(otherSession, PolariumSimulatorExtension.createOrder());
        arm(Fault.NO_RESULT, 2, 0);
        assertThat(lost.join()).isInstanceOf(PlaceOrderResult.Ambiguous.class);
        PolariumSimulatorExtension.await("both options to end", () -> this.states.size() == 4);
        PolariumSimulatorExtension.placeOrder(this.session, PolariumSimulatorExtension.createOrder());
    }

    @WaitingTest
    void eventsThatComeTwiceAreToldOnce() {
        arm(Fault.DUPLICATE_EVENT, 2, 0);
        endsAsOneOption();
    }

    @WaitingTest
    void anEventBeforeTheReplyBelongsToItsOrder() {
        arm(Fault.EVENT_BEFORE_REPLY);
        endsAsOneOption();
    }

    @WaitingTest
    void aStaleEventReopensNothing() {
        arm(Fault.STALE_VERSION);
        endsAsOneOption();
        PlaceOrderResult.Placed next = PolariumSimulatorExtension.placeOrder(this.session,
                PolariumSimulatorExtension.createOrder());
        PolariumSimulatorExtension.await("the next option to be told", () -> this.states.size() == 3);
        assertThat(this.states.get(2)).isEqualTo(new BrokerOrderState.Running(next.brokerId()));
    }

    @WaitingTest
    void aLateResultIsWaitedFor() {
        arm(Fault.LATE_RESULT, 1, 4);
        endsAsOneOption();
    }

    @WaitingTest
    void aResultThatIsNotToldIsAskedFor() {
        arm(Fault.NO_RESULT);
        endsAsOneOption();
    }

    @WaitingTest
    void anOptionUnderAnotherNumberBelongsToTheOrderThatMadeIt() {
        arm(Fault.OTHER_NUMBER);
        endsAsOneOption();
    }

    @WaitingTest
    void anOptionUnderAnotherNumberIsAskedForToo() {
        arm(Fault.OTHER_NUMBER);
        arm(Fault.NO_RESULT);
        endsAsOneOption();
    }

    @WaitingTest
    void anOptionThatIsCanceledIsNoLoss() {
        arm(Fault.CANCELED);
        endsAsOneOption();
        assertThat(this.states.getLast()).isInstanceOfSatisfying(BrokerOrderState.Settled.class, (settled) -> {
            assertThat(settled.result()).isEqualTo(BrokerOrderState.Result.EQUAL);
            assertThat(settled.profit()).isEqualByComparingTo("0");
        });
    }

    @WaitingTest
    void anEndThatDoesNotSayWhatItBroughtIsAskedFor() {
        arm(Fault.CANCELED);
        arm(Fault.NO_PROFIT);
        endsAsOneOption();
        assertThat(this.states.getLast()).isInstanceOfSatisfying(BrokerOrderState.Settled.class,
                (settled) -> assertThat(settled.profit()).isEqualByComparingTo("0"));
    }

    @WaitingTest
    void aPositionThatIsToldAfterItsEndReopensNothing() {
        arm(Fault.LATE_EVENT, 1, 6500);
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        PlaceOrderResult.Placed placed = PolariumSimulatorExtension.placeOrder(this.session, order);
        PolariumSimulatorExtension.await("the end of the option", () -> !this.states.isEmpty());
        assertThat(this.states).singleElement().isInstanceOf(BrokerOrderState.Settled.class);
        PlaceOrderResult.Placed next = PolariumSimulatorExtension.placeOrder(this.session,
                PolariumSimulatorExtension.createOrder());
        PolariumSimulatorExtension.await("the end of the next option", () -> this.states.size() == 3);
        assertThat(this.states.get(1)).isEqualTo(new BrokerOrderState.Running(next.brokerId()));
        assertThat(PolariumSimulatorExtension.result(this.session.orderState(order, placed.brokerId())))
            .isEqualTo(this.states.getFirst());
    }

    @WaitingTest
    void aBrokerThatTellsNoTimeIsConnectedToAgain() {
        arm(Fault.NO_TIME_SYNC, 1, 70);
        PolariumSimulatorExtension.await("another connection",
                () -> this.sessionStates.size() >= 3 && last() == SessionState.OPEN);
        PolariumSimulatorExtension.placeOrder(this.session, PolariumSimulatorExtension.createOrder());
    }

    @WaitingTest
    void anOptionTakenBackIsToldAndPaidBack() {
        arm(Fault.OPTION_REJECTED);
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        PlaceOrderResult.Placed placed = PolariumSimulatorExtension.placeOrder(this.session, order);
        PolariumSimulatorExtension.await("the rejection", () -> this.states.size() == 2);
        assertThat(this.states.getLast()).isEqualTo(new BrokerOrderState.Refunded(placed.brokerId()));
        assertThat(PolariumSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(this.states.getLast());
    }

    @WaitingTest
    void anOrderThatIsNotAcknowledgedIsRefused() {
        arm(Fault.ACK_FALSE);
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class, (rejection) -> {
                assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.REJECTED);
                assertThat(rejection.message()).isEqualTo("the service is busy");
            });
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void aStreamThatIsNotAcknowledgedIsSubscribedToAgain() {
        arm(Fault.ACK_FALSE);
        assertThat(PolariumSimulatorExtension
            .result(this.session.streamCandles(PolariumSimulatorExtension.SYMBOL, 60).next())
            .closed()).isFalse();
    }

    @WaitingTest
    void aMissingAcknowledgementChangesNothing() {
        arm(Fault.ACK_MISSING);
        endsAsOneOption();
    }

    @WaitingTest
    void aSecondAcknowledgementChangesNothing() {
        arm(Fault.ACK_DOUBLED);
        endsAsOneOption();
    }

    @WaitingTest
    void aHalfOpenConnectionIsReplacedAndItsOrderIsNotSentAgain() {
        arm(Fault.HALF_OPEN);
        PolariumSimulatorExtension.await("the fault to strike", () -> this.polarium.simulator().isCalm());
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isEqualTo(new PlaceOrderResult.Absent());
        assertThat(this.sessionStates).contains(SessionState.CONNECTING);
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void slowCandlesFailAloneAndInTime() {
        arm(Fault.SLOW_CANDLES, 1, 12);
        Instant to = Clock.systemUTC().instant();
        assertThatThrownBy(() -> this.session.candles(PolariumSimulatorExtension.SYMBOL, 60, to.minusSeconds(600), to)
            .block(PolariumSimulatorExtension.REQUEST_TIMEOUT)).isInstanceOfSatisfying(BrokerException.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerException.Kind.TIMED_OUT));
        List<BrokerCandle> candles = PolariumSimulatorExtension
            .result(this.session.candles(PolariumSimulatorExtension.SYMBOL, 60, to.minusSeconds(600), to));
        assertThat(candles).isNotEmpty();
        assertThat(this.sessionStates).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void aPayoutThatIsTooLowIsRefusedWithWhatItIsNow() {
        arm(Fault.PAYOUT_MOVED, 1, 1);
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class, (rejection) -> {
                assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW);
                assertThat(rejection.payout()).isEqualTo(86);
            });
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void anOrderThatIsRefusedForItsPayoutIsSentOnceMoreWithWhatIsPaid() {
        for (int change : List.of(1, -3)) {
            arm(Fault.PAYOUT_MOVED, 1, change);
            assertThat(PolariumSimulatorExtension.placeOrder(this.session, paying(80)).payout())
                .isEqualTo((change > 0) ? 86 : 89);
        }
        assertThat(bought()).isEqualTo(2);
        assertThat(this.polarium.simulator().isCalm()).isTrue();
    }

    @WaitingTest
    void anOrderWhosePayoutMovesTwiceIsRefused() {
        arm(Fault.PAYOUT_MOVED, 2, 1);
        assertThat(PolariumSimulatorExtension.result(this.session.place(paying(80), () -> true)))
            .isEqualTo(new PlaceOrderResult.Refused(PlaceOrderResult.RejectReason.PAYOUT_CHANGED,
                    "The option has not been purchased because of the profit rate change.", 85));
        assertThat(bought()).isZero();
        assertThat(PolariumSimulatorExtension.placeOrder(this.session, paying(80)).payout()).as("nothing is in its way")
            .isEqualTo(85);
    }

    @WaitingTest
    void anOrderIsNotSentOnceMoreByAProcessThatSpeaksForTheAccountNoLonger() {
        arm(Fault.PAYOUT_MOVED, 1, 1);
        AtomicInteger checks = new AtomicInteger();
        assertThat(
                PolariumSimulatorExtension.result(this.session.place(paying(80), () -> checks.incrementAndGet() == 1)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class,
                    (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.PAYOUT_CHANGED));
        assertThat(checks).hasValue(2);
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void anOrderThatIsSentOnceMoreWithoutAReplyIsFoundByAsking() {
        arm(Fault.PAYOUT_MOVED, 1, 1);
        arm(Fault.NO_REPLY);
        assertThat(PolariumSimulatorExtension.placeOrder(this.session, paying(80)).payout()).isEqualTo(86);
        assertThat(bought()).isEqualTo(1);
    }

    private static OptionOrder paying(int least) {
        return PolariumSimulatorExtension.createOrder(TradingMode.DEMO, Duration.ofSeconds(5), least);
    }

    @WaitingTest
    void aClosedMarketIsSaidToBeClosed() {
        this.polarium.simulator().control("/control/assets/76?suspended=true");
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOfSatisfying(PlaceOrderResult.Refused.class,
                    (rejection) -> assertThat(rejection.why()).isEqualTo(PlaceOrderResult.RejectReason.CLOSED));
    }

    @WaitingTest
    void candlesThatAStreamLeftOutAreFilledIn() {
        List<CandleUpdate> updates = new CopyOnWriteArrayList<>();
        this.session.streamCandles(PolariumSimulatorExtension.SYMBOL, 5)
            .filter(CandleUpdate::closed)
            .subscribe(updates::add);
        PolariumSimulatorExtension.await("a closed candle", () -> !updates.isEmpty());
        arm(Fault.STREAM_GAP, 1, 2);
        PolariumSimulatorExtension.await("four more", () -> updates.size() >= 5);
        follow(updates);
    }

    @WaitingTest
    void candlesOfAnInterruptionAreFilledIn() {
        List<CandleUpdate> updates = new CopyOnWriteArrayList<>();
        this.session.streamCandles(PolariumSimulatorExtension.SYMBOL, 5)
            .filter(CandleUpdate::closed)
            .subscribe(updates::add);
        PolariumSimulatorExtension.await("a closed candle", () -> !updates.isEmpty());
        int port = this.polarium.simulator().port();
        PolariumSimulatorExtension.await("the middle of a candle",
                () -> Clock.systemUTC().instant().getEpochSecond() % 5 == 2);
        Instant stopped = Clock.systemUTC().instant();
        this.polarium.simulator().stop();
        long until = System.nanoTime() + Duration.ofSeconds(11).toNanos();
        PolariumSimulatorExtension.await("eleven seconds without a broker", () -> System.nanoTime() > until);
        this.polarium.simulator().start(port);
        Instant started = Clock.systemUTC().instant();
        PolariumSimulatorExtension.await("four more", () -> updates.size() >= 5);
        follow(updates);
        List<BrokerCandle> fetchedCandles = PolariumSimulatorExtension.result(this.session
            .candles(PolariumSimulatorExtension.SYMBOL, 5, stopped.minusSeconds(5), started.minusSeconds(5)));
        assertThat(fetchedCandles).hasSizeGreaterThanOrEqualTo(2);
        assertThat(updates).extracting(CandleUpdate::candle).containsAll(fetchedCandles);
    }

    @WaitingTest
    void aRefusedTokenIsTriedAgainAndThenGivenUpForGood() {
        arm(Fault.AUTH_REFUSED, 2, 0);
        this.polarium.simulator().control("/control/drop");
        PolariumSimulatorExtension.await("the session to be back",
                () -> this.sessionStates.size() >= 3 && last() == SessionState.OPEN);
        arm(Fault.AUTH_REFUSED, 5, 0);
        this.polarium.simulator().control("/control/drop");
        PolariumSimulatorExtension.await("the session to be signed out", () -> last() == SessionState.SIGNED_OUT);
        assertThat(PolariumSimulatorExtension
            .result(this.session.place(PolariumSimulatorExtension.createOrder(), () -> true)))
            .isInstanceOf(PlaceOrderResult.NotSent.class);
    }

    @WaitingTest
    void optionsEndByTheBrokersClockHoweverWrongItIs() {
        for (long skew : List.of(600_000L, -1_200_000L)) {
            this.polarium.simulator().control("/control/clock?millis=" + skew);
            long serverMillis = this.polarium.simulator().control("/control/state").path("millis").asLong(0);
            PolariumSimulatorExtension.await("the time to be told",
                    () -> this.polarium.simulator().control("/control/state").path("millis").asLong(0) > serverMillis
                            + 1500);
            PlaceOrderResult.Placed placed = PolariumSimulatorExtension.placeOrder(this.session,
                    PolariumSimulatorExtension.createOrder(TradingMode.DEMO, Duration.ofMinutes(1),
                            PolariumSimulatorExtension.PAYOUT));
            long now = this.polarium.simulator().control("/control/state").path("millis").asLong(0);
            assertThat(placed.expiry().toEpochMilli() - now).isBetween(25_000L, 91_000L);
        }
    }

    private void arm(Fault fault) {
        arm(fault, 1, 0);
    }

    private void arm(Fault fault, int times, long number) {
        this.polarium.simulator().arm(fault, times, number);
    }

    /** Returns how many options were sold since the fault was armed. */
    private long bought() {
        return this.polarium.countSold() - 1;
    }

    private SessionState last() {
        return this.sessionStates.getLast();
    }

    /** Places an order, and asserts that exactly one option opens and ends. */
    private void endsAsOneOption() {
        OptionOrder order = PolariumSimulatorExtension.createOrder();
        PlaceOrderResult.Placed placed = PolariumSimulatorExtension.placeOrder(this.session, order);
        PolariumSimulatorExtension.await("the end of the option, having seen " + this.states,
                () -> this.states.size() >= 2);
        assertThat(placed.payout()).isEqualTo(PolariumSimulatorExtension.PAYOUT);
        assertThat(this.states).hasSize(2);
        assertThat(this.states.getFirst()).isEqualTo(new BrokerOrderState.Running(placed.brokerId()));
        assertThat(this.states.getLast()).isInstanceOfSatisfying(BrokerOrderState.Settled.class,
                (settled) -> assertThat(settled.brokerId()).isEqualTo(placed.brokerId()));
        assertThat(PolariumSimulatorExtension.result(this.session.orderState(order, null)))
            .isEqualTo(this.states.getLast());
        assertThat(bought()).isEqualTo(1);
        assertThat(this.polarium.simulator().isCalm()).as("the fault has struck").isTrue();
    }

    private static void follow(List<CandleUpdate> updates) {
        for (int index = 1; index < updates.size(); index++) {
            assertThat(updates.get(index).candle().id()).isEqualTo(updates.get(index - 1).candle().id() + 1);
        }
    }

}
