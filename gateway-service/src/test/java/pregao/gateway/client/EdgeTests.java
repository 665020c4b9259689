package pregao.gateway.client;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of CORS and security headers.
 */
class EdgeTests {

    private static final String LISTED = "http://localhost:8080";

    private static final StubService INGEST = new StubService();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("pregao.ingest-url=" + INGEST.url(), "pregao.cors.allowed-origins=" + LISTED,
                "pregao.trusted-proxies=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        INGEST.close();
    }

    @Test
    void letsListedOriginsRead() {
        gateway.client()
            .get()
            .uri("/health")
            .header("Origin", LISTED)
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .valueEquals("Access-Control-Allow-Origin", LISTED);
    }

    @Test
    void answersOtherOriginsWithoutLettingThemRead() {
        gateway.client()
            .get()
            .uri("/health")
            .header("Origin", "http://evil.example")
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .doesNotExist("Access-Control-Allow-Origin");
    }

    @Test
    void answersTheQuestionOfABrowserBeforeItSendsAKey() {
        preflight(LISTED).expectStatus()
            .isOk()
            .expectHeader()
            .value("Access-Control-Allow-Headers", (names) -> assertThat(names).containsIgnoringCase("x-api-key"));
        preflight("http://evil.example").expectStatus()
            .isForbidden()
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/origin-not-allowed");
    }

    @Test
    void saysWhatBrowsersMustNotDoOnEveryAnswer() {
        for (String path : List.of("/health", "/nothing", "/ingest", "/.well-known/jwks.json")) {
            gateway.client()
                .get()
                .uri(path)
                .exchange()
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .value("Content-Security-Policy", (policy) -> assertThat(policy).contains("frame-ancestors 'none'"))
                .expectHeader()
                .valueEquals("X-Frame-Options", "DENY")
                .expectHeader()
                .valueEquals("Cross-Origin-Opener-Policy", "same-origin")
                .expectHeader()
                .valueEquals("Cross-Origin-Embedder-Policy", "require-corp")
                .expectHeader()
                .valueEquals("Cross-Origin-Resource-Policy", "same-origin")
                .expectHeader()
                .valueEquals("X-Permitted-Cross-Domain-Policies", "none")
                .expectHeader()
                .value("Permissions-Policy", (policy) -> assertThat(policy).contains("geolocation=()"))
                .expectHeader()
                .exists("Cache-Control");
        }
    }

    @Test
    void asksForTlsAlwaysWhereARequestCameByIt() {
        gateway.client()
            .get()
            .uri("/health")
            .header("X-Forwarded-Proto", "https")
            .exchange()
            .expectHeader()
            .value("Strict-Transport-Security", (policy) -> assertThat(policy).contains("max-age=63072000"));
        gateway.client().get().uri("/health").exchange().expectHeader().doesNotExist("Strict-Transport-Security");
    }

    @Test
    void tellsNothingOfTheProgramsBehindIt() {
        gateway.client()
            .get()
            .uri("/health")
            .exchange()
            .expectHeader()
            .doesNotExist("Server")
            .expectHeader()
            .doesNotExist("X-Powered-By");
    }

    @Test
    void saysBehindATrustedProxyWhereARequestCameFrom() {
        INGEST.received();
        gateway.client()
            .get()
            .uri("/health")
            .header("X-Forwarded-For", "10.9.9.9, 198.51.100.7")
            .header("X-User-Id", "root")
            .exchange()
            .expectStatus()
            .isOk();
        StubService.Received received = INGEST.received().getFirst();
        assertThat(received.headers().getAll("X-Forwarded-For")).containsExactly("198.51.100.7");
        assertThat(received.headers().contains("X-User-Id")).isFalse();
    }

    @Test
    void listsNoOriginByDefaultAndMapsThem() {
        assertThat(bound(Map.of()).allowedOrigins()).isEmpty();
        assertThat(bound(Map.of("pregao.cors.allowed-origins", "http://a.example,https://b.example")).allowedOrigins())
            .containsExactly("http://a.example", "https://b.example");
    }

    private static CorsProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.cors",
                CorsProperties.class);
    }

    private static WebTestClient.ResponseSpec preflight(String origin) {
        return gateway.client()
            .options()
            .uri("/ingest")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-api-key,content-type")
            .exchange();
    }

}
