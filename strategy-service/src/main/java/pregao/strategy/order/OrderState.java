package pregao.strategy.order;

import java.util.Locale;

/**
 * What became of an order so far.
 */
public enum OrderState {

    /** Wanted, and written down. */
    NEW(true),
    /** The broker has it, or nobody knows whether it has. */
    SENT(true),
    /** An option runs. */
    PLACED(true),
    /** It is done. */
    FILLED(false),
    /** An option is over. */
    SETTLED(false),
    /** Risk did not allow it; nothing was sent. */
    REFUSED(false),
    /** The broker did not want it. */
    REJECTED(false),
    /** Nothing was sent, and nothing will be. */
    NOT_SENT(false),
    /** The broker, asked when it was safe to ask, does not have it. */
    ABSENT(false),
    /** More than one thing at the broker could be it: a human must look. */
    AMBIGUOUS(false),
    /** The broker took it and gave it back. */
    TAKEN_BACK(false),
    /** Called off before anything was done. */
    CANCELLED(false);

    private final boolean open;

    OrderState(boolean open) {
        this.open = open;
    }

    /**
     * Whether more may become of it.
     * @return true until it is over
     */
    public boolean isOpen() {
        return this.open;
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
