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
 * Ingest, as seen by who sends.
 */
@Component
public class IngestClient {

    /** The most candles of a request. */
    public static final int MAX_COUNT = 500;

    private static final int CONNECTIONS = 8;

    private static final int WAITING = 256;

    private final HttpClient http;

    private final Duration patience;

    IngestClient(IngestClientProperties settings) {
        this.patience = settings.timeout();
        this.http = HttpClient
            .create(ConnectionProvider.builder("ingest")
                .maxConnections(CONNECTIONS)
                .pendingAcquireMaxCount(WAITING)
                .pendingAcquireTimeout(this.patience)
                .maxIdleTime(Duration.ofSeconds(30))
                .build())
            .baseUrl(settings.url().toString())
            .responseTimeout(this.patience);
    }

    /**
     * Posts candles, once; a request that is too large is cut in halves.
     * @param key of the feed
     * @param candles at most {@link #MAX_COUNT}
     * @return what became of them, or {@link IngestUnavailableException}
     */
    public Mono<IngestResult> send(String key, List<CandlePayload> candles) {
        if (candles.isEmpty()) {
            return Mono.just(IngestResult.NOTHING);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode(candles.size());
        candles.forEach((candle) -> items.add(candle.toJson()));
        String body = IngestResponseMapper.write(JsonNodeFactory.instance.objectNode().set("items", items));
        return execute(this.http
            .headers((headers) -> headers.set("X-API-Key", key)
                .set("Prefer", "return=minimal")
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON))
            .post()
            .uri("/ingest")
            .send(ByteBufMono.fromString(Mono.just(body)))
            .responseSingle(IngestClient::read))
            .flatMap((answer) -> (answer.status() == 413 && candles.size() > 1) ? halves(key, candles)
                    : Mono.just(IngestResponseMapper.posted(answer.status(), answer.body(), candles.size())));
    }

    private Mono<IngestResult> halves(String key, List<CandlePayload> candles) {
        int half = candles.size() / 2;
        return send(key, candles.subList(0, half))
            .flatMap((first) -> send(key, candles.subList(half, candles.size())).map(first::plus));
    }

    /**
     * Asks where to go on.
     * @param key of the feed
     * @param symbol of what
     * @param timeframe of which candles
     * @return the open time of the first candle that is not stored and final; empty where
     * there is none at all; or {@link IngestUnavailableException}
     */
    public Mono<Optional<Instant>> next(String key, String symbol, Timeframe timeframe) {
        String query = "?symbol=" + URLEncoder.encode(symbol, StandardCharsets.UTF_8) + "&timeframe="
                + timeframe.name();
        return execute(this.http.headers((headers) -> headers.set("X-API-Key", key))
            .get()
            .uri("/ingest/cursor" + query)
            .responseSingle(IngestClient::read)).flatMap((answer) -> {
                if (answer.status() != 200) {
                    return Mono.error(new IngestUnavailableException(
                            "the cursor of " + symbol + " is unknown: " + answer.status(), Duration.ZERO));
                }
                String next = answer.body().path("next_ts").asString("");
                return Mono.just(next.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(next)));
            });
    }

    private static Mono<IngestResponse> read(HttpClientResponse response, ByteBufMono body) {
        return body.asString()
            .defaultIfEmpty("")
            .map((text) -> new IngestResponse(response.status().code(), IngestResponseMapper.read(text),
                    IngestResponseMapper.wait(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER, ""))));
    }

    private Mono<IngestResponse> execute(Mono<IngestResponse> answer) {
        return answer.timeout(this.patience)
            .onErrorMap(
                    (failure) -> failure instanceof IOException || failure instanceof TimeoutException
                            || failure instanceof IllegalStateException,
                    (failure) -> new IngestUnavailableException(failure.toString(), Duration.ZERO))
            .flatMap((said) -> IngestResponseMapper.isForNow(said.status())
                    ? Mono.error(new IngestUnavailableException("ingest answers " + said.status(), said.retryAfter()))
                    : Mono.just(said));
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body an empty object where it was not JSON
     * @param retryAfter how long it wants to be left alone
     */
    private record IngestResponse(int status, JsonNode body, Duration retryAfter) {

    }

}
