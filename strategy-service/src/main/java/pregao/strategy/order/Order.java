package pregao.strategy.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;

/**
 * An order, and what has become of it.
 *
 * @param id which; the same decision always has the same
 * @param owner on whose account
 * @param instrument of what
 * @param side which way
 * @param purpose what it is for
 * @param amount the quantity, or the stake of an option; 0 where the price decides it
 * @param risk what is put at risk by it, entries that may follow included
 * @param level which entry of a cycle, the first is 0
 * @param state what became of it so far
 * @param reason why, in a word
 * @param message why, in words
 * @param decidedAt when it was decided, epoch milliseconds
 * @param validUntil after this it must not be sent, epoch milliseconds; null on paper
 * @param price when it was decided; null where there was none
 * @param terms of an option, or the limit of spot; null for the price of the market
 * @param fill how it was done; null where it was not
 * @param told whether who wanted it knows how it ended
 */
public record Order(UUID id, OrderOwner owner, Instrument instrument, Side side, PositionEffect purpose,
        BigDecimal amount, BigDecimal risk, int level, OrderState state, String reason, String message, long decidedAt,
        @Nullable Long validUntil, @Nullable BigDecimal price, @Nullable OrderTerms terms, @Nullable Fill fill,
        boolean told) {

    /** So long after its end an order is reported, or something is wrong. */
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(60);

    /** So often an order that lies at a broker is asked about. */
    private static final Duration RESTING_CHECK_INTERVAL = Duration.ofMinutes(10);

    /**
     * Whether it lies at a broker until the price comes to it.
     * @return false where it is filled at once or not at all
     */
    public boolean isResting() {
        return this.terms instanceof SpotTerms spot && spot.isResting();
    }

    /**
     * Whether the owner of a bot wants what it holds to be closed, and the bot has not
     * taken that up yet. Until then it is not sent.
     * @return false for all orders that bots make, and those by hand
     */
    public boolean isCloseRequest() {
        return this.state == OrderState.NEW && this.validUntil == null && !this.told;
    }

    /**
     * The same order as its bot makes it.
     * @param newDecidedAt when, epoch milliseconds
     * @param newAmount of what it holds
     * @param newValidUntil after this it must not be sent; null on paper
     * @param newTerms the order that ends first, or null
     * @return changed
     */
    public Order withBotDecision(long newDecidedAt, BigDecimal newAmount, @Nullable Long newValidUntil,
            @Nullable OrderTerms newTerms) {
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, newAmount, this.risk,
                this.level, this.state, this.reason, this.message, newDecidedAt, newValidUntil, this.price, newTerms,
                this.fill, this.told);
    }

    /**
     * When the outcome is asked for at last, because no report of it has come.
     * @param now this moment
     * @return at once for what is not acknowledged as sent
     */
    public Instant dueAt(Instant now) {
        if (this.state == OrderState.NEW) {
            return now;
        }
        if (isResting() && this.state == OrderState.PLACED) {
            return now.plus(RESTING_CHECK_INTERVAL);
        }
        Instant end = Instant.ofEpochMilli((this.validUntil != null) ? this.validUntil : this.decidedAt)
            .plusSeconds((this.terms instanceof OptionTerms option) ? option.seconds() : 0);
        return (end.isAfter(now) ? end : now).plus(REPORT_TIMEOUT);
    }

    /**
     * The same order with something new.
     * @param newState what became of it
     * @param newReason in a word
     * @param newMessage in words
     * @return changed
     */
    public Order withState(OrderState newState, String newReason, String newMessage) {
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, this.amount, this.risk,
                this.level, newState, newReason, newMessage, this.decidedAt, this.validUntil, this.price, this.terms,
                this.fill, this.told);
    }

    /**
     * The same order, done.
     * @param newState filled, placed or settled
     * @param newFill price, amount and costs
     * @return changed
     */
    public Order withFill(OrderState newState, Fill newFill) {
        BigDecimal filled = (newFill.amount() != null) ? newFill.amount() : this.amount;
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, filled, this.risk, this.level,
                newState, this.reason, this.message, this.decidedAt, this.validUntil, this.price, this.terms, newFill,
                this.told);
    }

    /**
     * The same order, about whose end its bot knows or does not know.
     * @param delivered whether it does
     * @return changed
     */
    public Order withDelivered(boolean delivered) {
        return new Order(this.id, this.owner, this.instrument, this.side, this.purpose, this.amount, this.risk,
                this.level, this.state, this.reason, this.message, this.decidedAt, this.validUntil, this.price,
                this.terms, this.fill, delivered);
    }

}
