package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

import pregao.aggregator.AggregatorProperties;
import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.MovableClock;
import pregao.aggregator.feed.FeedRegistry;
import pregao.aggregator.tick.RawTickParser;
import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickCodec;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.KafkaClients;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;
import pregao.pipeline.offset.StoredOffset;

/**
 * Drives a pipeline poll by poll on the caller's thread, against a real database and a
 * real broker.
 */
final class PipelineHarness implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    final MovableClock clock;

    final FeedRegistry feeds = new FeedRegistry();

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final KafkaClients clients;

    private final AggregatorProperties properties;

    private final DataSource dataSource;

    final Producer<String, byte[]> producer;

    private Consumer<String, byte[]> consumer;

    private Producer<String, byte[]> publisher;

    private FencedConsumer fencedConsumer;

    PipelineHarness(long now) {
        this(now, AggregatorTestEnvironment.database());
    }

    PipelineHarness(long now, DataSource dataSource) {
        this(now, dataSource, 2_000);
    }

    /** A pipeline with a maximum number of records for each poll. */
    PipelineHarness(long now, DataSource dataSource, int records) {
        this.clock = new MovableClock(now);
        this.dataSource = dataSource;
        this.properties = new AggregatorProperties("", Duration.ofMillis(50), records, 1 << 21, 1_000_000,
                Duration.ofMillis(100));
        this.clients = new KafkaClients(
                Map.of("bootstrap.servers", AggregatorTestEnvironment.kafka().bootstrapServers()),
                this.properties.toConsumerProperties());
        this.producer = this.clients.createProducer();
        this.publisher = this.clients.createProducer();
        this.consumer = this.clients.createGroupConsumer();
        this.fencedConsumer = start();
    }

    private FencedConsumer start() {
        FencedConsumer fencedConsumer = new TickPipelineFactory(this.dataSource, this.feeds, this.properties,
                new ConsumerState(this.clock), this.clock, new ConsumerMetrics(this.registry, "aggregator"),
                new AggregatorMetrics(this.registry))
            .createConsumer(this.consumer, this.publisher, AggregatorTestEnvironment.PARTITIONS);
        fencedConsumer.subscribe(TickPipelineFactory.TOPICS);
        return fencedConsumer;
    }

    /** Closes the consumer as it is and starts another one, without any state. */
    void restart() {
        this.consumer.close();
        this.consumer = this.clients.createGroupConsumer();
        this.fencedConsumer = start();
    }

    void pollOnce() {
        this.fencedConsumer.pollOnce();
    }

    void pollUntil(String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + TIMEOUT + ": " + description);
            }
            pollOnce();
        }
    }

    /** Polls until all records sent so far are read and stored. */
    void processAll() {
        Map<TopicPartition, Long> endOffsets = findEndOffsets(Topic.TICK, Topic.CANDLE);
        pollUntil("stored up to " + endOffsets, () -> storedUpTo(endOffsets));
        pollUntil("read up to " + endOffsets,
                () -> endOffsets.entrySet()
                    .stream()
                    .allMatch((end) -> end.getValue() == 0
                            || (this.consumer.assignment().contains(end.getKey()) && position(end) >= end.getValue())));
        pollOnce();
        pollUntil("closed what is due", () -> {
            // A late minute closes at a sample that is later than its last poll.
            this.clock.advance(1);
            return !this.fencedConsumer.isCatchingUp();
        });
        pollOnce();
    }

    /** Returns true if the ticks are stored; offsets of candles follow later. */
    private static boolean storedUpTo(Map<TopicPartition, Long> endOffsets) {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            for (Map.Entry<TopicPartition, Long> end : endOffsets.entrySet()) {
                StoredOffset storedOffset = new OffsetRepository("market.aggregator_state").find(connection,
                        PartitionOffsets.toKey(end.getKey()));
                boolean ticks = end.getKey().topic().equals(Topic.TICK.topicName());
                if (ticks && end.getValue() > 0 && (storedOffset == null || storedOffset.offset() < end.getValue())) {
                    return false;
                }
            }
            return true;
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    static int partition(Instrument instrument) {
        return BuiltInPartitioner.partitionForKey(Utils.utf8(instrument.key()), AggregatorTestEnvironment.PARTITIONS);
    }

    private long position(Map.Entry<TopicPartition, Long> end) {
        return this.consumer.position(end.getKey());
    }

    void send(TickBatch ticks) {
        send(Topic.TICK.topicName(), ticks.instrument().key(), TickCodec.encode(ticks));
    }

    void send(Candle candle) {
        send(Topic.CANDLE.topicName(), candle.instrument().key(), CandleCodec.encode(CandleEvent.of(candle)));
    }

    void send(String topic, String key, byte[] value) {
        try {
            this.producer.send(new ProducerRecord<>(topic, key, value)).get(60, TimeUnit.SECONDS);
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private Map<TopicPartition, Long> findEndOffsets(Topic... topics) {
        try (Consumer<String, byte[]> consumer = this.clients.createStandaloneConsumer()) {
            return consumer.endOffsets(Stream.of(topics).flatMap((topic) -> partitions(topic.topicName())).toList());
        }
    }

    private static Stream<TopicPartition> partitions(String topic) {
        return Stream.iterate(0, (i) -> i < AggregatorTestEnvironment.PARTITIONS, (i) -> i + 1)
            .map((i) -> new TopicPartition(topic, i));
    }

    /** Returns all records of a topic. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (Consumer<String, byte[]> consumer = this.clients.createStandaloneConsumer()) {
            Collection<TopicPartition> topicPartitions = partitions(topic).toList();
            consumer.assign(topicPartitions);
            consumer.seekToBeginning(topicPartitions);
            Map<TopicPartition, Long> endOffsets = consumer.endOffsets(topicPartitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (!topicPartitions.stream()
                .allMatch((topicPartition) -> consumer.position(topicPartition) >= endOffsets
                    .getOrDefault(topicPartition, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Returns the events of a feed in the topic candle. */
    List<CandleEvent> published(String feed, Predicate<Candle> filter) {
        return records(Topic.CANDLE.topicName()).stream()
            .filter((record) -> record.key().startsWith(feed + '|'))
            .map((record) -> CandleCodec.decode(record.value()))
            .filter((event) -> filter.test(event.candle()))
            .toList();
    }

    /** Returns the stored candles of an instrument. */
    Map<Timeframe, List<Candle>> candles(Instrument instrument) {
        Map<Timeframe, List<Candle>> candlesByTimeframe = new HashMap<>();
        query("""
                select timeframe, ts, open, high, low, close, volume, spread, spread_unit, source, final, revision
                from market.candle where feed = ? and symbol = ? order by ts""", instrument, (row) -> {
            BigDecimal spread = row.getBigDecimal(8);
            Candle candle = new Candle(instrument, Timeframe.valueOf(row.getString(1)), row.getTimestamp(2).getTime(),
                    Prices.of(row.getBigDecimal(3)), Prices.of(row.getBigDecimal(4)), Prices.of(row.getBigDecimal(5)),
                    Prices.of(row.getBigDecimal(6)), row.getBigDecimal(7),
                    (spread != null) ? new Spread(Prices.of(spread), "points".equals(row.getString(9))) : null,
                    CandleSource.of(row.getString(10)), row.getBoolean(11), row.getInt(12));
            candlesByTimeframe.computeIfAbsent(candle.timeframe(), (timeframe) -> new ArrayList<>()).add(candle);
        });
        return candlesByTimeframe;
    }

    List<Candle> candles(Instrument instrument, Timeframe timeframe) {
        return candles(instrument).getOrDefault(timeframe, List.of());
    }

    /**
     * Returns the stored ticks of an instrument as text, in the order of storage.
     */
    List<String> raw(Instrument instrument) {
        List<String> ticksAsText = new ArrayList<>();
        query("""
                select data::text, ticks, crossed, coarse from market.market_data_raw
                where feed = ? and symbol = ? order by minute, part""", instrument, (row) -> {
            TickBatch ticks = RawTickParser.parse(instrument, row.getString(1), row.getInt(2));
            if (ticks.size() != row.getInt(2)) {
                throw new AssertionError("a part says %d ticks and has %d".formatted(row.getInt(2), ticks.size()));
            }
            int crossed = 0;
            boolean coarse = true;
            for (int i = 0; i < ticks.size(); i++) {
                ticksAsText.add(text(ticks, i));
                crossed += (ticks.ask(i) < ticks.bid(i)) ? 1 : 0;
                coarse &= ticks.time(i) % 1000 == 0;
            }
            if (row.getInt(3) != crossed || row.getBoolean(4) != coarse) {
                throw new AssertionError("a part says %d crossed, coarse %b and has %d, %b".formatted(row.getInt(3),
                        row.getBoolean(4), crossed, coarse));
            }
        });
        return ticksAsText;
    }

    static String text(TickBatch ticks, int i) {
        return "%d/%d %d %d %d %s %d".formatted(ticks.time(i), ticks.seq(i), ticks.bid(i), ticks.ask(i), ticks.last(i),
                ticks.volume(i).stripTrailingZeros().toPlainString(), ticks.flags(i));
    }

    private static void query(String sql, Instrument instrument, Row row) {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    row.read(rows);
                }
            }
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    double count(String counter) {
        return this.registry.find(counter).counters().stream().mapToDouble((meter) -> meter.count()).sum();
    }

    @Override
    public void close() {
        this.consumer.close();
        this.publisher.close();
        this.producer.close();
    }

    /**
     * Reads a row.
     */
    private interface Row {

        void read(ResultSet row) throws SQLException;

    }

}
