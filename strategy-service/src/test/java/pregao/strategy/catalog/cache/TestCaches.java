package pregao.strategy.catalog.cache;

import java.time.Duration;

import pregao.strategy.redis.ReconnectingRedisClient;
import pregao.strategy.redis.RedisCacheProperties;

/**
 * Shelves for tests.
 */
public final class TestCaches {

    private TestCaches() {
    }

    /** One that keeps things in memory only. */
    public static TwoLevelCache inMemory() {
        return at("", 1 << 20);
    }

    /** One that keeps nothing in memory. */
    public static TwoLevelCache in(String redis) {
        return at(redis, 0);
    }

    private static TwoLevelCache at(String redis, long memory) {
        RedisCacheProperties settings = new RedisCacheProperties(redis, Duration.ofMillis(500), Duration.ofMillis(100),
                Duration.ofMinutes(1), memory);
        return new TwoLevelCache(new ReconnectingRedisClient(settings), settings);
    }

}
