package pregao.ingest.cursor;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Position from which a sender resumes.
 *
 * @param feed the feed of the API key
 * @param symbol the canonical symbol
 * @param timeframe the timeframe, or {@code tick}
 * @param lastTs the time of the latest stored item, or null
 * @param nextTs the time from which to send, or null to send from the beginning
 */
record ResumePosition(@JsonProperty("feed") String feed, @JsonProperty("symbol") String symbol,
        @JsonProperty("timeframe") String timeframe, @JsonProperty("last_ts") @Nullable String lastTs,
        @JsonProperty("next_ts") @Nullable String nextTs) {
}
