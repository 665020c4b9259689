package pregao.gateway.key;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import pregao.contracts.key.ApiKey;

/**
 * Registry of API keys by hash. One thread writes to it, many read from it.
 */
public final class ApiKeyRegistry {

    private final ConcurrentMap<String, ApiKey> byHash = new ConcurrentHashMap<>();

    private volatile boolean complete;

    /**
     * Finds a key.
     * @param credential the key as sent
     * @return empty if the key is unknown or revoked
     */
    public Optional<ApiKey> find(String credential) {
        return Optional.ofNullable(this.byHash.get(ApiKey.hash(credential))).filter((key) -> !key.revoked());
    }

    /**
     * Returns whether all records that were in the topic at startup have been read.
     * @return false while a valid key may still be unknown
     */
    public boolean isComplete() {
        return this.complete;
    }

    /**
     * Adds or updates a key.
     * @param key the key
     */
    public void put(ApiKey key) {
        this.byHash.put(key.hash(), key);
    }

    /**
     * Removes a key.
     * @param hash the hash of the key
     */
    public void remove(String hash) {
        this.byHash.remove(hash);
    }

    /**
     * Marks the registry as complete.
     */
    public void markComplete() {
        this.complete = true;
    }

}
