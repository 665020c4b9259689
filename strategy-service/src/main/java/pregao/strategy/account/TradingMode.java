package pregao.strategy.account;

import java.util.Locale;
import java.util.Optional;

/**
 * The kind of money that an account trades with.
 */
public enum TradingMode {

    /** No money: the service itself fills the orders. */
    PAPER,
    /** Demo money at the broker. */
    DEMO,
    /** Real money at the broker. */
    REAL;

    /**
     * Returns the name of the mode in JSON and in the database.
     * @return the name in lower case, such as {@code paper}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a mode.
     * @param text the name in lower case
     * @return the mode, or empty if there is none of this name
     */
    public static Optional<TradingMode> of(String text) {
        for (TradingMode mode : values()) {
            if (mode.text().equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

}
