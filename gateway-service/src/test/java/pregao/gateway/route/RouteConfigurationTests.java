package pregao.gateway.route;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.contracts.key.Scope;
import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the routes and of the forwarded requests and responses.
 */
class RouteConfigurationTests {

    private static final StubService INGEST = new StubService();

    private static final StubService INDICATORS = new StubService();

    private static final StubService SESSION = new StubService();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("pregao.ingest-url=" + INGEST.url(), "pregao.indicators-url=" + INDICATORS.url(),
                "pregao.session-url=" + SESSION.url(), "pregao.aggregator-url=http://127.0.0.1:1",
                "pregao.gateway.timeout.ingest=1s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        INGEST.close();
        INDICATORS.close();
        SESSION.close();
    }

    @BeforeEach
    void forget() {
        INGEST.received();
        INDICATORS.received();
    }

    @ParameterizedTest
    @CsvSource({ "POST, /ingest", "POST, /ingest_batch", "POST, /ingest/tick",
            "GET, /ingest/cursor?symbol=A%2BB&timeframe=M1", "GET, /api/quarantine", "POST, /api/quarantine/7/release",
            "DELETE, /api/quarantine/7/release", "GET, /api/conflicts", "POST, /api/conflicts/7/accept",
            "GET, /health" })
    void leadsToIngestWithTheKeyUnchanged(String method, String address) {
        call(method, address, RunningGateway.KEY).expectStatus().isOk();
        StubService.Received received = INGEST.received().getFirst();
        assertThat(received.method() + ", " + received.uri()).isEqualTo(method + ", " + address);
        assertThat(received.headers().get("X-API-Key")).isEqualTo(RunningGateway.KEY);
        assertThat(INDICATORS.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/market-data?symbol=EURUSD&timeframe=M1&from=2025-10-20T03:00:00+02:00",
            "/api/instruments", "/api/coverage" })
    void leadsToIndicatorsWithATokenInPlaceOfTheKey(String address) throws ParseException, JOSEException {
        gateway.client()
            .get()
            .uri(java.net.URI.create("http://127.0.0.1:" + gateway.port() + address))
            .header("X-API-Key", RunningGateway.KEY)
            .header("Cookie", "a=b")
            .exchange()
            .expectStatus()
            .isOk();
        StubService.Received received = INDICATORS.received().getFirst();
        assertThat(received.uri()).isEqualTo(address);
        assertThat(received.headers().contains("X-API-Key")).isFalse();
        assertThat(received.headers().contains("Cookie")).isFalse();
        SignedJWT token = SignedJWT.parse(received.headers().get("Authorization").substring("Bearer ".length()));
        assertThat(token.verify(new ECDSAVerifier(publicKeys().getKeys().getFirst().toECKey()))).isTrue();
        assertThat(token.getJWTClaimsSet().getStringClaim("feed")).isEqualTo("mt5");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("pregao-api");
    }

    @Test
    void takesTheKeyAsABearerToo() {
        gateway.client()
            .post()
            .uri("/ingest")
            .header("Authorization", "Bearer " + RunningGateway.KEY)
            .exchange()
            .expectStatus()
            .isOk();
        assertThat(INGEST.received().getFirst().headers().get("Authorization"))
            .isEqualTo("Bearer " + RunningGateway.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/ingest", "/ingest_batch", "/ingest/tick", "/api/market-data", "/api/instruments",
            "/api/coverage", "/api/quarantine", "/api/conflicts", "/api/catalog", "/api/backtests", "/api/bots",
            "/api/status", "/api/orders", "/api/trades", "/api/positions", "/api/signals" })
    void asksForAKey(String path) {
        problem(gateway.client().get().uri(path).exchange(), 401, "unauthenticated");
        problem(call("GET", path, "unknown"), 401, "unauthenticated");
        problem(call("GET", path, RunningGateway.REVOKED), 401, "unauthenticated");
        assertThat(INGEST.received()).isEmpty();
        assertThat(INDICATORS.received()).isEmpty();
    }

