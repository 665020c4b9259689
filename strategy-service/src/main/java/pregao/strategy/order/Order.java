package pregao.strategy.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;

/**
 * An order and its state.
 *
 * @param id the id; the same decision always has the same id
 * @param owner the account and the bot
 * @param instrument the instrument
 * @param side the side
 * @param purpose whether it opens or closes a position
 * @param amount the quantity, or the stake of an option; 0 if it depends on the fill
 * price
 * @param risk the amount at risk, including entries that may follow
 * @param level the index of the entry within a cycle; the first is 0
 * @param state the current state
 * @param reason the reason code of the state
 * @param message the explanation of the state
 * @param decidedAt the time of the decision, in epoch milliseconds
 * @param validUntil the time after which it must not be sent, in epoch milliseconds; null
 * on paper
 * @param price the price at the decision; null if there was none
 * @param terms the terms of an option, or the prices of a spot order; null for a market
 * order
 * @param fill the execution; null if it is not executed
 * @param told whether the bot, or the user, that placed it knows its outcome
 */
public record Order(UUID id, OrderOwner owner, Instrument instrument, Side side, PositionEffect purpose,
        BigDecimal amount, BigDecimal risk, int level, OrderState state, String reason, String message, long decidedAt,
        @Nullable Long validUntil, @Nullable BigDecimal price, @Nullable OrderTerms terms, @Nullable Fill fill,
        boolean told) {

    /**
     * How long after its end an order is reported at the latest, unless something is
     * wrong.
     */
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(60);

    /**
     * How long only the replica that decided sends a new order; then any replica does.
     */
    private static final Duration DISPATCH_TIMEOUT = Duration.ofMillis(400);

    /** How often session-service is asked about a resting order. */
    private static final Duration RESTING_CHECK_INTERVAL = Duration.ofMinutes(10);

    /**
     * Returns whether the order rests at a broker until the price reaches its stop or
     * take.
     * @return false if it is filled immediately or not at all
     */
    public boolean isResting() {
        return this.terms instanceof SpotTerms spot && spot.isResting();
    }

    /**
     * Returns whether this is the request of the owner to close a position of a bot,
     * which the bot has not taken over yet. Until then the order is not sent.
     * @return false for orders of bots and for other manual orders
     */
    public boolean isCloseRequest() {
        return this.state == OrderState.NEW && this.validUntil == null && !this.told;
    }

    /**
     * Returns this close request as the order that its bot places.
     * @param newDecidedAt the time of the decision, in epoch milliseconds
     * @param newAmount the quantity of the position
     * @param newValidUntil the time after which it must not be sent, in epoch
     * milliseconds; null on paper
     * @param newTerms the resting order to cancel first, or null
     * @return the changed order
     */
    public Order withBotDecision(long newDecidedAt, BigDecimal newAmount, @Nullable Long newValidUntil,
            @Nullable OrderTerms newTerms) {
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, newAmount, this.risk,
                this.level, this.state, this.reason, this.message, newDecidedAt, newValidUntil, this.price, newTerms,
                this.fill, this.told);
    }

    /**
     * Returns when session-service is asked for the outcome if no execution report
     * arrives.
     * @param now the current time
     * @return the time; shortly after {@code now} if session-service has not acknowledged
     * the order
     */
    public Instant dueAt(Instant now) {
        if (this.state == OrderState.NEW) {
            return now.plus(DISPATCH_TIMEOUT);
        }
        if (isResting() && this.state == OrderState.PLACED) {
            return now.plus(RESTING_CHECK_INTERVAL);
        }
        Instant end = Instant.ofEpochMilli((this.validUntil != null) ? this.validUntil : this.decidedAt)
            .plusSeconds((this.terms instanceof OptionTerms option) ? option.seconds() : 0);
        return (end.isAfter(now) ? end : now).plus(REPORT_TIMEOUT);
    }

    /**
     * Returns this order in another state.
     * @param newState the new state
     * @param newReason the reason code
     * @param newMessage the explanation
     * @return the changed order
     */
    public Order withState(OrderState newState, String newReason, String newMessage) {
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, this.amount, this.risk,
                this.level, newState, newReason, newMessage, this.decidedAt, this.validUntil, this.price, this.terms,
                this.fill, this.told);
    }

    /**
     * Returns this order with its execution.
     * @param newState filled, placed or settled
     * @param newFill the price, the quantity and the fees
     * @return the changed order
     */
    public Order withFill(OrderState newState, Fill newFill) {
        BigDecimal filled = (newFill.amount() != null) ? newFill.amount() : this.amount;
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, filled, this.risk, this.level,
                newState, this.reason, this.message, this.decidedAt, this.validUntil, this.price, this.terms, newFill,
                this.told);
    }

    /**
     * Returns this order with a new value of {@code told}.
     * @param delivered whether its bot knows the outcome
     * @return the changed order
     */
    public Order withDelivered(boolean delivered) {
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, this.amount, this.risk,
                this.level, this.state, this.reason, this.message, this.decidedAt, this.validUntil, this.price,
                this.terms, this.fill, delivered);
    }

}
