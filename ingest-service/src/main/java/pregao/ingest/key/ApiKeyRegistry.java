package pregao.ingest.key;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.key.ApiKey;

/**
 * In-memory registry of the API keys of the topic {@code key}, by hash. The keys
 * themselves are not stored anywhere.
 */
@Component
public class ApiKeyRegistry {

    private static final int MAX_KEY_LENGTH = 512;

    /** Bounded by the number of keys; tombstones remove entries. */
    private final Map<String, ApiKey> keysByHash = new ConcurrentHashMap<>();

    private volatile boolean loaded;

    /**
     * Returns whether all API keys and the settings of all feeds are loaded.
     * @return false if a request might be checked against incomplete data
     */
    boolean isLoaded() {
        return this.loaded;
    }

    /**
     * Records that the topics are loaded, so that an unknown key does not exist.
     */
    public void markLoaded() {
        this.loaded = true;
    }

    /**
     * Applies a record of the topic.
     * @param hash the key of the record
     * @param key the value of the record, or null for a tombstone
     */
    public void put(String hash, @Nullable ApiKey key) {
        if (key == null) {
            this.keysByHash.remove(hash);
        }
        else {
            this.keysByHash.put(hash, key);
        }
    }

    /**
     * Finds an API key.
     * @param credential the key as the caller sent it
     * @return the key, revoked or not, or null if it is unknown
     */
    public @Nullable ApiKey find(String credential) {
        if (credential.isEmpty() || credential.length() > MAX_KEY_LENGTH) {
            return null;
        }
        return this.keysByHash.get(ApiKey.hash(credential));
    }

}
