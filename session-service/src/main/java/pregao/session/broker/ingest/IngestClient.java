package pregao.session.broker.ingest;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import pregao.contracts.Timeframe;

/**
 * A client of the ingest API.
 */
@Component
public class IngestClient {

    /** The maximum number of candles in a request. */
    public static final int MAX_CANDLES = 500;

    private static final int MAX_CONNECTIONS = 8;

    private static final int MAX_PENDING_ACQUIRES = 256;

    private final HttpClient httpClient;

    private final Duration requestTimeout;

    IngestClient(IngestClientProperties settings) {
        this.requestTimeout = settings.timeout();
        this.httpClient = HttpClient
            .create(ConnectionProvider.builder("ingest")
                .maxConnections(MAX_CONNECTIONS)
                .pendingAcquireMaxCount(MAX_PENDING_ACQUIRES)
                .pendingAcquireTimeout(this.requestTimeout)
                .maxIdleTime(Duration.ofSeconds(30))
                .build())
            .baseUrl(settings.url().toString())
            .responseTimeout(this.requestTimeout);
    }

    /**
     * Posts candles, without retries. If the request is too large, splits it in two.
     * @param key the API key of the feed
     * @param candles at most {@link #MAX_CANDLES} candles
     * @return the counts, or an {@link IngestUnavailableException}
     */
    public Mono<IngestResult> send(String key, List<CandlePayload> candles) {
        if (candles.isEmpty()) {
            return Mono.just(IngestResult.NOTHING);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode(candles.size());
        candles.forEach((candle) -> items.add(candle.toJson()));
        String body = IngestResponseMapper.write(JsonNodeFactory.instance.objectNode().set("items", items));
        return execute(this.httpClient
            .headers((headers) -> headers.set("X-API-Key", key)
                .set("Prefer", "return=minimal")
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON))
            .post()
            .uri("/ingest")
            .send(ByteBufMono.fromString(Mono.just(body)))
            .responseSingle(IngestClient::read))
            .flatMap((response) -> (response.status() == 413 && candles.size() > 1) ? sendInHalves(key, candles)
                    : Mono.just(IngestResponseMapper.toResult(response.status(), response.body(), candles.size())));
    }

    private Mono<IngestResult> sendInHalves(String key, List<CandlePayload> candles) {
        int middle = candles.size() / 2;
        return send(key, candles.subList(0, middle))
            .flatMap((firstResult) -> send(key, candles.subList(middle, candles.size())).map(firstResult::plus));
    }

    /**
     * Fetches where to continue a feed.
     * @param key the API key of the feed
     * @param symbol the symbol
     * @param timeframe the timeframe
     * @return the open time of the first candle that is not stored as final; empty if no
     * candle is stored; or an {@link IngestUnavailableException}
     */
    public Mono<Optional<Instant>> fetchCursor(String key, String symbol, Timeframe timeframe) {
        String query = "?symbol=" + URLEncoder.encode(symbol, StandardCharsets.UTF_8) + "&timeframe="
                + timeframe.name();
        return execute(this.httpClient.headers((headers) -> headers.set("X-API-Key", key))
            .get()
            .uri("/ingest/cursor" + query)
            .responseSingle(IngestClient::read)).flatMap((response) -> {
                if (response.status() != 200) {
                    return Mono.error(new IngestUnavailableException(
                            "the cursor of " + symbol + " is unknown: " + response.status(), Duration.ZERO));
                }
                String next = response.body().path("next_ts").asString("");
                return Mono.just(next.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(next)));
            });
    }

    private static Mono<IngestResponse> read(HttpClientResponse response, ByteBufMono body) {
        return body.asString()
            .defaultIfEmpty("")
            .map((text) -> new IngestResponse(response.status().code(), IngestResponseMapper.parse(text),
                    IngestResponseMapper
                        .parseRetryAfter(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER, ""))));
    }

    private Mono<IngestResponse> execute(Mono<IngestResponse> request) {
        return request.timeout(this.requestTimeout)
            .onErrorMap(
                    (failure) -> failure instanceof IOException || failure instanceof TimeoutException
                            || failure instanceof IllegalStateException,
                    (failure) -> new IngestUnavailableException(failure.toString(), Duration.ZERO))
            .flatMap((response) -> IngestResponseMapper.isRetryable(response.status()) ? Mono
                .error(new IngestUnavailableException("ingest answers " + response.status(), response.retryAfter()))
                    : Mono.just(response));
    }

    /**
     * A response of ingest.
     *
     * @param status the HTTP status
     * @param body the body, or an empty object if it is not JSON
     * @param retryAfter the delay that ingest requests before a retry
     */
    private record IngestResponse(int status, JsonNode body, Duration retryAfter) {

    }

}
