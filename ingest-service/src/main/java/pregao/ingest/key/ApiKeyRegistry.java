package pregao.ingest.key;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.contracts.key.ApiKey;

/**
 * The API keys of the topic {@code key}, by the hash of what callers send, which is kept
 * nowhere.
 */
@Component
public class ApiKeyRegistry {

    private static final int MAX_KEY_LENGTH = 512;

    /** As many as there are keys; those that are gone are removed. */
    private final Map<String, ApiKey> keysByHash = new ConcurrentHashMap<>();

    private volatile boolean loaded;

    /**
     * Whether every key, and every feed's settings, are known.
     * @return false as long as a request might be judged without them
     */
    boolean isLoaded() {
        return this.loaded;
    }

    /**
     * Remembers that what is not known is not there.
     */
    public void markLoaded() {
        this.loaded = true;
    }

    /**
     * Takes a record of the topic.
     * @param hash the record's key
     * @param key its value, or null where the key is gone
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
     * Finds a key.
     * @param credential as the caller sent it
     * @return the key, revoked or not, or null where there is none
     */
    public @Nullable ApiKey find(String credential) {
        if (credential.isEmpty() || credential.length() > MAX_KEY_LENGTH) {
            return null;
        }
        return this.keysByHash.get(ApiKey.hash(credential));
    }

}
