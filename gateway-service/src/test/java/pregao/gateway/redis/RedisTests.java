package pregao.gateway.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import pregao.fixtures.EventLoops;
import pregao.stack.redis.LocalRedis;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long it takes not to reach Redis, and that it is found again.
 */
class RedisTests {

    static {
        EventLoops.mustNotBlock();
    }

    private static final Duration BOUND = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofMillis(5);

    private static final int CALLS = 10;

    private static final Duration REST = Duration.ofHours(1);

    @Test
    void waitsForItsPatienceAndThenNotAtAllWhereNothingAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Redis redis = redis("redis://127.0.0.1:" + silent.getLocalPort(), PATIENCE, REST)) {
            for (int i = 0; i < 5; i++) {
                away(redis);
            }
            long begin = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                away(redis);
            }
            assertThat(Duration.ofNanos((System.nanoTime() - begin) / 1000)).isLessThan(PATIENCE.dividedBy(2));
        }
    }

    @Test
    void failsWhereNothingListens() {
        try (Redis redis = redis("redis://127.0.0.1:1", BOUND, REST)) {
            away(redis);
        }
    }

    @Test
    void doesNotTakeAFaultOfThisServiceForAnOutage(@TempDir Path folder) {
        try (LocalRedis there = LocalRedis.start(folder, 0); Redis redis = redis(there.url(), BOUND, REST)) {
            for (int i = 0; i < 2 * CALLS; i++) {
                StepVerifier.create(redis.<String>ask((commands) -> {
                    throw new IllegalStateException("a fault");
                })).expectErrorMatches((failure) -> !(failure instanceof RedisAwayException)).verify(BOUND);
            }
            StepVerifier.create(redis.ask((commands) -> commands.ping()))
                .expectNext("PONG")
                .expectComplete()
                .verify(BOUND);
        }
    }

    @Test
    void connectsAgainWhereThereWasNothingAtFirst(@TempDir Path folder) {
        int port;
        String url;
        try (LocalRedis before = LocalRedis.start(folder, 0)) {
            port = before.port();
            url = before.url();
        }
        try (Redis redis = redis(url, BOUND, Duration.ofMillis(1))) {
            away(redis);
            try (LocalRedis late = LocalRedis.start(folder, port)) {
                assertThat(late.isAlive()).isTrue();
                StepVerifier.create(redis.ask((commands) -> commands.ping()))
                    .expectNext("PONG")
                    .expectComplete()
                    .verify(BOUND);
            }
        }
    }

    @Test
    void hasDefaultsMapsEachValueAndKeepsThePasswordToItself() {
        assertThat(bound(Map.of()))
            .isEqualTo(new RedisSettings("redis://127.0.0.1:6379", PATIENCE, Duration.ofSeconds(1)));
        RedisSettings settings = bound(Map.of("pregao.redis.url", "redis://:secret@r:1", "pregao.redis.patience", "7ms",
                "pregao.redis.rest", "3s"));
        assertThat(settings)
            .isEqualTo(new RedisSettings("redis://:secret@r:1", Duration.ofMillis(7), Duration.ofSeconds(3)));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    private static Redis redis(String url, Duration patience, Duration rest) {
        return new Redis(new RedisSettings(url, patience, rest), CircuitBreakerRegistry.ofDefaults());
    }

    private static void away(Redis redis) {
        StepVerifier.create(redis.ask((commands) -> commands.ping()))
            .expectError(RedisAwayException.class)
            .verify(BOUND);
    }

    private static RedisSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.redis",
                RedisSettings.class);
    }

}
