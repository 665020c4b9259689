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
 * What is worth keeping for a while, in memory and in Redis. A key must say all that the
 * value depends on, so that no value under it is ever wrong; whatever is kept may be gone
 * at any moment.
 */
@Component
public class TwoLevelCache {

    private static final String PREFIX = "catalog:1:";

    private final ReconnectingRedisClient redis;

    private final RedisCacheProperties settings;

    private final Cache<String, byte[]> memory;

    TwoLevelCache(ReconnectingRedisClient redis, RedisCacheProperties settings) {
        this.redis = redis;
        this.settings = settings;
        this.memory = Caffeine.newBuilder()
            .maximumWeight(settings.cacheMaxSize())
            .weigher((String key, byte[] value) -> 2 * key.length() + value.length)
            .expireAfterAccess(settings.cacheTtl())
            .executor(Runnable::run)
            .build();
    }

    /**
     * Looks for values.
     * @param keys what the values depend on
     * @return those that are there, not to be changed
     */
    public Map<String, byte[]> find(Collection<String> keys) {
        Map<String, byte[]> found = new HashMap<>(this.memory.getAllPresent(keys));
        String[] others = keys.stream()
            .filter((key) -> !found.containsKey(key))
            .map((key) -> PREFIX + key)
            .toArray(String[]::new);
        if (others.length > 0) {
            List<KeyValue<String, byte[]>> answer = this.redis.ask((commands) -> commands.mget(others));
            for (KeyValue<String, byte[]> keyValue : (answer != null) ? answer : List.<KeyValue<String, byte[]>>of()) {
                keyValue.ifHasValue((value) -> {
                    String key = keyValue.getKey().substring(PREFIX.length());
                    found.put(key, value);
                    this.memory.put(key, value);
                });
            }
        }
        return found;
    }

    /**
     * Keeps values.
     * @param values by what they depend on
     */
    public void keep(Map<String, byte[]> values) {
        this.memory.putAll(values);
        if (!values.isEmpty()) {
            SetArgs life = SetArgs.Builder.px(this.settings.cacheTtl());
            this.redis.ask((commands) -> {
                List<CompletableFuture<String>> all = new ArrayList<>();
                values.forEach((key, value) -> all.add(commands.set(PREFIX + key, value, life).toCompletableFuture()));
                return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
            });
        }
    }

}
