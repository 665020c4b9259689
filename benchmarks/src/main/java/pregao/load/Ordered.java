package pregao.load;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
 * How long after a minute's candle is published the orders that bots decide on it are at
 * Binance's simulator, by the simulator's clock: through indicators-service,
 * strategy-service and its ledger, and session-service.
 */
final class Ordered {

    private static final long MINUTE = 60_000;

    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();

    private final JsonMapper json = JsonMapper.builder().build();

    private final Map<String, Long> published = new HashMap<>();

    private final Options options;

    private final Clock clock;

    Ordered(Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Waits for so many orders as there are to be requests.
     * @return the delays in milliseconds
     */
    Histogram measure() throws IOException, InterruptedException {
        long begin = this.clock.millis();
        Histogram delays = new Histogram(3);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.options.kafka()), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topic.CANDLE.topicName())
                .stream()
                .map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            while (delays.getTotalCount() < this.options.requests()
                    && this.clock.millis() - begin < PATIENCE.toMillis()) {
                consumer.poll(Duration.ofSeconds(5)).forEach(this::seen);
                delays.reset();
                for (JsonNode order : orders()) {
                    long time = order.path("workingTime").asLong();
                    Long closed = this.published.get(name(order.path("symbol").asString(), time / MINUTE - 1));
                    if (closed != null) {
                        delays.recordValue(Math.max(0, time - closed));
                    }
                }
            }
        }
        return delays;
    }

    private void seen(ConsumerRecord<String, byte[]> record) {
        Candle candle = CandleCodec.decode(record.value()).candle();
        if (candle.complete() && candle.timeframe() == Timeframe.M1) {
            this.published.putIfAbsent(name(candle.instrument().symbol(), candle.openTime() / MINUTE),
                    record.timestamp());
        }
    }

    private static String name(String symbol, long minute) {
        return symbol + minute;
    }

    private List<JsonNode> orders() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(this.options.url().resolve("/control/orders"))
            .timeout(ANSWER)
            .build();
        String body = this.client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return List.copyOf(this.json.readTree(body).path("items").values());
    }

}
