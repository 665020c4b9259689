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
 * What is kept is found again or gone, whatever Redis does.
 */
class TwoLevelCacheTests {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    @Test
    void findsInMemoryWhereThereIsNoRedis() {
        TwoLevelCache shelf = TestCaches.inMemory();
        shelf.keep(Map.of("a", VALUE));
        assertThat(shelf.find(List.of("a", "b"))).containsOnlyKeys("a").containsEntry("a", VALUE);
    }

    @Test
    void isSharedThroughRedisAndSurvivesItsGoingAndComing(@TempDir Path folder) throws IOException {
        LocalRedis redis = LocalRedis.start(folder, 0);
        TwoLevelCache one = TestCaches.in(redis.url());
        TwoLevelCache other = TestCaches.in(redis.url());
        one.keep(Map.of("a", VALUE, "b", VALUE));
        assertThat(other.find(List.of("a", "b", "c"))).containsOnlyKeys("a", "b").containsEntry("a", VALUE);
        redis.close();
        assertThat(one.find(List.of("a"))).as("Redis is away").isEmpty();
        one.keep(Map.of("c", VALUE));
        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            one.find(List.of("a"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("its being away costs one wait now and then")
            .isLessThan(Duration.ofSeconds(20));
        try (LocalRedis back = LocalRedis.start(folder, redis.port())) {
            Awaitility.await("it is used again").atMost(Duration.ofSeconds(30)).until(() -> {
                one.keep(Map.of("d", VALUE));
                return !other.find(List.of("d")).isEmpty();
            });
            assertThat(back.port()).isEqualTo(redis.port());
        }
    }

    @Test
    void doesWithoutARedisThatWasNeverThere() {
        TwoLevelCache shelf = TestCaches.in("redis://127.0.0.1:1");
        shelf.keep(Map.of("a", VALUE));
        assertThat(shelf.find(List.of("a"))).isEmpty();
    }

}
