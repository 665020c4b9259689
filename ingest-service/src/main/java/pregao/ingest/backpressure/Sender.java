package pregao.ingest.backpressure;

import org.jspecify.annotations.Nullable;

/**
 * Sender of a request, to whose share of the capacity it counts.
 *
 * @param key the hash of the API key
 * @param address the address of the client, or null if it is unknown
 */
public record Sender(String key, @Nullable String address) {
}
