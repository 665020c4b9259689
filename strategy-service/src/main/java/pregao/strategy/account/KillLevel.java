package pregao.strategy.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The effect of a kill switch. Each level includes the levels before it.
 */
public enum KillLevel {

    /** No positions are opened. */
    BLOCK,
    /** Opening orders that no broker has received yet are no longer sent. */
    CANCEL,
    /** Bots stop and close their positions, and manual positions are sold. */
    FLATTEN;

    /**
     * Parses a level.
     * @param text the name of the level, case-insensitive
     * @return the level, or empty if there is none of this name
     */
    public static Optional<KillLevel> of(String text) {
        return Arrays.stream(values())
            .filter((level) -> level.text().equals(text.toLowerCase(Locale.ROOT)))
            .findFirst();
    }

    /**
     * Returns the name of the level in JSON and in the database.
     * @return the name in lower case
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
