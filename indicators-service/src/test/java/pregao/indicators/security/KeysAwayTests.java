package pregao.indicators.security;

import org.junit.jupiter.api.Test;

import pregao.indicators.IndicatorsTestEnvironment;
import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;
import pregao.testsupport.TestTokenIssuer;

/**
 * Tests for the responses while the keys of the gateway cannot be fetched.
 */
class KeysAwayTests {

    @Test
    void saysComeBack() {
        TestTokenIssuer signer = new TestTokenIssuer();
        signer.stop();
        try (ServiceUnderTest service = IndicatorsTestEnvironment.start(MarketTestDatabase.shared(), signer.url())) {
            service.client()
                .get()
                .uri("/api/instruments")
                .headers((headers) -> headers.setBearerAuth(signer.token("read")))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/unavailable");
        }
    }

}
