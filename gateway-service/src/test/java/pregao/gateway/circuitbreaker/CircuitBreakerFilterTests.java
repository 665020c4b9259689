package pregao.gateway.circuitbreaker;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of retries and circuit breakers for services that do not respond.
 */
class CircuitBreakerFilterTests {

    private static final int LOOKED_AT = 10;

    private static StubService indicators;

    @BeforeAll
    static void startOthers() {
        indicators = new StubService();
    }

    @AfterAll
    static void stopOthers() {
        indicators.close();
    }

    @ParameterizedTest
    @CsvSource({ "GET, 2", "HEAD, 2", "PUT, 1", "DELETE, 1", "POST, 1", "PATCH, 1" })
    void sendsOnlyReadsOnceMoreAfterALostConnection(String method, int times) {
        try (StubService service = new StubService();
                RunningGateway running = RunningGateway.start("pregao.ingest-url=" + service.url())) {
            assertThat(status(running, HttpMethod.valueOf(method), "/ingest/drop")).isEqualTo(503);
            assertThat(service.received()).hasSize(times);
        }
    }

    @ParameterizedTest
    @CsvSource({ "GET, 2", "HEAD, 2", "PUT, 2", "DELETE, 2", "POST, 1", "PATCH, 1" })
    void sendsIdempotentRequestsOnceMoreWhereNoConnectionWasOpened(String method, int times) {
        try (RunningGateway running = RunningGateway.start("pregao.ingest-url=http://127.0.0.1:1")) {
            assertThat(status(running, HttpMethod.valueOf(method), "/ingest/cursor")).isEqualTo(503);
            assertThat(running.metrics()).contains(
                    "resilience4j_circuitbreaker_buffered_calls{kind=\"failed\",name=\"ingest\"} " + times + ".0");
        }
    }

    @Test
    void neverRepeatsABody() {
        try (StubService service = new StubService();
                RunningGateway running = RunningGateway.start("pregao.ingest-url=" + service.url())) {
            running.client()
                .put()
                .uri("/ingest/drop")
                .header("X-API-Key", RunningGateway.KEY)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(503);
            assertThat(service.received()).hasSize(1);
        }
    }

    @Test
    void hidesOneLostConnectionFromAReader() {
        try (StubService service = new StubService();
                RunningGateway running = RunningGateway.start("pregao.ingest-url=" + service.url())) {
            assertThat(status(running, HttpMethod.GET, "/ingest/drop-once")).isEqualTo(200);
            assertThat(service.received()).hasSize(2);
        }
    }

