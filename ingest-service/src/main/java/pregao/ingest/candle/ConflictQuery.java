package pregao.ingest.candle;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Which conflicts are wanted.
 *
 * @param feed of this feed
 * @param state in this state
 * @param symbol of this symbol, or null for all
 * @param timeframe of this timeframe, or null for all
 * @param before with numbers below this one
 * @param limit how many at most
 */
public record ConflictQuery(String feed, State state, @Nullable String symbol, @Nullable String timeframe, long before,
        int limit) {

    /** The longest page. */
    public static final int MAX_PAGE_SIZE = 1000;

    public ConflictQuery {
        if (limit < 1 || limit > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("limit is from 1 to 1,000, not " + limit);
        }
    }

    /**
     * What became of a conflict.
     */
    public enum State {

        /** The other version stands. */
        OPEN,
        /** A person accepted it. */
        ACCEPTED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String text) {
            for (State state : values()) {
                if (state.text().equals(text)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }

    }

}
