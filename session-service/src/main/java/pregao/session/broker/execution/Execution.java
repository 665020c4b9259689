package pregao.session.broker.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.SpotOrder;

/**
 * An order, and what has become of it so far.
 *
 * @param order as it was asked for
 * @param account from which account
 * @param person whose
 * @param broker the broker's name
 * @param epoch under which epoch of the account it was to be sent
 * @param outcome what has become of it
 * @param createdAt when it came
 * @param changedAt when the outcome came
 */
record Execution(BrokerOrder order, UUID account, UUID person, String broker, long epoch, ExecutionOutcome outcome,
        Instant createdAt, Instant changedAt) {

    /** A result that nobody has told by then is asked for. */
    private static final Duration SETTLEMENT = Duration.ofSeconds(20);

    /** How an order is distinguished from others of its symbol. */
    String side() {
        return switch (this.order) {
            case OptionOrder option -> option.direction().name().toLowerCase(Locale.ROOT);
            case ProtectiveOrder _ -> "sell";
            case SpotOrder spot -> spot.side().name().toLowerCase(Locale.ROOT);
        };
    }

    /**
     * When the broker is to be asked about it.
     * @return null where it is over
     */
    @Nullable Instant dueAt() {
        return switch (this.outcome) {
            case ExecutionOutcome.Sending _, ExecutionOutcome.Unknown _ ->
                this.order.validUntil().plus(OutcomeResolver.ARRIVAL_TIMEOUT).plusMillis(1);
            case ExecutionOutcome.Placed placed -> end(placed).plus(SETTLEMENT);
            default -> null;
        };
    }

    private Instant end(ExecutionOutcome.Placed placed) {
        if (placed.expiry() != null) {
            return placed.expiry();
        }
        return (this.order instanceof OptionOrder option) ? option.decidedAt().plus(option.length()).plusSeconds(60)
                : this.createdAt;
    }

    Execution became(ExecutionOutcome next, Instant now) {
        return new Execution(this.order, this.account, this.person, this.broker, this.epoch, next.knowing(this.outcome),
                this.createdAt, now);
    }

}
