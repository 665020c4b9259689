package pregao.strategy.order;

import java.util.Locale;

/**
 * The effect of an order on positions.
 */
public enum PositionEffect {

    /** The order opens a position, which risk must allow. */
    OPEN,
    /** The order closes a position, which is always allowed. */
    CLOSE;

    /**
     * Returns the name in tables and in the API.
     * @return the name, such as {@code open}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
