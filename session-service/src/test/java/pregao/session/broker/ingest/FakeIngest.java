package pregao.session.broker.ingest;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArraySet;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;

import pregao.testsupport.BlockHoundSupport;

/**
 * A fake of the ingest API. It stores candles by their open time, returns cursors, and
 * can be stopped.
 */
public final class FakeIngest implements AutoCloseable {

    static {
        BlockHoundSupport.mustNotBlock(); // before the first event loop starts
    }

    public static final String KEY = "pregao_test";

    static final String UNKNOWN_KEY = "pregao_not-known-yet";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, TreeMap<Long, JsonNode>> finalCandles = new TreeMap<>();

    private final Map<String, TreeMap<Long, JsonNode>> formingCandles = new TreeMap<>();

    private final Set<String> keys = new CopyOnWriteArraySet<>();

    private final List<Integer> requestSizes = new ArrayList<>();

    private final Deque<Integer> nextStatuses = new ConcurrentLinkedDeque<>();

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private int maxCandles = Integer.MAX_VALUE;

    private int port;

    private @Nullable DisposableServer server;

    public FakeIngest() {
        start();
    }

    /** Starts the server, on the previous port after a stop. */
    public void start() {
        DisposableServer newServer = HttpServer.create()
            .host("127.0.0.1")
            .port(this.port)
            .doOnConnection((connection) -> this.connections.add(connection.channel()))
            .route((routes) -> routes.post("/ingest", this::handleIngest).get("/ingest/cursor", this::handleCursor))
            .bindNow(TIMEOUT);
        this.port = newServer.port();
        this.server = newServer;
    }

    /** Stops the server and keeps the stored candles. */
    public void stop() {
        DisposableServer current = this.server;
        if (current != null) {
            current.disposeNow(TIMEOUT);
            this.connections.close().syncUninterruptibly();
            this.server = null;
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + this.port);
    }

    public IngestClient createClient() {
        return new IngestClient(new IngestClientProperties(url(), Duration.ofSeconds(2)));
    }

    /** Sets the statuses of the next responses. */
    public void respondWith(int... statuses) {
        for (int status : statuses) {
            this.nextStatuses.add(status);
        }
    }

    /** Sets the size above which requests are rejected with 413. */
    public void setMaxCandles(int candles) {
        this.maxCandles = candles;
    }

    /** Returns the final candles of a symbol by their open time in epoch seconds. */
    public synchronized NavigableMap<Long, JsonNode> finalCandles(String symbol) {
        return new TreeMap<>(this.finalCandles.getOrDefault(symbol, new TreeMap<>()));
    }

    /** Returns the latest forming candles of a symbol by open time in epoch seconds. */
    public synchronized NavigableMap<Long, JsonNode> formingCandles(String symbol) {
        return new TreeMap<>(this.formingCandles.getOrDefault(symbol, new TreeMap<>()));
    }

    /** Returns the API keys of all requests. */
    public Set<String> keys() {
        return this.keys;
    }

    public synchronized List<Integer> requestSizes() {
        return List.copyOf(this.requestSizes);
    }

    private Mono<Void> handleIngest(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap((body) -> {
            JsonNode items = IngestResponseMapper.parse(body).path("items");
            Integer status = this.nextStatuses.poll();
            String key = request.requestHeaders().get("X-API-Key", "");
            this.keys.add(key);
            if (key.equals(UNKNOWN_KEY)) {
                status = 401;
            }
            else if (items.size() > this.maxCandles) {
                status = 413;
            }
            if (status != null) {
                return response.status(status).header("Retry-After", "0").sendString(Mono.just("{}")).then();
            }
            store(items);
            return response.sendString(Mono.just("{\"received\":%d,\"rejected\":0}".formatted(items.size()))).then();
        });
    }

    private synchronized void store(JsonNode items) {
        this.requestSizes.add(items.size());
        for (JsonNode item : items) {
            String symbol = item.path("symbol").asString();
            long from = Instant.parse(item.path("ts").asString()).getEpochSecond();
            if (item.path("final").asBoolean()) {
                // A stored final candle does not change.
                this.finalCandles.computeIfAbsent(symbol, (key) -> new TreeMap<>()).putIfAbsent(from, item);
            }
            else {
                this.formingCandles.computeIfAbsent(symbol, (key) -> new TreeMap<>()).put(from, item);
            }
        }
    }

    private synchronized Mono<Void> handleCursor(HttpServerRequest request, HttpServerResponse response) {
        String symbol = new QueryStringDecoder(request.uri()).parameters()
            .getOrDefault("symbol", List.of(""))
            .getFirst();
        NavigableMap<Long, JsonNode> stored = finalCandles(symbol);
        String next = stored.isEmpty() ? "null" : '"' + Instant.ofEpochSecond(stored.lastKey() + 60).toString() + '"';
        return response.sendString(Mono.just("{\"next_ts\":%s}".formatted(next))).then();
    }

    @Override
    public void close() {
        stop();
    }

}
