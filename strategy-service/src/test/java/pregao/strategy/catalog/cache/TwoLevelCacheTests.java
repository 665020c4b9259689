package pregao.strategy.catalog.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import pregao.devcluster.redis.LocalRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the cache returns a stored value or nothing, in any state of Redis.
 */
class TwoLevelCacheTests {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    @Test
    void cachesInMemoryWithoutRedis() {
        TwoLevelCache cache = TestCaches.inMemory();
        cache.putAll(Map.of("a", VALUE));
        assertThat(cache.getAll(List.of("a", "b"))).containsOnlyKeys("a").containsEntry("a", VALUE);
    }

    @Test
    void sharesValuesThroughRedisAndSurvivesRestart(@TempDir Path folder) throws IOException {
        LocalRedis redis = LocalRedis.start(folder, 0);
        TwoLevelCache firstCache = TestCaches.inRedis(redis.url());
        TwoLevelCache secondCache = TestCaches.inRedis(redis.url());
        firstCache.putAll(Map.of("a", VALUE, "b", VALUE));
        assertThat(secondCache.getAll(List.of("a", "b", "c"))).containsOnlyKeys("a", "b").containsEntry("a", VALUE);
        redis.close();
        assertThat(firstCache.getAll(List.of("a"))).as("Redis is away").isEmpty();
        firstCache.putAll(Map.of("c", VALUE));
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            firstCache.getAll(List.of("a"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("its being away costs one wait now and then")
            .isLessThan(Duration.ofSeconds(20));
        try (LocalRedis restartedRedis = LocalRedis.start(folder, redis.port())) {
            Awaitility.await("it is used again").atMost(Duration.ofSeconds(30)).until(() -> {
                firstCache.putAll(Map.of("d", VALUE));
                return !secondCache.getAll(List.of("d")).isEmpty();
            });
            assertThat(restartedRedis.port()).isEqualTo(redis.port());
        }
    }

    @Test
    void toleratesUnreachableRedis() {
        TwoLevelCache cache = TestCaches.inRedis("redis://127.0.0.1:1");
        cache.putAll(Map.of("a", VALUE));
        assertThat(cache.getAll(List.of("a"))).isEmpty();
    }

}
