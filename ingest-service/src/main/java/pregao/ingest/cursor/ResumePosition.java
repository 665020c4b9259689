package pregao.ingest.cursor;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where a sender goes on.
 *
 * @param feed of the caller's key
 * @param symbol as asked
 * @param timeframe as asked, or {@code tick}
 * @param lastTs the newest that is stored, or null
 * @param nextTs from where on to send, or null for from the beginning
 */
record ResumePosition(@JsonProperty("feed") String feed, @JsonProperty("symbol") String symbol,
        @JsonProperty("timeframe") String timeframe, @JsonProperty("last_ts") @Nullable String lastTs,
        @JsonProperty("next_ts") @Nullable String nextTs) {
}
