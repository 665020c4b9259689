package pregao.gateway.ratelimit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.contracts.key.Scope;
import pregao.devcluster.process.Signal;
import pregao.devcluster.redis.LocalRedis;
import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the rate limits with and without Redis.
 */
class RateLimitTests {

    private static final int MAX_COUNT = 30;

    private static final StubService INDICATORS = new StubService();

    @TempDir
    static Path folder;

    private static LocalRedis redis;

    @BeforeAll
    static void start() {
        redis = LocalRedis.start(folder, 0);
    }

    @AfterAll
    static void stop() {
        redis.close();
        INDICATORS.close();
    }

    @Test
    void countsAUserOverAllReplicasAndKeys() {
        try (RunningGateway firstGateway = gateway("pregao.gateway.rate-limit.per-user=" + MAX_COUNT);
                RunningGateway secondGateway = gateway("pregao.gateway.rate-limit.per-user=" + MAX_COUNT)) {
            secondGateway.keys().put(RunningGateway.key("second-key", false, Scope.READ));
            int passed = 0;
            for (int i = 0; i < MAX_COUNT; i++) {
                passed += passes(firstGateway, RunningGateway.READER) ? 1 : 0;
                passed += passes(secondGateway, "second-key") ? 1 : 0;
            }
            assertThat(passed).isBetween(MAX_COUNT - 4, MAX_COUNT);
        }
    }

    @Test
    void saysWhatIsLeftAndWhenToComeBack() {
        try (RunningGateway gateway = gateway("pregao.gateway.rate-limit.per-user=7")) {
            ask(gateway, RunningGateway.READER).expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("RateLimit-Policy", "\"user\";q=7;w=3600")
                .expectHeader()
                .valueEquals("RateLimit", "\"user\";r=6");
            exhaust(gateway);
            ask(gateway, RunningGateway.READER).expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueMatches("Retry-After", "[1-9][0-9]*")
                .expectHeader()
                .valueMatches("RateLimit", "\"user\";r=0;t=[1-9][0-9]*")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/too-many-requests");
            assertThat(gateway.metrics()).contains("pregao_requests_limited_total{limit=\"user\"}");
        }
    }

    @Test
    void leavesOthersAlone() {
        try (RunningGateway gateway = gateway("pregao.gateway.rate-limit.per-user=5")) {
            gateway.keys().put(RunningGateway.keyOf("11111111-0000-4000-8000-000000000001", "others-key", Scope.READ));
            exhaust(gateway);
            assertThat(passes(gateway, "others-key")).isTrue();
        }
    }

    @Test
    void countsAddressesBeforeAnyKeyIsLookedAt() {
        try (RunningGateway gateway = gateway("pregao.gateway.rate-limit.per-ip=10",
                "pregao.trusted-proxies=127.0.0.1")) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                statuses.add(guess(gateway, "203.0.113.5"));
            }
            assertThat(statuses).startsWith(401, 401, 401, 401, 401, 401, 401, 401).endsWith(429);
            assertThat(guess(gateway, "203.0.113.6")).isEqualTo(401);
        }
    }

    @Test
    void appliesTheSameRuleAReplicaWhereRedisIsAway() {
        try (RunningGateway gateway = RunningGateway.start("pregao.indicators-url=" + INDICATORS.url(),
                "pregao.gateway.rate-limit.per-user=" + MAX_COUNT, "pregao.gateway.rate-limit.window=1h")) {
            int passed = 0;
            for (int i = 0; i < 2 * MAX_COUNT; i++) {
                passed += passes(gateway, RunningGateway.READER) ? 1 : 0;
            }
            assertThat(passed).isEqualTo(MAX_COUNT);
            ask(gateway, RunningGateway.READER).expectStatus().isEqualTo(429).expectHeader().exists("Retry-After");
        }
    }

    @Test
    void goesOnWhileRedisIsGoneAndCountsTogetherAgainOnceItIsBack() {
        try (LocalRedis mortal = LocalRedis.start(folder.resolve("mortal"), 0);
                RunningGateway gateway = RunningGateway.start("pregao.indicators-url=" + INDICATORS.url(),
                        "pregao.gateway.rate-limit.per-user=100000", "pregao.redis.url=" + mortal.url(),
                        "pregao.redis.wait-duration-in-open-state=200ms")) {
            assertThat(passes(gateway, RunningGateway.READER)).isTrue();
            Signal.KILL.send(mortal.pid());
            for (int i = 0; i < 100; i++) {
                assertThat(passes(gateway, RunningGateway.READER)).isTrue();
            }
            try (LocalRedis back = LocalRedis.start(folder.resolve("mortal"), mortal.port())) {
                assertThat(back.isAlive()).isTrue();
                RunningGateway.eventually("the circuit to close", () -> {
                    assertThat(passes(gateway, RunningGateway.READER)).isTrue();
                    return gateway.metrics()
                        .contains("resilience4j_circuitbreaker_state{name=\"redis\",state=\"closed\"} 1.0");
                });
            }
        }
    }

    private static RunningGateway gateway(String... more) {
        List<String> properties = new ArrayList<>(
                List.of("pregao.indicators-url=" + INDICATORS.url(), "pregao.redis.url=" + redis.url(),
                        "pregao.redis.command-timeout=5s", "pregao.gateway.rate-limit.window=1h"));
        properties.addAll(Arrays.asList(more));
        flush();
        return RunningGateway.start(properties.toArray(String[]::new));
    }

    /** Each test starts with full buckets. */
    private static void flush() {
        redis.close();
        redis = LocalRedis.start(folder, redis.port());
    }

    private static void exhaust(RunningGateway gateway) {
        for (int i = 0; i < 10; i++) {
            passes(gateway, RunningGateway.READER);
        }
    }

    private static boolean passes(RunningGateway gateway, String key) {
        int status = ask(gateway, key).expectBody().returnResult().getStatus().value();
        assertThat(status).isIn(200, 429);
        return status == 200;
    }

    private static int guess(RunningGateway gateway, String from) {
        return gateway.client()
            .get()
            .uri("/api/instruments")
            .header("X-API-Key", "a guess")
            .header("X-Forwarded-For", from)
            .exchange()
            .expectBody()
            .returnResult()
            .getStatus()
            .value();
    }

    private static WebTestClient.ResponseSpec ask(RunningGateway gateway, String key) {
        return gateway.client().get().uri("/api/instruments").header("X-API-Key", key).exchange();
    }

}
