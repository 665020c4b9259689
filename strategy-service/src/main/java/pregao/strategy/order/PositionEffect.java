package pregao.strategy.order;

import java.util.Locale;

/**
 * What an order is for.
 */
public enum PositionEffect {

    /** Begins something, which risk must allow. */
    OPEN,
    /** Ends it, which is always allowed. */
    CLOSE;

    /**
     * The form in tables and answers.
     * @return such as {@code open}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
