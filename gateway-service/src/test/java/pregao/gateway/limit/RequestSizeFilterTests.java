package pregao.gateway.limit;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;

import pregao.gateway.RunningGateway;
import pregao.gateway.StubService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RequestSizeFilter} with and without {@code Content-Length}.
 */
class RequestSizeFilterTests {

    private static final int MAX = 8 << 20;

    private static final StubService INGEST = new StubService();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("pregao.ingest-url=" + INGEST.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        INGEST.close();
    }

    @Test
    void letsTheLargestBodyPass() {
        INGEST.received();
        post().bodyValue(new byte[MAX]).exchange().expectStatus().isOk();
        chunked(MAX).expectStatus().isOk();
        assertThat(INGEST.received()).extracting((received) -> received.body().length()).containsExactly(MAX, MAX);
    }

    @Test
    void refusesABodyThatSaysItIsLarger() {
        verifyRejected(post().bodyValue(new byte[MAX + 1]).exchange());
        verifyRejected(post().bodyValue(new byte[4 * MAX]).exchange());
    }

    @Test
    void refusesABodyThatTurnsOutToBeLarger() {
        verifyRejected(chunked(MAX + 1));
        verifyRejected(chunked(4 * MAX));
    }

    @Test
    void allowsLessWhereNoQuotesAreSent() {
        verifyRejected(gateway.client()
            .post()
            .uri("/api/auth/login")
            .header("Content-Type", "application/json")
            .bodyValue(new byte[(1 << 20) + 1])
            .exchange());
    }

    @Test
    void hasADefaultAndMapsIt() {
        assertThat(bound(Map.of()))
            .isEqualTo(new RequestSizeProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(8)));
        assertThat(bound(
                Map.of("pregao.gateway.max-request-size", "2KB", "pregao.gateway.max-ingest-request-size", "3KB")))
            .isEqualTo(new RequestSizeProperties(DataSize.ofKilobytes(2), DataSize.ofKilobytes(3)));
    }

    private static RequestSizeProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("pregao.gateway",
                RequestSizeProperties.class);
    }

    private static WebTestClient.RequestBodySpec post() {
        return gateway.client().post().uri("/ingest").header("X-API-Key", RunningGateway.KEY);
    }

    private static WebTestClient.ResponseSpec chunked(int size) {
        byte[] bytes = new byte[size];
        int firstLength = size / 2;
        DefaultDataBufferFactory buffers = DefaultDataBufferFactory.sharedInstance;
        Flux<DataBuffer> parts = Flux.just(buffers.wrap(java.util.Arrays.copyOf(bytes, firstLength)),
                buffers.wrap(java.util.Arrays.copyOf(bytes, size - firstLength)));
        return post().body(BodyInserters.fromDataBuffers(parts)).exchange();
    }

    private static void verifyRejected(WebTestClient.ResponseSpec response) {
        response.expectStatus()
            .isEqualTo(413)
            .expectHeader()
            .contentType("application/problem+json")
            .expectBody()
            .jsonPath("$.type")
            .isEqualTo("/problems/content-too-large");
    }

}
