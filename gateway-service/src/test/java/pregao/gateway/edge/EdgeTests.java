package pregao.gateway.edge;

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
 * What browsers are told.
 */
class EdgeTests {

    private static final String LISTED = "http://localhost:8080";

    private static final StubService INGEST = new StubService();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("pregao.ingest-url=" + INGEST.url(), "pregao.cors.allowed-origins=" + LISTED);
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
                .value("Content-Security-Policy", (policy) -> assertThat(policy).contains("frame-ancestors 'none'"));
        }
    }

    @Test
    void listsNoOriginByDefaultAndMapsThem() {
        assertThat(bound(Map.of()).allowedOrigins()).isEmpty();
        assertThat(bound(Map.of("pregao.cors.allowed-origins", "http://a.example,https://b.example")).allowedOrigins())
            .containsExactly("http://a.example", "https://b.example");
    }

    private static CorsSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.cors",
                CorsSettings.class);
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
