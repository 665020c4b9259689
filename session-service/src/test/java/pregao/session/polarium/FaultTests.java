package pregao.session.polarium;

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

import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerCandle;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.CandleUpdate;
import pregao.session.broker.Direction;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.SessionState;
import pregao.simulator.polarium.Fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the user sees when the broker misbehaves; a test for each of its faults. No order
 * is doubled and none forgotten.
 */
class FaultTests {

    private final Simulated polarium = new Simulated();

    private BrokerSession session;

    private List<OrderState> states;

    private List<SessionState> life;

    @BeforeEach
    void open() {
        this.session = this.polarium.session();
        this.states = Simulated.watched(this.session);
        this.life = Simulated.states(this.session);
        // What is asked once a session is asked now, so that the fault meets the order.
        OptionOrder first = Simulated.order();
        Simulated.placed(this.session, new OptionOrder(first.id(), first.account(), first.symbol(), Direction.PUT,
                first.stake(), first.length(), first.payout(), first.decidedAt(), first.validUntil()));
        Simulated.await("the first option to end", () -> this.states.size() == 2);
        this.states.clear();
    }

    @AfterEach
    void close() {
        this.polarium.close();
    }

    @WaitingTest
    void anOrderLostOnTheWayIsAbsentAndNeverSentAgain() {
        arm(Fault.DROP_BEFORE_BOOKING);
        OptionOrder order = Simulated.order();
        assertThat(Simulated.result(this.session.place(order, () -> true))).isEqualTo(new Placement.Absent());
        assertThat(Clock.systemUTC().instant()).as("until then it could have arrived")
            .isAfter(order.validUntil().plusSeconds(5));
        assertThat(Simulated.result(this.session.orderState(order, null))).isEqualTo(new OrderState.Absent());
        assertThat(bought()).isZero();
        Simulated.placed(this.session, Simulated.order());
        assertThat(bought()).isEqualTo(1);
    }

