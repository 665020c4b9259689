package pregao.session.broker.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.OptionOrder;

/**
 * From what a broker says of an order, asked about it, to what became of it. What belongs
 * to another order of the account is never taken for this one.
 *
 * @param order which
 * @param number the broker's number of it, where that is known already
 * @param others the broker's numbers of the account's other orders
 * @param now this moment
 */
record OutcomeResolver(BrokerOrder order, @Nullable Long number, Set<Long> others, Instant now) {

    /** So long after its validity an order may still arrive. */
    static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(5);

    /** So long after its end an option that is nowhere is believed to be. */
    static final Duration VANISHED = Duration.ofMinutes(2);

    OutcomeResolver {
        others = Set.copyOf(others);
    }

    /**
     * Judges.
     * @param state as the broker said
     * @return empty where nobody can know yet
     */
    Optional<ExecutionOutcome> of(BrokerOrderState state) {
        return switch (state) {
            case BrokerOrderState.Running running -> unlessAnothers(running.brokerId(), placed(running.brokerId()));
            case BrokerOrderState.Settled settled -> unlessAnothers(settled.brokerId(),
                    new ExecutionOutcome.Settled(settled.brokerId(), settled.result(), settled.profit(), null, null));
            case BrokerOrderState.Refunded back ->
                unlessAnothers(back.brokerId(), new ExecutionOutcome.Refunded(back.brokerId()));
            case BrokerOrderState.NotFound gone -> vanished(gone.brokerId());
            case BrokerOrderState.Filled filled -> Optional.of(ExecutionOutcome.of(filled.fill()));
            case BrokerOrderState.Ambiguous many -> among(many.candidates());
            case BrokerOrderState.Absent _ -> (this.number != null) ? forgotten(this.number) : absent();
            case BrokerOrderState.Unknown _ -> Optional.empty();
        };
    }

    private Optional<ExecutionOutcome> unlessAnothers(long number, ExecutionOutcome outcome) {
        if (this.number != null) {
            return this.number.equals(number) ? Optional.of(outcome) : Optional.empty();
        }
        // Spot is found by our name, and the numbers of other symbols are not compared.
        if (!(this.order instanceof OptionOrder)) {
            return Optional.of(outcome);
        }
        return this.others.contains(number) ? absent() : Optional.of(outcome);
    }

    private Optional<ExecutionOutcome> among(List<Long> candidates) {
        if (this.number != null) {
            return Optional.empty(); // that it is there is known; its end is told under
                                     // its number
        }
        List<Long> left = new ArrayList<>(candidates);
        left.removeAll(this.others);
        return switch (left.size()) {
            case 0 -> absent();
            case 1 -> Optional.of(placed(left.getFirst()));
            default -> Optional.of(new ExecutionOutcome.Ambiguous(left));
        };
    }

    /**
     * What a broker takes back it may keep nowhere, and tells only whoever listens then.
     */
    private Optional<ExecutionOutcome> vanished(long number) {
        boolean over = this.order instanceof OptionOrder option
                && this.now.isAfter(option.validUntil().plus(option.length()).plus(VANISHED));
        return over ? unlessAnothers(number, new ExecutionOutcome.Refunded(number)) : Optional.empty();
    }

    private Optional<ExecutionOutcome> absent() {
        return (this.number == null && isOver()) ? Optional.of(new ExecutionOutcome.Absent()) : Optional.empty();
    }

    /** A broker may begin anew, as its test network does each month. */
    private Optional<ExecutionOutcome> forgotten(long known) {
        return isOver() ? Optional.of(new ExecutionOutcome.Forgotten(known)) : Optional.empty();
    }

    private boolean isOver() {
        return this.now.isAfter(this.order.validUntil().plus(ARRIVAL_TIMEOUT));
    }

    private static ExecutionOutcome placed(long number) {
        return new ExecutionOutcome.Placed(number, null, null, null);
    }

}
