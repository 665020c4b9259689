package pregao.strategy.catalog.cache;

import java.time.Duration;

import pregao.strategy.redis.ReconnectingRedisClient;
import pregao.strategy.redis.RedisCacheProperties;

/**
 * Creates caches for tests.
 */
public final class TestCaches {

    private TestCaches() {
    }

    /** Returns a cache in memory only. */
    public static TwoLevelCache inMemory() {
        return create("", 1 << 20);
    }

    /** Returns a cache in Redis only. */
    public static TwoLevelCache inRedis(String redisUrl) {
        return create(redisUrl, 0);
    }

    private static TwoLevelCache create(String redisUrl, long maxMemory) {
        RedisCacheProperties properties = new RedisCacheProperties(redisUrl, Duration.ofMillis(500),
                Duration.ofMillis(100), Duration.ofMinutes(1), maxMemory);
        return new TwoLevelCache(new ReconnectingRedisClient(properties), properties);
    }

}
