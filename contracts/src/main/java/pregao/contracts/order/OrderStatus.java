package pregao.contracts.order;

import java.util.Locale;

/**
 * The life of an order. This is the one place that says which state may follow which.
 */
public enum OrderStatus {

    /** Stored with its decision. */
    NEW,
    /** Written, or about to be, to the broker. */
    SENT,
    /** A resting order, or a running option. */
    WORKING,
    /** A part is executed. */
    PARTIALLY_FILLED,
    /** Its cancel is requested. */
    PENDING_CANCEL,
    /** The outcome is unknown, or there are several candidates at the broker. */
    UNKNOWN,
    /** Executed. */
    FILLED,
    /** An option that has ended. */
    SETTLED,
    /** Cancelled, perhaps partly executed. */
    CANCELLED,
    /** The broker gave the stake back. */
    REFUNDED,
    /** Risk, session-service, or the broker did not want it. */
    REJECTED,
    /** Its validity was over before it was sent, or the rest of an IOC order. */
    EXPIRED,
    /** Never acknowledged, and the broker provably does not have it. */
    NOT_FOUND;

    /**
     * Whether nothing can follow.
     * @return true where the order is over
     */
    public boolean isTerminal() {
        return switch (this) {
            case NEW, SENT, WORKING, PARTIALLY_FILLED, PENDING_CANCEL, UNKNOWN -> false;
            case FILLED, SETTLED, CANCELLED, REFUNDED, REJECTED, EXPIRED, NOT_FOUND -> true;
        };
    }

    /**
     * Whether the broker has said that it has the order.
     * @return true where it cannot be {@link #NOT_FOUND} any more
     */
    public boolean isAcknowledged() {
        return this == WORKING || this == PARTIALLY_FILLED || this == PENDING_CANCEL;
    }

    /**
     * Whether an order of this state may go to another one.
     * @param next the other
     * @return false also where nothing would change, except that what is unknown may be
     * so in another way
     */
    public boolean canBecome(OrderStatus next) {
        if (isTerminal() || next == NEW || (next == NOT_FOUND && isAcknowledged())) {
            return false;
        }
        return next == UNKNOWN || next.isTerminal() || switch (this) {
            case NEW -> next == SENT || next == WORKING;
            case SENT -> next == WORKING || next == PARTIALLY_FILLED;
            case WORKING -> next == PARTIALLY_FILLED || next == PENDING_CANCEL;
            case PARTIALLY_FILLED -> next == PENDING_CANCEL;
            case PENDING_CANCEL -> next == PARTIALLY_FILLED;
            case UNKNOWN -> true;
            case FILLED, SETTLED, CANCELLED, REFUNDED, REJECTED, EXPIRED, NOT_FOUND -> false;
        };
    }

    /**
     * The form in events.
     * @return such as {@code partially_filled}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the form in events.
     * @param text such as {@code partially_filled}
     * @return the state
     * @throws IllegalArgumentException where it is none
     */
    public static OrderStatus of(String text) {
        for (OrderStatus status : values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException("'%s' is no state of an order".formatted(text));
    }

}
