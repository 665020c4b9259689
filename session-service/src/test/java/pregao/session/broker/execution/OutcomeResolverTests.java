package pregao.session.broker.execution;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.order.OrderStatus;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Direction;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.TradingMode;

import static org.assertj.core.api.Assertions.assertThat;

class OutcomeResolverTests {

    private static final Instant DECIDED = Instant.parse("2026-11-21T10:00:00Z");

    private static final OptionOrder ORDER = new OptionOrder(UUID.randomUUID(), TradingMode.DEMO, "EURUSD-OTC",
            Direction.CALL, BigDecimal.TEN, Duration.ofMinutes(1), 87, DECIDED, DECIDED.plusSeconds(3));

    private static final Instant EARLY = DECIDED.plusSeconds(8);

    private static final Instant LATE = EARLY.plusMillis(1);

    private static final BrokerOrderState.Settled SETTLED = new BrokerOrderState.Settled(7, BrokerOrderState.Result.WIN,
            BigDecimal.ONE);

    @Test
    void whatTheBrokerHasIsPlaced() {
        assertThat(judgement(EARLY).of(new BrokerOrderState.Running(7)))
            .contains(new ExecutionOutcome.Placed(7, null, null, null));
        assertThat(judgement(EARLY).of(SETTLED))
            .contains(new ExecutionOutcome.Settled(7, BrokerOrderState.Result.WIN, BigDecimal.ONE, null, null));
        assertThat(judgement(EARLY).of(new BrokerOrderState.Refunded(7))).contains(new ExecutionOutcome.Refunded(7));
    }

    @Test
    void nothingIsAbsentBeforeItCannotArriveAnyMore() {
        assertThat(judgement(EARLY).of(new BrokerOrderState.Absent())).isEmpty();
        assertThat(judgement(LATE).of(new BrokerOrderState.Absent())).contains(new ExecutionOutcome.Absent());
        assertThat(judgement(LATE).of(new BrokerOrderState.Unknown())).isEmpty();
    }

    @Test
    void whatIsAnotherOrdersIsNotTakenForThisOne() {
        assertThat(judgement(EARLY, 7L).of(new BrokerOrderState.Running(7))).isEmpty();
        assertThat(judgement(LATE, 7L).of(new BrokerOrderState.Running(7))).contains(new ExecutionOutcome.Absent());
        assertThat(judgement(LATE, 7L).of(SETTLED)).contains(new ExecutionOutcome.Absent());
    }

    @Test
    void spotIsFoundByItsNameWhateverNumbersOtherSymbolsHave() {
        ProtectiveOrder resting = new ProtectiveOrder(UUID.randomUUID(), TradingMode.DEMO, "BTCUSDT", BigDecimal.ONE,
                BigDecimal.TEN, BigDecimal.ONE, null, DECIDED, DECIDED.plusSeconds(3));
        assertThat(new OutcomeResolver(resting, null, Set.of(7L), LATE).of(new BrokerOrderState.Running(7)))
            .contains(new ExecutionOutcome.Placed(7, null, null, null));
    }

    @Test
    void amongSeveralTheOneThatIsNobodysIsThisOne() {
        BrokerOrderState many = new BrokerOrderState.Ambiguous(List.of(7L, 8L, 9L));
        assertThat(judgement(EARLY).of(many)).contains(new ExecutionOutcome.Ambiguous(List.of(7L, 8L, 9L)));
        assertThat(judgement(EARLY, 7L, 9L).of(many)).contains(new ExecutionOutcome.Placed(8, null, null, null));
        assertThat(judgement(LATE, 7L, 8L, 9L).of(many)).contains(new ExecutionOutcome.Absent());
    }

    @Test
    void onceItsNumberIsKnownOnlyThatCounts() {
        OutcomeResolver outcomeResolver = new OutcomeResolver(ORDER, 7L, Set.of(), LATE);
        assertThat(outcomeResolver.of(SETTLED)).isPresent();
        assertThat(outcomeResolver.of(new BrokerOrderState.Settled(8, BrokerOrderState.Result.LOSS, BigDecimal.ONE)))
            .isEmpty();
        assertThat(outcomeResolver.of(new BrokerOrderState.Ambiguous(List.of(7L, 8L)))).isEmpty();
    }

    @Test
    void whatTheBrokerHadAndDoesNotKnowAnyMoreIsForgottenAndNotOver() {
        OutcomeResolver outcomeResolver = new OutcomeResolver(ORDER, 7L, Set.of(), LATE);
        ExecutionOutcome forgotten = new ExecutionOutcome.Forgotten(7);
        assertThat(outcomeResolver.of(new BrokerOrderState.Absent())).contains(forgotten);
        assertThat(outcomeResolver.of(new BrokerOrderState.Unknown())).as("no answer says nothing").isEmpty();
        assertThat(new OutcomeResolver(ORDER, 7L, Set.of(), EARLY).of(new BrokerOrderState.Absent())).as("too early")
            .isEmpty();
        assertThat(forgotten.status()).isEqualTo(OrderStatus.UNKNOWN);
        assertThat(forgotten.after()).contains("placed");
        assertThat(forgotten.isUnresolved()).as("nothing waits for it").isFalse();
    }

    @Test
    void whatIsNowhereWasTakenBackButNotBeforeItsEndIsLongOver() {
        BrokerOrderState.NotFound gone = new BrokerOrderState.NotFound(7);
        Instant end = ORDER.validUntil().plusSeconds(60).plus(OutcomeResolver.VANISHED);
        assertThat(new OutcomeResolver(ORDER, 7L, Set.of(), end).of(gone)).isEmpty();
        assertThat(new OutcomeResolver(ORDER, 7L, Set.of(), end.plusMillis(1)).of(gone))
            .contains(new ExecutionOutcome.Refunded(7));
        assertThat(new OutcomeResolver(ORDER, 8L, Set.of(), end.plusMillis(1)).of(gone)).as("another's").isEmpty();
    }

    private static OutcomeResolver judgement(Instant now, Long... others) {
        return new OutcomeResolver(ORDER, null, Set.of(others), now);
    }

}
