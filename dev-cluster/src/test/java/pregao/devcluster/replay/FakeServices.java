package pregao.devcluster.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Timeframe;

/**
 * A model of the services behind one port: what was posted once is kept once, and M1
 * candles of bids can be read back.
 */
public final class FakeServices implements AutoCloseable {

    public static final String KEY = "key-of-the-test";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;

    private final Deque<Failure> failures = new ArrayDeque<>();

    private final List<Integer> sizes = new ArrayList<>();

    private final List<JsonNode> arrivals = new ArrayList<>();

    private final Set<JsonNode> ticks = new LinkedHashSet<>();

    private final Map<String, JsonNode> candles = new TreeMap<>();

    private int most = IngestEndpoint.MOST_ITEMS;

    private String newest = "";

    private Runnable arrival = () -> {
    };

    public FakeServices() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.server.createContext("/", this::handle);
        this.server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
    }

    synchronized void failNext(int status, Map<String, String> headers, String body) {
        this.failures.add(new Failure(status, headers, body));
    }

    synchronized void takeAtMost(int items) {
        this.most = items;
    }

    /**
     * What the cursor of every series says.
     */
    public synchronized void knowsUpTo(String minute) {
        this.newest = minute;
    }

    /**
     * Does something whenever candles arrive.
     */
    public synchronized void onCandles(Runnable action) {
        this.arrival = action;
    }

    /**
     * What was posted, in the order of arrival, repeats too.
     */
    public synchronized List<JsonNode> arrivals() {
        return List.copyOf(this.arrivals);
    }

    /**
     * How many items each answered request had.
     */
    synchronized List<Integer> sizes() {
        return List.copyOf(this.sizes);
    }

    /**
     * What was posted, once each.
     */
    synchronized Set<JsonNode> ticks() {
        return Set.copyOf(this.ticks);
    }

    public synchronized int candles() {
        return this.candles.size();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Failure failure = this.failures.poll();
            if (failure != null) {
                failure.headers().forEach(exchange.getResponseHeaders()::add);
                answer(exchange, failure.status(), failure.body());
            }
            else if (!KEY.equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
                answer(exchange, 401, "{\"title\":\"no such key\"}");
            }
            else {
                switch (exchange.getRequestURI().getPath()) {
                    case "/ingest" -> take(exchange, JSON.readTree(body).path("items"), false);
                    case "/ingest/tick" -> take(exchange, JSON.readTree(body).path("ticks"), true);
                    case "/ingest/cursor" ->
                        answer(exchange, 200, this.newest.isEmpty() ? "{}" : "{\"last_ts\":\"" + this.newest + "\"}");
                    case "/api/market-data" -> answer(exchange, 200, page(exchange.getRequestURI().getQuery()));
                    default -> answer(exchange, 404, "{\"title\":\"no such path\"}");
                }
            }
        }
    }

    private void take(HttpExchange exchange, JsonNode items, boolean areTicks) throws IOException {
        if (items.size() > this.most) {
            answer(exchange, 413, "{\"title\":\"too many\"}");
            return;
        }
        this.sizes.add(items.size());
        if (!areTicks) {
            this.arrival.run();
        }
        int inserted = 0;
        int rejected = 0;
        ArrayNode details = JSON.createArrayNode();
        for (JsonNode item : items) {
            this.arrivals.add(item);
            if (areTicks) {
                this.ticks.add(item);
            }
            else if (item.path("open").asDouble(0) > item.path("high").asDouble(0)) {
                rejected++;
                details.addObject()
                    .put("symbol", item.path("symbol").asString())
                    .put("ts_original", item.path("ts").asString())
                    .put("status", "rejected")
                    .put("reason", "high does not enclose open");
            }
            else if (this.candles.put(item.path("symbol") + "|" + item.path("ts"), item) == null) {
                inserted++;
            }
        }
        ObjectNode answer = JSON.createObjectNode().put("ok", true).put("received", items.size());
        if (!areTicks) {
            answer.put("inserted", inserted).put("updated", 0).put("duplicates", items.size() - inserted - rejected);
        }
        answer.put("rejected", rejected).set("details", details);
        answer(exchange, (rejected == items.size()) ? 422 : 200, answer.toString());
    }

    /**
     * The M1 candles of all bids, three a page.
     */
    private String page(String query) {
        SortedMap<Long, ObjectNode> minutes = new TreeMap<>();
        this.ticks.stream()
            .sorted((left, right) -> (time(left) != time(right)) ? Long.compare(time(left), time(right))
                    : Integer.compare(left.path("seq").asInt(), right.path("seq").asInt()))
            .forEach((tick) -> fold(minutes, tick));
        long after = query.contains("&cursor=") ? Long.parseLong(query.replaceAll(".*&cursor=(\\d+).*", "$1"))
                : Long.MIN_VALUE;
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        SortedMap<Long, ObjectNode> rest = minutes.tailMap(after + 1);
        rest.values().stream().limit(3).forEach(items::add);
        if (rest.size() > 3) {
            answer.put("next", String.valueOf(rest.keySet().stream().skip(2).findFirst().orElseThrow()));
        }
        else {
            answer.putNull("next");
        }
        return answer.toString();
    }

    private static void fold(Map<Long, ObjectNode> minutes, JsonNode tick) {
        long minute = Timeframe.M1.bucketStart(time(tick));
        double bid = tick.path("bid").asDouble();
        ObjectNode candle = minutes.computeIfAbsent(minute,
                (start) -> JSON.createObjectNode()
                    .put("ts", Instant.ofEpochMilli(start).toString())
                    .put("open", bid)
                    .put("high", bid)
                    .put("low", bid));
        candle.put("high", Math.max(candle.path("high").asDouble(), bid));
        candle.put("low", Math.min(candle.path("low").asDouble(), bid));
        candle.put("close", bid);
    }

    private static long time(JsonNode item) {
        return Instant.parse(item.path("ts").asString()).toEpochMilli();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

    private record Failure(int status, Map<String, String> headers, String body) {
    }

}
