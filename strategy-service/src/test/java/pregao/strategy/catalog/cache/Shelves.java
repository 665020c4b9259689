package pregao.strategy.catalog.cache;

import java.time.Duration;

import pregao.strategy.redis.Redis;
import pregao.strategy.redis.RedisSettings;

/**
 * Shelves for tests.
 */
public final class Shelves {

    private Shelves() {
    }

    /** One that keeps things in memory only. */
    public static Shelf inMemory() {
        return at("", 1 << 20);
    }

    /** One that keeps nothing in memory. */
    public static Shelf in(String redis) {
        return at(redis, 0);
    }

    private static Shelf at(String redis, long memory) {
        RedisSettings settings = new RedisSettings(redis, Duration.ofMillis(500), Duration.ofMillis(100),
                Duration.ofMinutes(1), memory);
        return new Shelf(new Redis(settings), settings);
    }

}
