package pregao.benchmark.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;

/**
 * How long after a minute's candle is published the entries that bots decide on it are at
 * Binance's simulator, by the simulator's clock: through indicators-service,
 * strategy-service and its ledger, and session-service. Only minutes that are published
 * while it watches count. The simulator is asked some seconds after a close, when no
 * order has to wait for that.
 */
final class OrderLatency {

    private static final long MINUTE = 60_000;

    private static final long QUIET = 6_000;

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(60);

    private static final Duration FIRST_PATIENCE = Duration.ofMinutes(4);

    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();

    private final JsonMapper json = JsonMapper.builder().build();

    private final Map<String, Long> published = new HashMap<>();

    private final Options options;

    private final Clock clock;

    private long closed;

    OrderLatency(Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Waits for so many entries as there are to be requests.
     * @return the delays in milliseconds
     */
    Histogram measure() throws IOException, InterruptedException {
        Histogram delays = new Histogram(3);
        watch(REQUEST_TIMEOUT, (found) -> found.values().stream().mapToInt(List::size).sum() >= this.options.requests())
            .values()
            .forEach((close) -> close.forEach(delays::recordValue));
        return delays;
    }

    /**
     * Waits for the first close that is followed by entries.
     * @return the delays of these entries in milliseconds, in their order; empty where
     * there were none
     */
    List<Long> first() throws IOException, InterruptedException {
        SortedMap<Long, List<Long>> found = watch(FIRST_PATIENCE, (closes) -> !closes.isEmpty());
        return found.values().stream().limit(1).flatMap(List::stream).sorted().toList();
    }

    private SortedMap<Long, List<Long>> watch(Duration patience, Predicate<SortedMap<Long, List<Long>>> enough)
            throws IOException, InterruptedException {
        long begin = this.clock.millis();
        SortedMap<Long, List<Long>> found = new TreeMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.options.kafka()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topic.CANDLE.topicName())
                .stream()
                .map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            while (!enough.test(found) && this.clock.millis() - begin < patience.toMillis()) {
                consumer.poll(POLL).forEach(this::seen);
                if (this.closed > 0 && this.clock.millis() - this.closed > QUIET) {
                    this.closed = 0;
                    found = entries();
                }
            }
        }
        return found;
    }

    private void seen(ConsumerRecord<String, byte[]> record) {
        Candle candle = CandleCodec.decode(record.value()).candle();
        if (candle.isFinal() && candle.timeframe() == Timeframe.M1) {
            this.published.putIfAbsent(name(candle.instrument().symbol(), candle.openTime() / MINUTE),
                    record.timestamp());
            this.closed = this.clock.millis();
        }
    }

    private static String name(String symbol, long minute) {
        return symbol + minute;
    }

    /** The delays of entries, by the minute that was over. */
    private SortedMap<Long, List<Long>> entries() throws IOException, InterruptedException {
        SortedMap<Long, List<Long>> found = new TreeMap<>();
        for (JsonNode order : orders()) {
            long time = order.path("workingTime").asLong();
            long minute = time / MINUTE - 1;
            Long close = this.published.get(name(order.path("symbol").asString(""), minute));
            if (close != null && isEntry(order)) {
                found.computeIfAbsent(minute, (first) -> new ArrayList<>()).add(Math.max(0, time - close));
            }
        }
        return found;
    }

    /** What protects a position, or sells it within a minute, follows no close. */
    private static boolean isEntry(JsonNode order) {
        return order.path("side").asString("").equals("BUY") && order.path("timeInForce").asString("").equals("IOC");
    }

    private List<JsonNode> orders() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(this.options.url().resolve("/control/orders"))
            .timeout(ANSWER)
            .build();
        String body = this.client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return List.copyOf(this.json.readTree(body).path("items").values());
    }

}
