package pregao.session.ingest;

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
public class IngestDoor {

    /** The most candles of a request. */
    public static final int MOST = 500;

    private static final int CONNECTIONS = 8;

    private static final int WAITING = 256;

    private final HttpClient http;

    private final Duration patience;

    IngestDoor(IngestSettings settings) {
        this.patience = settings.patience();
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
     * @param candles at most {@link #MOST}
     * @return what became of them, or {@link IngestAway}
     */
    public Mono<Posted> post(String key, List<GivenCandle> candles) {
        if (candles.isEmpty()) {
            return Mono.just(Posted.NOTHING);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode(candles.size());
        candles.forEach((candle) -> items.add(candle.toJson()));
        String body = Answers.write(JsonNodeFactory.instance.objectNode().set("items", items));
        return asked(this.http
            .headers((headers) -> headers.set("X-API-Key", key)
                .set("Prefer", "return=minimal")
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON))
            .post()
            .uri("/ingest")
            .send(ByteBufMono.fromString(Mono.just(body)))
            .responseSingle(IngestDoor::read))
            .flatMap((answer) -> (answer.status() == 413 && candles.size() > 1) ? halves(key, candles)
                    : Mono.just(Answers.posted(answer.status(), answer.body(), candles.size())));
    }

    private Mono<Posted> halves(String key, List<GivenCandle> candles) {
        int half = candles.size() / 2;
        return post(key, candles.subList(0, half))
            .flatMap((first) -> post(key, candles.subList(half, candles.size())).map(first::plus));
    }

    /**
     * Asks where to go on.
     * @param key of the feed
     * @param symbol of what
     * @param timeframe of which candles
     * @return the open time of the first candle that is not stored and final; empty where
     * there is none at all; or {@link IngestAway}
     */
    public Mono<Optional<Instant>> next(String key, String symbol, Timeframe timeframe) {
        String query = "?symbol=" + URLEncoder.encode(symbol, StandardCharsets.UTF_8) + "&timeframe="
                + timeframe.name();
        return asked(this.http.headers((headers) -> headers.set("X-API-Key", key))
            .get()
            .uri("/ingest/cursor" + query)
            .responseSingle(IngestDoor::read)).flatMap((answer) -> {
                if (answer.status() != 200) {
                    return Mono.error(new IngestAway("the cursor of " + symbol + " is not told: " + answer.status(),
                            Duration.ZERO));
                }
                String next = answer.body().path("next_ts").asString("");
                return Mono.just(next.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(next)));
            });
    }

    private static Mono<Answer> read(HttpClientResponse response, ByteBufMono body) {
        return body.asString()
            .defaultIfEmpty("")
            .map((text) -> new Answer(response.status().code(), Answers.read(text),
                    Answers.wait(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER, ""))));
    }

    private Mono<Answer> asked(Mono<Answer> answer) {
        return answer.timeout(this.patience)
            .onErrorMap(
                    (failure) -> failure instanceof IOException || failure instanceof TimeoutException
                            || failure instanceof IllegalStateException,
                    (failure) -> new IngestAway(failure.toString(), Duration.ZERO))
            .flatMap((said) -> Answers.isForNow(said.status())
                    ? Mono.error(new IngestAway("ingest answers " + said.status(), said.retryAfter()))
                    : Mono.just(said));
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body an empty object where it was not JSON
     * @param retryAfter how long it wants to be left alone
     */
    private record Answer(int status, JsonNode body, Duration retryAfter) {

    }

}