    @Test
    void asksForTheScopeOfTheRoute() {
        problem(call("POST", "/ingest", RunningGateway.READER), 403, "forbidden");
        problem(call("GET", "/api/market-data", RunningGateway.WRITER), 403, "forbidden");
        problem(call("GET", "/api/bots", RunningGateway.WRITER), 403, "forbidden");
        problem(call("GET", "/api/quarantine", RunningGateway.READER), 403, "forbidden");
        problem(call("POST", "/api/conflicts/7/accept", RunningGateway.READER), 403, "forbidden");
    }

    @Test
    void refusesAKeyAsSoonAsItIsRevoked() {
        gateway.keys().put(RunningGateway.key("short-lived", false, Scope.READ));
        call("GET", "/api/instruments", "short-lived").expectStatus().isOk();
        gateway.keys().put(RunningGateway.key("short-lived", true, Scope.READ));
        problem(call("GET", "/api/instruments", "short-lived"), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/nothing", "/internal/orders", "/api/strategies", "/metrics", "/loggers",
            "/prometheus", "/actuator", "/actuator/health", "/actuator/gateway/routes", "/env", "/heapdump",
            "/threaddump", "/beans", "/configprops", "/mappings", "/shutdown", "/refresh", "/gateway/routes",
            "/health/readiness", "/ingest_batchx", "/api/market-data/x" })
    void servesNothingElse(String path) {
        problem(call("GET", path, RunningGateway.KEY), 404, "not-found");
        assertThat(INGEST.received()).isEmpty();
        assertThat(INDICATORS.received()).isEmpty();
    }

    @Test
    void keepsMetricsOnThePortForTheInside() {
        gateway.managementClient().get().uri("/metrics").exchange().expectStatus().isOk();
        gateway.managementClient().get().uri("/loggers").exchange().expectStatus().isOk();
        gateway.client().get().uri("/livez").exchange().expectStatus().isOk();
        gateway.client().get().uri("/readyz").exchange().expectStatus().isOk();
    }

