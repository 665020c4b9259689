package pregao.strategy.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a kill switch goes.
 */
public enum KillLevel {

    /** Nothing is opened. */
    BLOCK,
    /** Also, an order to open that no broker has is not sent any more. */
    CANCEL,
    /** Also, bots stop and close what they hold, and what is held by hand is sold. */
    FLATTEN;

    /**
     * Reads a level.
     * @param text in any case
     * @return empty where it is none
     */
    public static Optional<KillLevel> of(String text) {
        return Arrays.stream(values())
            .filter((level) -> level.text().equals(text.toLowerCase(Locale.ROOT)))
            .findFirst();
    }

    /**
     * The level as it is written.
     * @return in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
