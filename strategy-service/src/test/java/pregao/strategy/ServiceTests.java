package pregao.strategy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

/**
 * Tests of the whole service: startup, health and authentication.
 */
class ServiceTests {

    private static final TestTokenIssuer SIGNER = new TestTokenIssuer();

    private static final ServiceUnderTest SERVICE = StrategyTestEnvironment.start(StrategyDatabase.shared().market(),
            SIGNER.url());

    @AfterAll
    static void stop() {
        SERVICE.close();
        SIGNER.stop();
    }

    @Test
    void isReadyAndDescribesItself() {
        SERVICE.client().get().uri("/livez").exchange().expectStatus().isOk();
        SERVICE.client().get().uri("/v3/api-docs").exchange().expectStatus().isOk();
    }

    @Test
    void letsNobodyInWithoutAGoodToken() {
        for (String token : new String[] { SIGNER.expired(), SIGNER.forOthers(), SIGNER.byOthers(), SIGNER.byNobody(),
                SIGNER.withoutExpiry(), SIGNER.forged(), SIGNER.unsigned(), "x" }) {
            SERVICE.client()
                .get()
                .uri("/api/bots")
                .headers((headers) -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        }
        SERVICE.client()
            .get()
            .uri("/api/bots")
            .headers((headers) -> headers.setBearerAuth(SIGNER.token("ingest")))
            .exchange()
            .expectStatus()
            .isEqualTo(HttpStatus.FORBIDDEN)
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/forbidden");
    }

}
