package pregao.indicators.access;

import org.junit.jupiter.api.Test;
import pregao.indicators.MarketDatabase;
import pregao.indicators.RunningService;
import pregao.indicators.TokenSigner;

/**
 * What callers get while the gateway's keys cannot be fetched.
 */
class KeysAwayTests {

    @Test
    void saysComeBack() {
        TokenSigner signer = new TokenSigner();
        signer.stop();
        try (RunningService service = RunningService.start(MarketDatabase.shared(), signer.url())) {
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
