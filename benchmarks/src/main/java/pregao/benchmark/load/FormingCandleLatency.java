package pregao.benchmark.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import pregao.contracts.Topic;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;

/**
 * How long after a tick is sent its forming candle can be read on the topic
 * {@code candle}. Each request is one tick with a bid of its own, by which its candle is
 * known again.
 */
final class FormingCandleLatency {

    private static final long FIRST_BID = 100_000_000;

    private static final long STEP = 1000;

    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final Options options;

    private final Clock clock;

    private final Map<Long, Long> sentAt = new ConcurrentHashMap<>();

    private final Histogram nanos = new Histogram(3);

    FormingCandleLatency(Options options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Sends and follows.
     * @return the delays in nanoseconds
     */
    Histogram measure() throws IOException, InterruptedException {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.options.kafka(),
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topic.CANDLE.topicName())
                .stream()
                .map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            Thread sender = Thread.ofPlatform().start(this::send);
            long until = Long.MAX_VALUE;
            while (System.nanoTime() < until && this.nanos.getTotalCount() < this.options.requests()) {
                consumer.poll(Duration.ofMillis(10)).forEach((record) -> seen(record.value()));
                if (until == Long.MAX_VALUE && !sender.isAlive()) {
                    until = System.nanoTime() + LAST_WAIT.toNanos();
                }
            }
            sender.join(LAST_WAIT);
        }
        return this.nanos;
    }

    private void seen(byte[] value) {
        CandleEvent event = CandleCodec.decode(value);
        Long sent = (event.lastBid() != 0) ? this.sentAt.remove(event.lastBid()) : null;
        if (sent != null) {
            this.nanos.recordValue(System.nanoTime() - sent);
        }
    }

    private void send() {
        try (KeepAliveConnection connection = new KeepAliveConnection(this.options.url())) {
            long pause = 1_000_000_000L / Math.max(1, this.options.rate());
            long due = System.nanoTime();
            for (int i = 0; i < this.options.requests(); i++, due += pause) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long bid = FIRST_BID + i * STEP;
                this.sentAt.put(bid, due);
                connection.exchange(tick("FORMING" + i % this.options.batch(), bid));
            }
        }
        catch (IOException ex) {
            throw new IllegalStateException("the ticks could not be sent", ex);
        }
    }

    private byte[] tick(String symbol, long bid) {
        String body = "{\"ticks\":[{\"symbol\":\"%s\",\"ts\":\"%s\",\"bid\":%d.%08d,\"ask\":%d.%08d}]}".formatted(
                symbol, this.clock.instant(), bid / FIRST_BID, bid % FIRST_BID, (bid + STEP) / FIRST_BID,
                (bid + STEP) % FIRST_BID);
        return ("POST /ingest/tick HTTP/1.1\r\nHost: load\r\nX-API-Key: %s\r\nContent-Type: application/json\r\n"
                + "Content-Length: %d\r\n\r\n%s")
            .formatted(this.options.key(), body.length(), body)
            .getBytes(StandardCharsets.US_ASCII);
    }

}
