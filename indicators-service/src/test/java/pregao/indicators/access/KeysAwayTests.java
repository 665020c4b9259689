package pregao.indicators.access;

import org.junit.jupiter.api.Test;

import pregao.fixtures.MarketDatabase;
import pregao.fixtures.RunningService;
import pregao.fixtures.TokenSigner;
import pregao.indicators.TestedService;

/**
 * What callers get while the gateway's keys cannot be fetched.
 */
class KeysAwayTests {

    @Test
    void saysComeBack() {
        TokenSigner signer = new TokenSigner();
        signer.stop();
        try (RunningService service = TestedService.start(MarketDatabase.shared(), signer.url())) {
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
