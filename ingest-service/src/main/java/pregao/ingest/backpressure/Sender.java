package pregao.ingest.backpressure;

import org.jspecify.annotations.Nullable;

/**
 * Whose share of the room a request takes.
 *
 * @param key the hash of the API key
 * @param address the address of the client, or null where it cannot be told
 */
public record Sender(String key, @Nullable String address) {
}
