package pregao.strategy.account;

import java.util.Locale;
import java.util.Optional;

/**
 * Which money is moved.
 */
public enum TradingMode {

    /** None: orders are filled here. */
    PAPER,
    /** The broker's play money. */
    DEMO,
    /** The user's. */
    REAL;

    /**
     * The form in tables and answers.
     * @return such as {@code paper}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The money of a text.
     * @param text as sent
     * @return empty where there is none
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
