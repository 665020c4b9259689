package pregao.strategy.catalog.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import org.springframework.stereotype.Component;

import pregao.strategy.redis.ReconnectingRedisClient;
import pregao.strategy.redis.RedisCacheProperties;

/**
 * A cache in memory and in Redis. A key must name everything that its value depends on,
 * so that no cached value ever becomes wrong. Any value can disappear at any time.
 */
@Component
public class TwoLevelCache {

    private static final String KEY_PREFIX = "catalog:1:";

    private final ReconnectingRedisClient redisClient;

    private final RedisCacheProperties properties;

    private final Cache<String, byte[]> memoryCache;

    TwoLevelCache(ReconnectingRedisClient redisClient, RedisCacheProperties properties) {
        this.redisClient = redisClient;
        this.properties = properties;
        this.memoryCache = Caffeine.newBuilder()
            .maximumWeight(properties.cacheMaxSize())
            .weigher((String key, byte[] value) -> 2 * key.length() + value.length)
            .expireAfterAccess(properties.cacheTtl())
            .executor(Runnable::run)
            .build();
    }

    /**
     * Returns cached values.
     * @param keys the keys
     * @return the values that are cached; callers must not modify them
     */
    public Map<String, byte[]> getAll(Collection<String> keys) {
        Map<String, byte[]> values = new HashMap<>(this.memoryCache.getAllPresent(keys));
        String[] redisKeys = keys.stream()
            .filter((key) -> !values.containsKey(key))
            .map((key) -> KEY_PREFIX + key)
            .toArray(String[]::new);
        if (redisKeys.length > 0) {
            List<KeyValue<String, byte[]>> reply = this.redisClient.execute((commands) -> commands.mget(redisKeys));
            for (KeyValue<String, byte[]> keyValue : (reply != null) ? reply : List.<KeyValue<String, byte[]>>of()) {
                keyValue.ifHasValue((value) -> {
                    String key = keyValue.getKey().substring(KEY_PREFIX.length());
                    values.put(key, value);
                    this.memoryCache.put(key, value);
                });
            }
        }
        return values;
    }

    /**
     * Caches values.
     * @param values the values by key
     */
    public void putAll(Map<String, byte[]> values) {
        this.memoryCache.putAll(values);
        if (!values.isEmpty()) {
            SetArgs expiry = SetArgs.Builder.px(this.properties.cacheTtl());
            this.redisClient.execute((commands) -> {
                List<CompletableFuture<String>> futures = new ArrayList<>();
                values.forEach((key, value) -> futures
                    .add(commands.set(KEY_PREFIX + key, value, expiry).toCompletableFuture()));
                return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
            });
        }
    }

}
