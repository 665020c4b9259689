package pregao.gateway.key;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import pregao.contracts.key.ApiKey;

/**
 * The API keys there are, by hash; written by one thread, read by many.
 */
public final class ApiKeyRegistry {

    private final ConcurrentMap<String, ApiKey> byHash = new ConcurrentHashMap<>();

    private volatile boolean complete;

    /**
     * The key a caller presented.
     * @param credential as the caller sent it
     * @return the key, or empty where it is unknown or revoked
     */
    public Optional<ApiKey> find(String credential) {
        return Optional.ofNullable(this.byHash.get(ApiKey.hash(credential))).filter((key) -> !key.revoked());
    }

    /**
     * Whether everything that was in the topic at the start has been read.
     * @return false as long as a good key may still be unknown
     */
    public boolean isComplete() {
        return this.complete;
    }

    /**
     * Takes a key or its new state.
     * @param key the key
     */
    public void put(ApiKey key) {
        this.byHash.put(key.hash(), key);
    }

    /**
     * Forgets a key.
     * @param hash its hash
     */
    public void remove(String hash) {
        this.byHash.remove(hash);
    }

    /**
     * Says that everything has been read.
     */
    public void markComplete() {
        this.complete = true;
    }

}
