package pregao.benchmark.micro;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;

import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

import pregao.contracts.Timeframe;
import pregao.contracts.tick.TickBatch;

/**
 * Ticks into M1 by Kafka Streams: windows of a minute, late ticks welcome for an hour, in
 * memory, neither logged nor cached. A record is one tick's mid. It runs in the driver
 * that Kafka's own tests use, without a broker or a network.
 */
final class KafkaStreamsTopology implements AutoCloseable {

    private static final Duration MINUTE = Duration.ofMillis(Timeframe.M1.millis());

    private static final Duration LATE = Duration.ofHours(1);

    private static final String TOPIC = "tick";

    private final TopologyTestDriver driver;

    private final TestInputTopic<String, Long> input;

    private KafkaStreamsTopology(StreamsBuilder builder) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "benchmark");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        this.driver = new TopologyTestDriver(builder.build(), settings);
        this.input = this.driver.createInputTopic(TOPIC, new StringSerializer(), new LongSerializer());
    }

    /**
     * Folds.
     * @param each is called at every tick with the minute's start and the candle so far
     * @return the running topology
     */
    static KafkaStreamsTopology folding(BiConsumer<Long, long[]> each) {
        StreamsBuilder builder = new StreamsBuilder();
        source(builder).groupByKey(Grouped.with(Serdes.String(), Serdes.Long()))
            .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, LATE))
            .aggregate(() -> new long[5], (key, price, candle) -> fold(candle, price),
                    Materialized
                        .<String, long[]>as(Stores.inMemoryWindowStore("minutes", MINUTE.plus(LATE), MINUTE, false))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(candles())
                        .withLoggingDisabled()
                        .withCachingDisabled())
            .toStream()
            .foreach((window, candle) -> each.accept(window.window().start(), candle));
        return new KafkaStreamsTopology(builder);
    }

    /**
     * Only reads, which is what the driver itself costs.
     * @param each is called at every tick
     * @return the running topology
     */
    static KafkaStreamsTopology reading(BiConsumer<String, Long> each) {
        StreamsBuilder builder = new StreamsBuilder();
        source(builder).foreach(each::accept);
        return new KafkaStreamsTopology(builder);
    }

    private static KStream<String, Long> source(StreamsBuilder builder) {
        return builder.stream(TOPIC, Consumed.with(Serdes.String(), Serdes.Long()));
    }

    void send(List<TickBatch> batches, long later) {
        for (TickBatch batch : batches) {
            String key = batch.instrument().toString();
            for (int i = 0; i < batch.size(); i++) {
                this.input.pipeInput(key, batch.basis().of(batch.bid(i), batch.ask(i), batch.last(i)),
                        batch.time(i) + later);
            }
        }
    }

    /** Open, high, low, close and the number of ticks. */
    private static long[] fold(long[] candle, long price) {
        boolean first = candle[4] == 0;
        return new long[] { first ? price : candle[0], first ? price : Math.max(candle[1], price),
                first ? price : Math.min(candle[2], price), price, candle[4] + 1 };
    }

    private static Serde<long[]> candles() {
        return Serdes.serdeFrom((topic, candle) -> {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * candle.length);
            bytes.asLongBuffer().put(candle);
            return bytes.array();
        }, (topic, bytes) -> {
            long[] candle = new long[5];
            ByteBuffer.wrap(bytes).asLongBuffer().get(candle);
            return candle;
        });
    }

    @Override
    public void close() {
        this.driver.close();
    }

}