    @WaitingTest
    void nothingThatCouldBeMistakenForAnUnresolvedOrderIsSent() {
        arm(Fault.DROP_BEFORE_BOOKING);
        CompletableFuture<@Nullable Placement> first = this.session.place(Simulated.order(), () -> true).toFuture();
        Simulated.await("the connection to be lost", () -> this.life.contains(SessionState.CONNECTING));
        Simulated.await("the connection to be back", () -> this.life.getLast() == SessionState.OPEN);
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true))).isInstanceOfSatisfying(
                Placement.NotSent.class, (no) -> assertThat(no.why()).isEqualTo(Placement.Why.UNRESOLVED));
        assertThat(first.join()).isEqualTo(new Placement.Absent());
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void anOrderWhoseReplyIsLostWithTheConnectionIsFoundAgain() {
        arm(Fault.DROP_BEFORE_REPLY);
        endsAsOneOption();
        assertThat(this.life).contains(SessionState.CONNECTING);
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
        assertThat(this.life).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void anOrderIsFoundHoweverShortTheBrokersPagesAre() {
        BrokerSession other = this.polarium.session();
        arm(Fault.SHORT_PAGES, 1000, 1);
        arm(Fault.NO_REPLY);
        CompletableFuture<@Nullable Placement> lost = this.session.place(Simulated.order(), () -> true).toFuture();
        Simulated.await("the order to be booked", () -> bought() == 1);
        OptionOrder next = Simulated.order();
        Simulated.placed(other, new OptionOrder(next.id(), next.account(), next.symbol(), Direction.PUT, next.stake(),
                next.length(), next.payout(), next.decidedAt(), next.validUntil()));
        assertThat(lost.join()).isInstanceOf(Placement.Placed.class);
    }

    @WaitingTest
    void anOrderThatCouldBeTwoOptionsIsLeftToTheUser() {
        BrokerSession other = this.polarium.session();
        Simulated.placed(other, Simulated.order());
        Simulated.await("the other's option to end", () -> this.states.size() == 2);
        arm(Fault.NO_REPLY);
        CompletableFuture<@Nullable Placement> lost = this.session.place(Simulated.order(), () -> true).toFuture();
        Simulated.await("the order to be booked", () -> bought() == 2);
        Simulated.placed(other, Simulated.order());
        assertThat(lost.join()).isInstanceOfSatisfying(Placement.Ambiguous.class,
                (many) -> assertThat(many.candidates()).hasSize(2));
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isInstanceOf(Placement.NotSent.class);
        Simulated.await("all three options to end", () -> this.states.size() == 6);
        assertThat(Simulated.placed(this.session, Simulated.order()).brokerId()).as("nothing is in its way any more")
            .isPositive();
    }

    @WaitingTest
    void endsThatAreNotToldLeaveNothingInTheWayOfAnOrderEither() {
        BrokerSession other = this.polarium.session();
        arm(Fault.NO_REPLY);
        CompletableFuture<@Nullable Placement> lost = this.session.place(Simulated.order(), () -> true).toFuture();
        Simulated.await("the order to be booked", () -> bought() == 1);
        Simulated.placed(other, Simulated.order());
        arm(Fault.NO_RESULT, 2, 0);
        assertThat(lost.join()).isInstanceOf(Placement.Ambiguous.class);
        Simulated.await("both options to end", () -> this.states.size() == 4);
        Simulated.placed(this.session, Simulated.order());
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
        Placement.Placed next = Simulated.placed(this.session, Simulated.order());
        Simulated.await("the next option to be told", () -> this.states.size() == 3);
        assertThat(this.states.get(2)).isEqualTo(new OrderState.Running(next.brokerId()));
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
        assertThat(this.states.getLast()).isInstanceOfSatisfying(OrderState.Settled.class, (settled) -> {
            assertThat(settled.result()).isEqualTo(OrderState.Result.EQUAL);
            assertThat(settled.profit()).isEqualByComparingTo("0");
        });
    }

    @WaitingTest
    void anEndThatDoesNotSayWhatItBroughtIsAskedFor() {
        arm(Fault.CANCELED);
        arm(Fault.NO_PROFIT);
        endsAsOneOption();
        assertThat(this.states.getLast()).isInstanceOfSatisfying(OrderState.Settled.class,
                (settled) -> assertThat(settled.profit()).isEqualByComparingTo("0"));
    }

    @WaitingTest
    void aPositionThatIsToldAfterItsEndReopensNothing() {
        arm(Fault.LATE_EVENT, 1, 6500);
        OptionOrder order = Simulated.order();
        Placement.Placed placed = Simulated.placed(this.session, order);
        Simulated.await("the end of the option", () -> !this.states.isEmpty());
        assertThat(this.states).singleElement().isInstanceOf(OrderState.Settled.class);
        Placement.Placed next = Simulated.placed(this.session, Simulated.order());
        Simulated.await("the end of the next option", () -> this.states.size() == 3);
        assertThat(this.states.get(1)).isEqualTo(new OrderState.Running(next.brokerId()));
        assertThat(Simulated.result(this.session.orderState(order, placed.brokerId())))
            .isEqualTo(this.states.getFirst());
    }

    @WaitingTest
    void aBrokerThatTellsNoTimeIsConnectedToAgain() {
        arm(Fault.NO_TIME_SYNC, 1, 70);
        Simulated.await("another connection", () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        Simulated.placed(this.session, Simulated.order());
    }

    @WaitingTest
    void anOptionTakenBackIsToldAndPaidBack() {
        arm(Fault.OPTION_REJECTED);
        OptionOrder order = Simulated.order();
        Placement.Placed placed = Simulated.placed(this.session, order);
        Simulated.await("the rejection", () -> this.states.size() == 2);
        assertThat(this.states.getLast()).isEqualTo(new OrderState.TakenBack(placed.brokerId()));
        assertThat(Simulated.result(this.session.orderState(order, null))).isEqualTo(this.states.getLast());
    }

    @WaitingTest
    void anOrderThatIsNotAcknowledgedIsRefused() {
        arm(Fault.ACK_FALSE);
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isInstanceOfSatisfying(Placement.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(Placement.Why.REJECTED);
                assertThat(no.message()).isEqualTo("the service is busy");
            });
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void aStreamThatIsNotAcknowledgedIsSubscribedToAgain() {
        arm(Fault.ACK_FALSE);
        assertThat(Simulated.result(this.session.stream(Simulated.SYMBOL, 60).next()).closed()).isFalse();
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
        Simulated.await("the fault to strike", () -> this.polarium.simulator().isCalm());
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isEqualTo(new Placement.Absent());
        assertThat(this.life).contains(SessionState.CONNECTING);
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void slowCandlesFailAloneAndInTime() {
        arm(Fault.SLOW_CANDLES, 1, 12);
        Instant to = Clock.systemUTC().instant();
        assertThatThrownBy(
                () -> this.session.candles(Simulated.SYMBOL, 60, to.minusSeconds(600), to).block(Simulated.PATIENCE))
            .isInstanceOfSatisfying(BrokerFailure.class,
                    (failure) -> assertThat(failure.kind()).isEqualTo(BrokerFailure.Kind.TIMED_OUT));
        List<BrokerCandle> candles = Simulated
            .result(this.session.candles(Simulated.SYMBOL, 60, to.minusSeconds(600), to));
        assertThat(candles).isNotEmpty();
        assertThat(this.life).containsExactly(SessionState.OPEN);
    }

    @WaitingTest
    void aPayoutThatIsTooLowIsRefusedWithWhatItIsNow() {
        arm(Fault.PAYOUT_MOVED, 1, 1);
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isInstanceOfSatisfying(Placement.Refused.class, (no) -> {
                assertThat(no.why()).isEqualTo(Placement.Why.PAYOUT_TOO_LOW);
                assertThat(no.payout()).isEqualTo(86);
            });
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void anOrderThatIsRefusedForItsPayoutIsSentOnceMoreWithWhatIsPaid() {
        for (int change : List.of(1, -3)) {
            arm(Fault.PAYOUT_MOVED, 1, change);
            assertThat(Simulated.placed(this.session, paying(80)).payout()).isEqualTo((change > 0) ? 86 : 89);
        }
        assertThat(bought()).isEqualTo(2);
        assertThat(this.polarium.simulator().isCalm()).isTrue();
    }

    @WaitingTest
    void anOrderWhosePayoutMovesTwiceIsRefused() {
        arm(Fault.PAYOUT_MOVED, 2, 1);
        assertThat(Simulated.result(this.session.place(paying(80), () -> true)))
            .isEqualTo(new Placement.Refused(Placement.Why.PAYOUT_CHANGED,
                    "The option has not been purchased because of the profit rate change.", 85));
        assertThat(bought()).isZero();
        assertThat(Simulated.placed(this.session, paying(80)).payout()).as("nothing is in its way").isEqualTo(85);
    }

    @WaitingTest
    void anOrderIsNotSentOnceMoreByAProcessThatSpeaksForTheAccountNoLonger() {
        arm(Fault.PAYOUT_MOVED, 1, 1);
        AtomicInteger asked = new AtomicInteger();
        assertThat(Simulated.result(this.session.place(paying(80), () -> asked.incrementAndGet() == 1)))
            .isInstanceOfSatisfying(Placement.Refused.class,
                    (no) -> assertThat(no.why()).isEqualTo(Placement.Why.PAYOUT_CHANGED));
        assertThat(asked).hasValue(2);
        assertThat(bought()).isZero();
    }

    @WaitingTest
    void anOrderThatIsSentOnceMoreWithoutAReplyIsFoundByAsking() {
        arm(Fault.PAYOUT_MOVED, 1, 1);
        arm(Fault.NO_REPLY);
        assertThat(Simulated.placed(this.session, paying(80)).payout()).isEqualTo(86);
        assertThat(bought()).isEqualTo(1);
    }

    private static OptionOrder paying(int least) {
        return Simulated.order(BrokerAccount.DEMO, Duration.ofSeconds(5), least);
    }

    @WaitingTest
    void aClosedMarketIsSaidToBeClosed() {
        this.polarium.simulator().control("/control/assets/76?suspended=true");
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true))).isInstanceOfSatisfying(
                Placement.Refused.class, (no) -> assertThat(no.why()).isEqualTo(Placement.Why.CLOSED));
    }

    @WaitingTest
    void candlesThatAStreamLeftOutAreFilledIn() {
        List<CandleUpdate> updates = new CopyOnWriteArrayList<>();
        this.session.stream(Simulated.SYMBOL, 5).filter(CandleUpdate::closed).subscribe(updates::add);
        Simulated.await("a closed candle", () -> !updates.isEmpty());
        arm(Fault.STREAM_GAP, 1, 2);
        Simulated.await("four more", () -> updates.size() >= 5);
        follow(updates);
    }

    @WaitingTest
    void candlesOfAnInterruptionAreFilledIn() {
        List<CandleUpdate> updates = new CopyOnWriteArrayList<>();
        this.session.stream(Simulated.SYMBOL, 5).filter(CandleUpdate::closed).subscribe(updates::add);
        Simulated.await("a closed candle", () -> !updates.isEmpty());
        int port = this.polarium.simulator().port();
        Simulated.await("the middle of a candle", () -> Clock.systemUTC().instant().getEpochSecond() % 5 == 2);
        Instant stopped = Clock.systemUTC().instant();
        this.polarium.simulator().stop();
        long until = System.nanoTime() + Duration.ofSeconds(11).toNanos();
        Simulated.await("eleven seconds without a broker", () -> System.nanoTime() > until);
        this.polarium.simulator().start(port);
        Instant started = Clock.systemUTC().instant();
        Simulated.await("four more", () -> updates.size() >= 5);
        follow(updates);
        List<BrokerCandle> asked = Simulated
            .result(this.session.candles(Simulated.SYMBOL, 5, stopped.minusSeconds(5), started.minusSeconds(5)));
        assertThat(asked).hasSizeGreaterThanOrEqualTo(2);
        assertThat(updates).extracting(CandleUpdate::candle).containsAll(asked);
    }

    @WaitingTest
    void aRefusedTokenIsTriedAgainAndThenGivenUpForGood() {
        arm(Fault.AUTH_REFUSED, 2, 0);
        this.polarium.simulator().control("/control/drop");
        Simulated.await("the session to be back", () -> this.life.size() >= 3 && last() == SessionState.OPEN);
        arm(Fault.AUTH_REFUSED, 5, 0);
        this.polarium.simulator().control("/control/drop");
        Simulated.await("the session to be signed out", () -> last() == SessionState.SIGNED_OUT);
        assertThat(Simulated.result(this.session.place(Simulated.order(), () -> true)))
            .isInstanceOf(Placement.NotSent.class);
    }

    @WaitingTest
    void optionsEndByTheBrokersClockHoweverWrongItIs() {
        for (long skew : List.of(600_000L, -1_200_000L)) {
            this.polarium.simulator().control("/control/clock?millis=" + skew);
            long told = this.polarium.simulator().control("/control/state").path("millis").asLong(0);
            Simulated.await("the time to be told",
                    () -> this.polarium.simulator().control("/control/state").path("millis").asLong(0) > told + 1500);
            Placement.Placed placed = Simulated.placed(this.session,
                    Simulated.order(BrokerAccount.DEMO, Duration.ofMinutes(1), Simulated.PAYOUT));
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

    /** How many options were sold since the fault was armed. */
    private long bought() {
        return this.polarium.sold() - 1;
    }

    private SessionState last() {
        return this.life.getLast();
    }

    /** Places an order, and sees exactly one option begin and end. */
    private void endsAsOneOption() {
        OptionOrder order = Simulated.order();
        Placement.Placed placed = Simulated.placed(this.session, order);
        Simulated.await("the end of the option, having seen " + this.states, () -> this.states.size() >= 2);
        assertThat(placed.payout()).isEqualTo(Simulated.PAYOUT);
        assertThat(this.states).hasSize(2);
        assertThat(this.states.getFirst()).isEqualTo(new OrderState.Running(placed.brokerId()));
        assertThat(this.states.getLast()).isInstanceOfSatisfying(OrderState.Settled.class,
                (settled) -> assertThat(settled.brokerId()).isEqualTo(placed.brokerId()));
        assertThat(Simulated.result(this.session.orderState(order, null))).isEqualTo(this.states.getLast());
        assertThat(bought()).isEqualTo(1);
        assertThat(this.polarium.simulator().isCalm()).as("the fault has struck").isTrue();
    }

    private static void follow(List<CandleUpdate> updates) {
        for (int at = 1; at < updates.size(); at++) {
            assertThat(updates.get(at).candle().id()).isEqualTo(updates.get(at - 1).candle().id() + 1);
        }
    }

}
