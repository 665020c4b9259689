package pregao.ingest.candle;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Query for a page of quarantined items.
 *
 * @param feed the feed
 * @param state the state of the items
 * @param symbol the symbol, or null for all symbols
 * @param timeframe the timeframe, or null for all timeframes
 * @param before the exclusive upper bound of the IDs
 * @param limit the maximum number of items
 */
public record QuarantineQuery(String feed, State state, @Nullable String symbol, @Nullable String timeframe,
        long before, int limit) {

    /** The maximum size of a page. */
    public static final int MAX_PAGE_SIZE = 1000;

    public QuarantineQuery {
        if (limit < 1 || limit > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("limit is from 1 to 1,000, not " + limit);
        }
    }

    /**
     * State of an item in quarantine.
     */
    public enum State {

        /** Waits for a decision of a user. */
        HELD,
        /** Released from quarantine. */
        RELEASED;

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
