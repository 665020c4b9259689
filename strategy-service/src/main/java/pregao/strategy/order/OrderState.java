package pregao.strategy.order;

import java.util.Locale;

import pregao.contracts.order.OrderStatus;

/**
 * The state of an order: the public names of the states of {@link OrderStatus}.
 */
public enum OrderState {

    /** The order is stored, and not sent yet. */
    NEW(OrderStatus.NEW),
    /** The broker has the order, or may have it. */
    SENT(OrderStatus.SENT),
    /** An option is running, or an order rests at the broker. */
    PLACED(OrderStatus.WORKING),
    /** The order is filled. */
    FILLED(OrderStatus.FILLED),
    /** An option is settled. */
    SETTLED(OrderStatus.SETTLED),
    /** Risk rejected the order; it was not sent. */
    REFUSED(OrderStatus.REJECTED),
    /** The broker rejected the order. */
    REJECTED(OrderStatus.REJECTED),
    /** The order was not sent, and never will be. */
    NOT_SENT(OrderStatus.REJECTED),
    /** The broker does not know the order. It was asked when the answer was final. */
    ABSENT(OrderStatus.NOT_FOUND),
    /** Several orders at the broker could be this one; the owner must resolve it. */
    AMBIGUOUS(OrderStatus.UNKNOWN),
    /** The broker accepted the order and refunded it. */
    TAKEN_BACK(OrderStatus.REFUNDED),
    /** The order was cancelled before anything was filled. */
    CANCELLED(OrderStatus.CANCELLED);

    private final OrderStatus status;

    OrderState(OrderStatus status) {
        this.status = status;
    }

    /**
     * Returns whether the state can change without the owner.
     * @return false if the state is terminal, or the owner must resolve the order
     */
    public boolean isOpen() {
        return !this.status.isTerminal() && this != AMBIGUOUS;
    }

    /**
     * Returns whether a state that session-service reports may follow this one.
     * @param newState the reported state
     * @return false if this state is the same or a later one
     */
    public boolean canBecome(OrderState newState) {
        return isOpen() && this.status.canBecome(newState.status);
    }

    /**
     * Returns the name in tables and in the API.
     * @return the name, such as {@code not_sent}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OrderState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

}
