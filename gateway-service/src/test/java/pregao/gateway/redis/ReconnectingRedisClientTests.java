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
import reactor.test.StepVerifier;

import pregao.devcluster.redis.LocalRedis;
import pregao.testsupport.BlockHoundSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ReconnectingRedisClient}: timeouts while Redis is unavailable, and
 * reconnection.
 */
class ReconnectingRedisClientTests {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(5);

    private static final int CALLS = 10;

    private static final Duration REST_INTERVAL = Duration.ofHours(1);

    @Test
    void waitsForItsPatienceAndThenNotAtAllWhereNothingAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ReconnectingRedisClient redis = redis("redis://127.0.0.1:" + silent.getLocalPort(), REQUEST_TIMEOUT,
                        REST_INTERVAL)) {
            for (int i = 0; i < 5; i++) {
                verifyUnavailable(redis);
            }
            long begin = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                verifyUnavailable(redis);
            }
            assertThat(Duration.ofNanos((System.nanoTime() - begin) / 1000)).isLessThan(REQUEST_TIMEOUT.dividedBy(2));
        }
    }

    @Test
    void failsWhereNothingListens() {
        try (ReconnectingRedisClient redis = redis("redis://127.0.0.1:1", TIMEOUT, REST_INTERVAL)) {
            verifyUnavailable(redis);
        }
    }

    @Test
    void doesNotTakeAFaultOfThisServiceForAnOutage(@TempDir Path folder) {
        try (LocalRedis there = LocalRedis.start(folder, 0);
                ReconnectingRedisClient redis = redis(there.url(), TIMEOUT, REST_INTERVAL)) {
            for (int i = 0; i < 2 * CALLS; i++) {
                StepVerifier.create(redis.<String>execute((commands) -> {
                    throw new IllegalStateException("a fault");
                })).expectErrorMatches((failure) -> !(failure instanceof RedisUnavailableException)).verify(TIMEOUT);
            }
            StepVerifier.create(redis.execute((commands) -> commands.ping()))
                .expectNext("PONG")
                .expectComplete()
                .verify(TIMEOUT);
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
        try (ReconnectingRedisClient redis = redis(url, TIMEOUT, Duration.ofMillis(1))) {
            verifyUnavailable(redis);
            try (LocalRedis late = LocalRedis.start(folder, port)) {
                assertThat(late.isAlive()).isTrue();
                StepVerifier.create(redis.execute((commands) -> commands.ping()))
                    .expectNext("PONG")
                    .expectComplete()
                    .verify(TIMEOUT);
            }
        }
    }

    @Test
    void hasDefaultsMapsEachValueAndKeepsThePasswordToItself() {
        assertThat(bound(Map.of()))
            .isEqualTo(new RedisFallbackProperties("redis://127.0.0.1:6379", REQUEST_TIMEOUT, Duration.ofSeconds(1)));
        RedisFallbackProperties settings = bound(Map.of("pregao.redis.url", "redis://:secret@r:1",
                "pregao.redis.command-timeout", "7ms", "pregao.redis.wait-duration-in-open-state", "3s"));
        assertThat(settings)
            .isEqualTo(new RedisFallbackProperties("redis://:secret@r:1", Duration.ofMillis(7), Duration.ofSeconds(3)));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    private static ReconnectingRedisClient redis(String url, Duration commandTimeout, Duration waitDuration) {
        return new ReconnectingRedisClient(new RedisFallbackProperties(url, commandTimeout, waitDuration),
                CircuitBreakerRegistry.ofDefaults());
    }

    private static void verifyUnavailable(ReconnectingRedisClient redis) {
        StepVerifier.create(redis.execute((commands) -> commands.ping()))
            .expectError(RedisUnavailableException.class)
            .verify(TIMEOUT);
    }

    private static RedisFallbackProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.redis",
                RedisFallbackProperties.class);
    }

}
