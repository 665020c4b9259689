package pregao.session.execution;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.order.OrderStatus;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.Direction;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.ProtectiveOrder;

import static org.assertj.core.api.Assertions.assertThat;

class JudgementTests {

    private static final Instant DECIDED = Instant.parse("2026-11-21T10:00:00Z");

    private static final OptionOrder ORDER = new OptionOrder(UUID.randomUUID(), BrokerAccount.DEMO, "EURUSD-OTC",
            Direction.CALL, BigDecimal.TEN, Duration.ofMinutes(1), 87, DECIDED, DECIDED.plusSeconds(3));

    private static final Instant EARLY = DECIDED.plusSeconds(8);

    private static final Instant LATE = EARLY.plusMillis(1);

    private static final OrderState.Settled SETTLED = new OrderState.Settled(7, OrderState.Result.WIN, BigDecimal.ONE);

    @Test
    void whatTheBrokerHasIsPlaced() {
        assertThat(judgement(EARLY).of(new OrderState.Running(7))).contains(new Outcome.Placed(7, null, null, null));
        assertThat(judgement(EARLY).of(SETTLED))
            .contains(new Outcome.Settled(7, OrderState.Result.WIN, BigDecimal.ONE, null, null));
        assertThat(judgement(EARLY).of(new OrderState.TakenBack(7))).contains(new Outcome.TakenBack(7));
    }

    @Test
    void nothingIsAbsentBeforeItCannotArriveAnyMore() {
        assertThat(judgement(EARLY).of(new OrderState.Absent())).isEmpty();
        assertThat(judgement(LATE).of(new OrderState.Absent())).contains(new Outcome.Absent());
        assertThat(judgement(LATE).of(new OrderState.Unknown())).isEmpty();
    }

    @Test
    void whatIsAnotherOrdersIsNotTakenForThisOne() {
        assertThat(judgement(EARLY, 7L).of(new OrderState.Running(7))).isEmpty();
        assertThat(judgement(LATE, 7L).of(new OrderState.Running(7))).contains(new Outcome.Absent());
        assertThat(judgement(LATE, 7L).of(SETTLED)).contains(new Outcome.Absent());
    }

    @Test
    void spotIsFoundByItsNameWhateverNumbersOtherSymbolsHave() {
        ProtectiveOrder resting = new ProtectiveOrder(UUID.randomUUID(), BrokerAccount.DEMO, "BTCUSDT", BigDecimal.ONE,
                BigDecimal.TEN, BigDecimal.ONE, null, DECIDED, DECIDED.plusSeconds(3));
        assertThat(new Judgement(resting, null, Set.of(7L), LATE).of(new OrderState.Running(7)))
            .contains(new Outcome.Placed(7, null, null, null));
    }

    @Test
    void amongSeveralTheOneThatIsNobodysIsThisOne() {
        OrderState many = new OrderState.Ambiguous(List.of(7L, 8L, 9L));
        assertThat(judgement(EARLY).of(many)).contains(new Outcome.Ambiguous(List.of(7L, 8L, 9L)));
        assertThat(judgement(EARLY, 7L, 9L).of(many)).contains(new Outcome.Placed(8, null, null, null));
        assertThat(judgement(LATE, 7L, 8L, 9L).of(many)).contains(new Outcome.Absent());
    }

    @Test
    void onceItsNumberIsKnownOnlyThatCounts() {
        Judgement known = new Judgement(ORDER, 7L, Set.of(), LATE);
        assertThat(known.of(SETTLED)).isPresent();
        assertThat(known.of(new OrderState.Settled(8, OrderState.Result.LOSS, BigDecimal.ONE))).isEmpty();
        assertThat(known.of(new OrderState.Ambiguous(List.of(7L, 8L)))).isEmpty();
    }

    @Test
    void whatTheBrokerHadAndDoesNotKnowAnyMoreIsForgottenAndNotOver() {
        Judgement known = new Judgement(ORDER, 7L, Set.of(), LATE);
        Outcome forgotten = new Outcome.Forgotten(7);
        assertThat(known.of(new OrderState.Absent())).contains(forgotten);
        assertThat(known.of(new OrderState.Unknown())).as("no answer says nothing").isEmpty();
        assertThat(new Judgement(ORDER, 7L, Set.of(), EARLY).of(new OrderState.Absent())).as("too early").isEmpty();
        assertThat(forgotten.status()).isEqualTo(OrderStatus.UNKNOWN);
        assertThat(forgotten.after()).contains("placed");
        assertThat(forgotten.isUnresolved()).as("nothing waits for it").isFalse();
    }

    @Test
    void whatIsNowhereWasTakenBackButNotBeforeItsEndIsLongOver() {
        OrderState.Vanished gone = new OrderState.Vanished(7);
        Instant end = ORDER.validUntil().plusSeconds(60).plus(Judgement.VANISHED);
        assertThat(new Judgement(ORDER, 7L, Set.of(), end).of(gone)).isEmpty();
        assertThat(new Judgement(ORDER, 7L, Set.of(), end.plusMillis(1)).of(gone)).contains(new Outcome.TakenBack(7));
        assertThat(new Judgement(ORDER, 8L, Set.of(), end.plusMillis(1)).of(gone)).as("another's").isEmpty();
    }

    private static Judgement judgement(Instant now, Long... others) {
        return new Judgement(ORDER, null, Set.of(others), now);
    }

}
