package pregao.gateway.ticket;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;

import pregao.devcluster.redis.LocalRedis;
import pregao.gateway.RunningGateway;
import pregao.gateway.auth.CallerPrincipal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of WebSocket handshakes. There is no WebSocket endpoint yet, so an accepted
 * handshake results in 404.
 */
class TicketTests {

    private static final int PASSED = 404;

    private static final String LISTED = "https://desk.example";

    private static final String ENABLED = "pregao.gateway.ticket.enabled=true";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void isGivenToWhoMayReadAndIsGoodOnce() {
        try (RunningGateway gateway = RunningGateway.start(ENABLED)) {
            String ticket = ticket(gateway);
            assertThat(ticket).matches("(local\\.)?[A-Za-z0-9_-]{43}").isNotEqualTo(ticket(gateway));
            assertThat(open(gateway, ticket, "")).isEqualTo(PASSED);
            assertThat(open(gateway, ticket, "")).isEqualTo(401);
        }
    }

    @Test
    void isGivenToNobodyElse() {
        try (RunningGateway gateway = RunningGateway.start(ENABLED)) {
            gateway.client().post().uri("/api/auth/ws-ticket").exchange().expectStatus().isUnauthorized();
            ask(gateway, RunningGateway.REVOKED).expectStatus().isUnauthorized();
            ask(gateway, RunningGateway.WRITER).expectStatus().isForbidden();
            assertThat(open(gateway, "made-up", "")).isEqualTo(401);
            assertThat(open(gateway, "", "")).isEqualTo(401);
            gateway.client().get().uri("/ws").exchange().expectStatus().isUnauthorized();
        }
    }

    @Test
    void isGoodAtAnyReplicaWhereRedisIsThere(@TempDir Path folder) {
        try (LocalRedis redis = LocalRedis.start(folder, 0);
                RunningGateway firstGateway = sharing(redis);
                RunningGateway secondGateway = sharing(redis)) {
            String ticket = ticket(firstGateway);
            assertThat(open(secondGateway, ticket, "")).isEqualTo(PASSED);
            assertThat(open(firstGateway, ticket, "")).isEqualTo(401);
        }
    }

    @Test
    void isGoodOnceAlsoWhereRedisAnswersTooLate(@TempDir Path folder) {
        try (LocalRedis redis = LocalRedis.start(folder, 0);
                RunningGateway impatientGateway = RunningGateway.start(ENABLED, "pregao.redis.url=" + redis.url(),
                        "pregao.redis.command-timeout=1ns", "pregao.redis.wait-duration-in-open-state=1ms");
                RunningGateway patientGateway = sharing(redis)) {
            WebSocketTicketService issuingService = impatientGateway.bean(WebSocketTicketService.class);
            WebSocketTicketService otherService = patientGateway.bean(WebSocketTicketService.class);
            CallerPrincipal caller = new CallerPrincipal("user", "session", "mt5");
            for (int i = 0; i < 50; i++) {
                String ticket = Objects.requireNonNull(issuingService.issue(caller).block(TIMEOUT));
                CallerPrincipal first = issuingService.redeem(ticket).block(TIMEOUT);
                CallerPrincipal second = otherService.redeem(ticket).block(TIMEOUT);
                assertThat(Stream.of(first, second).filter(Objects::nonNull)).as("ticket %d", i)
                    .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void isNotGivenWhileThereIsNoLiveChannel() {
        try (RunningGateway gateway = RunningGateway.start()) {
            ask(gateway, RunningGateway.READER).expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/live-channel-not-available");
            gateway.client()
                .get()
                .uri("/ws?ticket=any")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/live-channel-not-available");
        }
    }

    @Test
    void isTooOldSoon(@TempDir Path folder) {
        try (LocalRedis redis = LocalRedis.start(folder, 0);
                RunningGateway alone = RunningGateway.start(ENABLED, "pregao.gateway.ticket.ttl=1ms");
                RunningGateway shared = RunningGateway.start(ENABLED, "pregao.gateway.ticket.ttl=1ms",
                        "pregao.redis.command-timeout=5s", "pregao.redis.url=" + redis.url())) {
            RunningGateway.eventually("a ticket to be too old", () -> open(alone, ticket(alone), "") == 401);
            RunningGateway.eventually("a shared ticket to be too old", () -> open(shared, ticket(shared), "") == 401);
        }
    }

    @Test
    void tellsWhoseItWas() {
        try (RunningGateway gateway = RunningGateway.start(ENABLED)) {
            WebSocketTicketService tickets = gateway.bean(WebSocketTicketService.class);
            CallerPrincipal caller = new CallerPrincipal("user", "session", "mt5");
            StepVerifier.create(tickets.issue(caller).flatMap(tickets::redeem))
                .expectNext(caller)
                .expectComplete()
                .verify(TIMEOUT);
        }
    }

    @ParameterizedTest
    @CsvSource(value = { "'', 404", LISTED + ", 404", "http://127.0.0.1:PORT, 404", "https://127.0.0.1:PORT, 404",
            "http://127.0.0.1:1, 403", "https://evil.example, 403", "null, 403",
            "https://desk.example.evil.example, 403", "http://desk.example, 403", "file://, 403" })
    void opensForPagesOfOurOwnAndOfListedOrigins(String origin, int status) {
        try (RunningGateway gateway = RunningGateway.start(ENABLED, "pregao.cors.allowed-origins=" + LISTED)) {
            String resolvedOrigin = origin.replace("PORT", String.valueOf(gateway.port()));
            assertThat(open(gateway, ticket(gateway), resolvedOrigin)).isEqualTo(status);
        }
    }

    @Test
    void hasDefaultsAndMapsEachValue() {
        assertThat(bound(Map.of())).isEqualTo(new TicketProperties(false, Duration.ofSeconds(30), 10_000));
        assertThat(bound(Map.of("pregao.gateway.ticket.enabled", "true", "pregao.gateway.ticket.ttl", "5s",
                "pregao.gateway.ticket.max-local", "3")))
            .isEqualTo(new TicketProperties(true, Duration.ofSeconds(5), 3));
    }

    private static RunningGateway sharing(LocalRedis redis) {
        return RunningGateway.start(ENABLED, "pregao.redis.url=" + redis.url(), "pregao.redis.command-timeout=5s");
    }

    private static String ticket(RunningGateway gateway) {
        String body = Objects.requireNonNull(ask(gateway, RunningGateway.READER).expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
        return JsonPath.read(body, "$.ticket");
    }

    private static WebTestClient.ResponseSpec ask(RunningGateway gateway, String key) {
        return gateway.client().post().uri("/api/auth/ws-ticket").header("X-API-Key", key).exchange();
    }

    private static int open(RunningGateway gateway, String ticket, String origin) {
        return gateway.client()
            .get()
            .uri(URI.create("http://127.0.0.1:" + gateway.port() + "/ws?ticket=" + ticket))
            .headers((headers) -> {
                if (!origin.isEmpty()) {
                    headers.setOrigin(origin);
                }
            })
            .exchange()
            .expectBody()
            .returnResult()
            .getStatus()
            .value();
    }

    private static TicketProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.gateway.ticket",
                TicketProperties.class);
    }

}