    @Test
    void leavesAServiceThatIsGoneAloneAndSaysWhenToComeBackAndNoOtherSuffers() {
        try (RunningGateway running = gone()) {
            open(running);
            call(running, HttpMethod.POST, "/ingest").expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "3600")
                .expectHeader()
                .contentType("application/problem+json");
            assertThat(status(running, HttpMethod.GET, "/api/instruments")).isEqualTo(200);
            assertThat(running.metrics()).contains(state("ingest", "open") + " 1.0",
                    state("indicators", "closed") + " 1.0");
            running.client().get().uri("/readyz").exchange().expectStatus().isOk();
            running.client().get().uri("/livez").exchange().expectStatus().isOk();
        }
    }

    @Test
    void findsAServiceAgainThatIsBack() {
        int port;
        try (StubService before = new StubService()) {
            port = before.port();
        }
        try (RunningGateway running = RunningGateway.start("pregao.ingest-url=http://127.0.0.1:" + port,
                "pregao.gateway.circuit-breaker.sliding-window-size=" + LOOKED_AT,
                "pregao.gateway.circuit-breaker.wait-duration-in-open-state=300ms")) {
            open(running);
            try (StubService back = new StubService(port)) {
                RunningGateway.eventually("the circuit to close", () -> {
                    call(running, HttpMethod.GET, "/ingest/cursor").expectBody().returnResult();
                    return running.metrics().contains(state("ingest", "closed") + " 1.0");
                });
                assertThat(back.received()).isNotEmpty();
            }
        }
    }

    @Test
    void takesNoAnswerForAFailureWhateverItSays() {
        try (StubService service = new StubService();
                RunningGateway running = RunningGateway.start("pregao.ingest-url=" + service.url(),
                        "pregao.gateway.circuit-breaker.sliding-window-size=" + LOOKED_AT)) {
            for (int i = 0; i < 2 * LOOKED_AT; i++) {
                assertThat(status(running, HttpMethod.POST, "/ingest/busy")).isEqualTo(503);
            }
            assertThat(service.received()).hasSize(2 * LOOKED_AT);
            assertThat(running.metrics()).contains(state("ingest", "closed") + " 1.0");
        }
    }

    @Test
    void answersInTimeByRouteAndCountsSilenceAsGone() {
        try (StubService service = new StubService();
                RunningGateway running = RunningGateway.start("pregao.ingest-url=" + service.url(),
                        "pregao.gateway.timeout.ingest=100ms",
                        "pregao.gateway.circuit-breaker.sliding-window-size=" + LOOKED_AT)) {
            for (int i = 0; i < LOOKED_AT / 2; i++) {
                call(running, HttpMethod.GET, "/ingest/never").expectStatus()
                    .isEqualTo(504)
                    .expectHeader()
                    .exists("Retry-After");
            }
            assertThat(service.received()).hasSize(LOOKED_AT / 2);
            assertThat(status(running, HttpMethod.GET, "/ingest/never")).isEqualTo(503);
        }
    }

    @Test
    void hasDefaultsAndMapsEachValue() {
        assertThat(bound("circuit-breaker", CircuitBreakerProperties.class, Map.of()))
            .isEqualTo(new CircuitBreakerProperties(50, 50, Duration.ofSeconds(2)));
        assertThat(bound("circuit-breaker", CircuitBreakerProperties.class,
                Map.of("pregao.gateway.circuit-breaker.sliding-window-size", "20",
                        "pregao.gateway.circuit-breaker.failure-rate-threshold", "30",
                        "pregao.gateway.circuit-breaker.wait-duration-in-open-state", "4s")))
            .isEqualTo(new CircuitBreakerProperties(20, 30, Duration.ofSeconds(4)));
        assertThat(bound("retry", RetryProperties.class, Map.of()))
            .isEqualTo(new RetryProperties(2, Duration.ofMillis(50)));
        assertThat(bound("retry", RetryProperties.class,
                Map.of("pregao.gateway.retry.max-attempts", "3", "pregao.gateway.retry.backoff", "5ms")))
            .isEqualTo(new RetryProperties(3, Duration.ofMillis(5)));
    }

    private static RunningGateway gone() {
        return RunningGateway.start("pregao.ingest-url=http://127.0.0.1:1", "pregao.indicators-url=" + indicators.url(),
                "pregao.gateway.circuit-breaker.sliding-window-size=" + LOOKED_AT,
                "pregao.gateway.circuit-breaker.wait-duration-in-open-state=1h");
    }

    private static void open(RunningGateway running) {
        for (int i = 0; i < LOOKED_AT / 2; i++) {
            assertThat(status(running, HttpMethod.POST, "/ingest")).isEqualTo(503);
        }
    }

    private static String state(String service, String state) {
        return "resilience4j_circuitbreaker_state{name=\"%s\",state=\"%s\"}".formatted(service, state);
    }

    private static int status(RunningGateway running, HttpMethod method, String path) {
        return call(running, method, path).expectBody().returnResult().getStatus().value();
    }

    private static WebTestClient.ResponseSpec call(RunningGateway running, HttpMethod method, String path) {
        return running.client().method(method).uri(path).header("X-API-Key", RunningGateway.KEY).exchange();
    }

    private static <T> T bound(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.gateway." + prefix,
                type);
    }

}
