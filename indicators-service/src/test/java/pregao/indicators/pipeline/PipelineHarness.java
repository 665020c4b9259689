package pregao.indicators.pipeline;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.indicator.IndicatorCodec;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorEvent;
import pregao.contracts.indicator.IndicatorValues;
import pregao.indicators.IndicatorProperties;
import pregao.indicators.IndicatorsTestEnvironment;
import pregao.market.indicator.IndicatorSet;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.KafkaClients;
import pregao.testsupport.MarketTestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drives the pipeline poll by poll on the caller's thread, against a real database and a
 * real broker, and stores the candles.
 */
final class PipelineHarness implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final MarketTestDatabase database;

    private final DataSource pool;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final Producer<String, byte[]> producer;

    private IndicatorProperties properties;

    private KafkaClients clients;

    private Consumer<String, byte[]> consumer;

    private Producer<String, byte[]> publisher;

    private FencedConsumer fencedConsumer;

    PipelineHarness(MarketTestDatabase database, IndicatorConvention convention) {
        this.database = database;
        this.pool = database.pool(IndicatorsTestEnvironment.ROLE, 2);
        this.properties = settings(convention);
        this.clients = new KafkaClients(Map.of("bootstrap.servers", TestKafka.servers()),
                this.properties.toConsumerProperties());
        this.producer = this.clients.createProducer();
        this.publisher = this.clients.createProducer();
        this.consumer = this.clients.createGroupConsumer();
        this.fencedConsumer = start();
    }

    private static IndicatorProperties settings(IndicatorConvention convention) {
        return new IndicatorProperties(convention, "", Duration.ofMillis(20), 2_000, 1 << 21, 100);
    }

    private FencedConsumer start() {
        InstantSource clock = InstantSource.system();
        FencedConsumer fencedConsumer = new IndicatorPipelineFactory(this.pool, this.properties,
                new ConsumerState(clock), clock, new ConsumerMetrics(this.registry, "indicators"),
                new IndicatorMetrics(this.registry, clock))
            .createConsumer(this.consumer, this.publisher, TestKafka.PARTITIONS);
        fencedConsumer.subscribe(IndicatorPipelineFactory.TOPICS);
        return fencedConsumer;
    }

    /** Closes the consumer as it is and starts another one, without any state. */
    void restart(IndicatorConvention convention) {
        this.properties = settings(convention);
        this.consumer.close();
        this.consumer = this.clients.createGroupConsumer();
        this.fencedConsumer = start();
    }

    void pollOnce() {
        this.fencedConsumer.pollOnce();
    }

    /** Processes candles as the records of one poll of the first partition. */
    void processTogether(List<Candle> candles) {
        TopicPartition partition = new TopicPartition(Topic.CANDLE.topicName(), 0);
        IndicatorPipeline pipeline = new IndicatorPipelineFactory(this.pool, this.properties,
                new ConsumerState(InstantSource.system()), InstantSource.system(),
                new ConsumerMetrics(this.registry, "indicators"),
                new IndicatorMetrics(this.registry, InstantSource.system()))
            .createPipeline(this.publisher);
        try (Consumer<String, byte[]> consumer = this.clients.createStandaloneConsumer()) {
            consumer.assign(List.of(partition));
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!pipeline.onPartitionsAssigned(consumer, List.of(partition), TestKafka.PARTITIONS)) {
                assertThat(System.nanoTime()).as("the takeover ends within %s", TIMEOUT).isLessThan(deadline);
            }
            long firstOffset = consumer.position(partition);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            candles.forEach(
                    (candle) -> records.add(new ConsumerRecord<>(partition.topic(), 0, firstOffset + records.size(),
                            candle.instrument().key(), CandleCodec.encode(CandleEvent.of(candle)))));
            pipeline.process(records);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Polls until all records sent so far are stored. */
    void processAll() {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        Map<TopicPartition, Long> endOffsets = findEndOffsets();
        while (!endOffsets.entrySet()
            .stream()
            .allMatch((entry) -> findStoredOffset(entry.getKey()) >= entry.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + TIMEOUT + ": stored up to " + endOffsets);
            }
            pollOnce();
        }
    }

    private Map<TopicPartition, Long> findEndOffsets() {
        try (Consumer<String, byte[]> consumer = this.clients.createStandaloneConsumer()) {
            return consumer.endOffsets(partitions(Topic.CANDLE));
        }
    }

    private long findStoredOffset(TopicPartition partition) {
        List<String> values = strings(
                "select value from indicators.indicator_state where key = 'candle/%d' and exists (select from indicators.indicator_state where key = 'convention/%d' and value = '%s')"
                    .formatted(partition.partition(), partition.partition(), this.properties.convention().text()));
        return values.isEmpty() ? -1 : Long.parseLong(values.getFirst());
    }

    private static List<TopicPartition> partitions(Topic topic) {
        return Stream.iterate(0, (i) -> i < TestKafka.PARTITIONS, (i) -> i + 1)
            .map((i) -> new TopicPartition(topic.topicName(), i))
            .toList();
    }

    /**
     * Stores candles as ingest and the aggregator do; an existing candle is replaced.
     */
    void store(List<Candle> candles) {
        try (Connection connection = this.database.connect(); PreparedStatement insert = connection.prepareStatement("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, source,
                    final, rank, revision)
                values (?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?, 'given', ?, ?, ?)
                on conflict (feed, symbol, timeframe, ts) do update
                set open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
                    final = excluded.final, revision = excluded.revision""")) {
            connection.setAutoCommit(false);
            for (Candle candle : candles) {
                insert.setString(1, candle.instrument().feed());
                insert.setString(2, candle.instrument().symbol());
                insert.setString(3, candle.timeframe().name());
                insert.setString(4, Instant.ofEpochMilli(candle.openTime()).toString());
                insert.setBigDecimal(5, Prices.toDecimal(candle.open()));
                insert.setBigDecimal(6, Prices.toDecimal(candle.high()));
                insert.setBigDecimal(7, Prices.toDecimal(candle.low()));
                insert.setBigDecimal(8, Prices.toDecimal(candle.close()));
                insert.setBigDecimal(9, candle.volume());
                insert.setBoolean(10, candle.isFinal());
                insert.setInt(11, candle.isFinal() ? 4 : 2);
                insert.setInt(12, candle.revision());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Withdraws a candle with the tombstone that put_candles leaves, and publishes the
     * event.
     */
    void withdraw(Candle candle) {
        this.database.execute("""
                with gone as (delete from market.candle
                    where feed = '%s' and symbol = '%s' and timeframe = '%s' and ts = '%s' returning *)
                insert into market.candle_version (feed, symbol, timeframe, ts, kind, open, high, low, close, volume,
                    spread, spread_unit, source, rank, snapshot, revision)
                select feed, symbol, timeframe, ts, 'withdrawn', open, high, low, close, volume, spread, spread_unit,
                    source, 0, false, %d from gone""".formatted(candle.instrument().feed(),
                candle.instrument().symbol(), candle.timeframe(), Instant.ofEpochMilli(candle.openTime()),
                candle.revision()));
        send(candle.instrument().key(), CandleCodec.encode(CandleEvent.withdrawn(candle)));
    }

    void send(List<Candle> candles) {
        List<Future<RecordMetadata>> sent = candles.stream()
            .map((candle) -> this.producer.send(new ProducerRecord<>(Topic.CANDLE.topicName(),
                    candle.instrument().key(), CandleCodec.encode(CandleEvent.of(candle)))))
            .toList();
        sent.forEach(PipelineHarness::await);
    }

    void send(String key, byte[] value) {
        await(this.producer.send(new ProducerRecord<>(Topic.CANDLE.topicName(), key, value)));
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(60, TimeUnit.SECONDS);
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Returns the events of a feed in the topic indicator. */
    List<IndicatorEvent> published(String feed) {
        return records(Topic.INDICATOR).stream()
            .filter((record) -> record.key().startsWith(feed + '|'))
            .map((record) -> IndicatorCodec.decode(record.value()))
            .toList();
    }

    List<ConsumerRecord<String, byte[]>> deadLetters() {
        try (Consumer<String, byte[]> consumer = this.clients.createStandaloneConsumer()) {
            return read(consumer,
                    Stream.iterate(0, (i) -> i < TestKafka.PARTITIONS, (i) -> i + 1)
                        .map((i) -> new TopicPartition(Topic.CANDLE.deadLetterTopic(), i))
                        .toList());
        }
    }

    private List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        try (Consumer<String, byte[]> consumer = this.clients.createStandaloneConsumer()) {
            return read(consumer, partitions(topic));
        }
    }

    private static List<ConsumerRecord<String, byte[]>> read(Consumer<String, byte[]> consumer,
            Collection<TopicPartition> topicPartitions) {
        consumer.assign(topicPartitions);
        consumer.seekToBeginning(topicPartitions);
        Map<TopicPartition, Long> endOffsets = consumer.endOffsets(topicPartitions);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        while (!topicPartitions.stream()
            .allMatch((topicPartition) -> consumer.position(topicPartition) >= endOffsets.getOrDefault(topicPartition,
                    0L))) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    /**
     * Returns the stored rows of a series in order of time, with the transaction that
     * wrote each.
     */
    List<Row> rows(Instrument instrument, Timeframe timeframe) {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = this.database.connect(); PreparedStatement select = connection.prepareStatement("""
                select extract(epoch from ts) * 1000, xmin::text, rsi, macd, macd_signal, macd_hist, atr,
                    bb_upper, bb_middle, bb_lower
                from market.indicator where feed = ? and symbol = ? and timeframe = ? order by ts""")) {
            select.setString(1, instrument.feed());
            select.setString(2, instrument.symbol());
            select.setString(3, timeframe.name());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    double[] v = new double[8];
                    for (int i = 0; i < v.length; i++) {
                        double value = row.getDouble(3 + i);
                        v[i] = row.wasNull() ? Double.NaN : value;
                    }
                    rows.add(new Row(row.getLong(1), row.getString(2),
                            new IndicatorValues(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7])));
                }
            }
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return rows;
    }

    List<String> strings(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = this.database.connect();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return values;
    }

    double count(String counter) {
        return this.registry.find(counter).counters().stream().mapToDouble((entry) -> entry.count()).sum();
    }

    /** Computes the values over the whole history. */
    static List<IndicatorValues> fromScratch(List<Candle> candles, IndicatorConvention convention) {
        IndicatorSet indicators = new IndicatorSet(convention);
        return candles.stream().map((candle) -> {
            indicators.add(candle.high(), candle.low(), candle.close());
            return indicators.values();
        }).toList();
    }

    static Candle candle(Instrument instrument, Timeframe timeframe, long openTime, long close, int revision) {
        return new Candle(instrument, timeframe, openTime, close - 3, close + 7_000, close - 9_000, close,
                BigDecimal.TEN, null, CandleSource.GIVEN, revision > 0, revision);
    }

    @Override
    public void close() {
        this.consumer.close();
        this.publisher.close();
        this.producer.close();
    }

    /**
     * A stored row.
     *
     * @param openTime the open time, in epoch milliseconds
     * @param writer the transaction that wrote it
     * @param values the stored values
     */
    record Row(long openTime, String writer, IndicatorValues values) {
    }

}