    @Test
    void dropsWhatOnlyTheInsideMaySay() {
        gateway.client()
            .post()
            .uri("/ingest")
            .header("X-API-Key", RunningGateway.KEY)
            .header("X-User-Id", "root")
            .header("x-user-roles", "admin")
            .header("X-Forwarded-For", "10.1.1.1")
            .header("X-Forwarded-Host", "evil.example")
            .header("Forwarded", "for=10.1.1.1")
            .header("X-Real-IP", "10.1.1.1")
            .header("X-Original-URL", "/api/quarantine")
            .header("X-Pregao-Gateway", "made up")
            .header("X-Pregao-Hop", "7c0c5f52-8c0b-4d3e-9a75-2f9d1f1d0001")
            .exchange()
            .expectStatus()
            .isOk();
        HttpHeaders arrived = INGEST.received().getFirst().headers();
        assertThat(arrived.names()).extracting(String::toLowerCase)
            .doesNotContain("x-user-id", "x-user-roles", "x-forwarded-host", "forwarded", "x-real-ip",
                    "x-original-url");
        assertThat(arrived.getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(arrived.contains("X-Pregao-Hop")).isFalse();
        assertThat(arrived.getAll("X-Pregao-Gateway")).hasSize(1).doesNotContain("made up");
    }

    @Test
    void tellsSessionServiceWhichHostABrowserAskedFor() {
        gateway.client()
            .post()
            .uri("/api/auth/refresh")
            .header("X-Pregao-Host", "evil.example")
            .header("Origin", "https://evil.example")
            .header("Cookie", "pregao_refresh=x")
            .exchange()
            .expectStatus()
            .isOk();
        // The gateway also requests the keys of user tokens.
        HttpHeaders arrived = SESSION.received()
            .stream()
            .filter((candidate) -> candidate.uri().equals("/api/auth/refresh"))
            .findFirst()
            .orElseThrow()
            .headers();
        assertThat(arrived.getAll("X-Pregao-Host")).hasSize(1).first().asString().startsWith("127.0.0.1:");
        assertThat(arrived.get("Origin")).isEqualTo("https://evil.example");
        assertThat(arrived.get("Cookie")).isEqualTo("pregao_refresh=x");
    }

    @Test
    void passesBodiesAndHeadersOfTerminalsUntouched() {
        byte[] body = { 31, -117, 8, 0, 1, 2, 3, 0, -1 };
        gateway.client()
            .post()
            .uri("/ingest_batch")
            .header("X-API-Key", RunningGateway.KEY)
            .header("Content-Encoding", "gzip")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Prefer", "return=minimal")
            .header("X-UTC-Offset", "+02:00")
            .bodyValue(body)
            .exchange()
            .expectStatus()
            .isOk();
        StubService.Received received = INGEST.received().getFirst();
        assertThat(received.body()).isEqualTo(new String(body, StandardCharsets.ISO_8859_1));
        assertThat(List.of(received.headers().get("Content-Encoding"), received.headers().get("Content-Type"),
                received.headers().get("Prefer"), received.headers().get("X-UTC-Offset")))
            .containsExactly("gzip", "application/x-www-form-urlencoded", "return=minimal", "+02:00");
    }

    @Test
    void passesTheTraceOnAndBeginsOneWhereThereIsNone() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        gateway.client().get().uri("/health").header("traceparent", parent).exchange().expectStatus().isOk();
        gateway.client().get().uri("/health").header("traceparent", "nonsense").exchange().expectStatus().isOk();
        List<StubService.Received> received = INGEST.received();
        assertThat(received.get(0).headers().getAll("traceparent")).containsExactly(parent);
        assertThat(received.get(1).headers().getAll("traceparent")).singleElement()
            .asString()
            .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }

    @Test
    void passesAnswersOn() {
        call("POST", "/ingest/busy", RunningGateway.KEY).expectStatus()
            .isEqualTo(503)
            .expectHeader()
            .valueEquals("Retry-After", "7")
            .expectHeader()
            .valueEquals("X-Content-Type-Options", "nosniff")
            .expectBody()
            .json("{\"type\":\"/problems/queue-full\"}");
    }

    @Test
    void tellsWhenAServiceIsTooSlow() {
        problem(call("POST", "/ingest/never", RunningGateway.KEY), 504, "gateway-timeout").valueEquals("Retry-After",
                "1");
    }

    @Test
    void neverSendsABatchTwice() {
        problem(call("POST", "/ingest/drop", RunningGateway.KEY), 503, "unavailable").valueEquals("Retry-After", "1");
        assertThat(INGEST.received()).hasSize(1);
    }

    private static JWKSet publicKeys() throws ParseException {
        byte[] body = gateway.client()
            .get()
            .uri("/.well-known/jwks.json")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
        String text = new String(body, StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("\"d\"");
        return JWKSet.parse(text);
    }

    private static WebTestClient.ResponseSpec call(String method, String address, String key) {
        return gateway.client()
            .method(HttpMethod.valueOf(method))
            .uri(java.net.URI.create("http://127.0.0.1:" + gateway.port() + address))
            .header("X-API-Key", key)
            .exchange();
    }

    private static org.springframework.test.web.reactive.server.HeaderAssertions problem(
            WebTestClient.ResponseSpec response, int status, String name) {
        response.expectStatus().isEqualTo(status).expectHeader().contentType("application/problem+json");
        response.expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/" + name)
            .jsonPath("$.status")
            .isEqualTo(status)
            .jsonPath("$.trace_id")
            .value((id) -> assertThat(String.valueOf(id)).matches("[0-9a-f]{32}"));
        return response.expectHeader();
    }

}
