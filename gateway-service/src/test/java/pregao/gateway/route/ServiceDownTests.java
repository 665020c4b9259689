package pregao.gateway.route;

import org.junit.jupiter.api.Test;

import pregao.gateway.RunningGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of responses while a service is down.
 */
class ServiceDownTests {

    @Test
    void saysComeBackAndTellsNothingOfTheInside() {
        try (RunningGateway gateway = RunningGateway.start("pregao.ingest-url=http://127.0.0.1:1")) {
            gateway.client()
                .post()
                .uri("/ingest")
                .header("X-API-Key", RunningGateway.KEY)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody(String.class)
                .value((body) -> assertThat(body).doesNotContain("127.0.0.1").doesNotContain("xception"));
        }
    }

}
