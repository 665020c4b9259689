package pregao.strategy.order;

import java.util.Locale;

import pregao.contracts.order.OrderStatus;

/**
 * What became of an order so far: the public names of states of {@link OrderStatus}.
 */
public enum OrderState {

    /** Wanted, and written down. */
    NEW(OrderStatus.NEW),
    /** The broker has it, or nobody knows whether it has. */
    SENT(OrderStatus.SENT),
    /** An option runs, or an order lies at the broker until the price comes to it. */
    PLACED(OrderStatus.WORKING),
    /** It is done. */
    FILLED(OrderStatus.FILLED),
    /** An option is over. */
    SETTLED(OrderStatus.SETTLED),
    /** Risk did not allow it; nothing was sent. */
    REFUSED(OrderStatus.REJECTED),
    /** The broker did not want it. */
    REJECTED(OrderStatus.REJECTED),
    /** Nothing was sent, and nothing will be. */
    NOT_SENT(OrderStatus.REJECTED),
    /** The broker, asked when it was safe to ask, does not have it. */
    ABSENT(OrderStatus.NOT_FOUND),
    /** More than one thing at the broker could be it: a human must look. */
    AMBIGUOUS(OrderStatus.UNKNOWN),
    /** The broker took it and gave it back. */
    TAKEN_BACK(OrderStatus.REFUNDED),
    /** Called off before anything was done. */
    CANCELLED(OrderStatus.CANCELLED);

    private final OrderStatus status;

    OrderState(OrderStatus status) {
        this.status = status;
    }

    /**
     * Whether more may become of it by itself.
     * @return true until it is over, or a human must look
     */
    public boolean isOpen() {
        return !this.status.isTerminal() && this != AMBIGUOUS;
    }

    /**
     * Whether what a broker's session says may come next.
     * @param newState as it says
     * @return false where more is known already, or the same
     */
    public boolean canBecome(OrderState newState) {
        return isOpen() && this.status.canBecome(newState.status);
    }

    /**
     * The form in tables and answers.
     * @return such as {@code not_sent}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OrderState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

}
