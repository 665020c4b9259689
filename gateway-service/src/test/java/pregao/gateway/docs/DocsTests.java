package pregao.gateway.docs;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the OpenAPI documents of all services.
 */
class DocsTests {

    private static final StubService INGEST = new StubService();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("pregao.ingest-url=" + INGEST.url(), "pregao.indicators-url=http://127.0.0.1:1",
                "pregao.session-url=" + INGEST.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        INGEST.close();
    }

    @Test
    void hasAPage() {
        gateway.client().get().uri("/docs").exchange().expectStatus().is3xxRedirection();
        gateway.client()
            .get()
            .uri("/v3/api-docs/swagger-config")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.urls.length()")
            .isEqualTo(6);
    }

    @Test
    void showsADocumentWhoseCallsGoThroughTheGateway() {
        gateway.client()
            .get()
            .uri("/v3/api-docs/ingest")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.paths['/ingest']")
            .exists()
            .jsonPath("$.servers[0].url")
            .isEqualTo("/")
            .jsonPath("$.components.securitySchemes.api_key.name")
            .isEqualTo("X-API-Key");
    }

    @Test
    void showsTheDocumentOfEveryServiceThatThePageOffers() {
        gateway.client().get().uri("/v3/api-docs/session").exchange().expectStatus().isOk();
    }

    @Test
    void showsItsOwnDocument() {
        gateway.client()
            .get()
            .uri("/v3/api-docs")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.paths['/.well-known/jwks.json']")
            .exists()
            .jsonPath("$.openapi")
            .value((version) -> assertThat(String.valueOf(version)).startsWith("3.1"));
        gateway.client().get().uri("/v3/api-docs/gateway").exchange().expectStatus().is3xxRedirection();
    }

    @Test
    void saysComeBackForTheDocumentsOfAServiceThatIsAway() {
        gateway.client().get().uri("/v3/api-docs/indicators").exchange().expectStatus().isEqualTo(503);
        gateway.client().get().uri("/v3/api-docs/nobody").exchange().expectStatus().isNotFound();
    }

}
