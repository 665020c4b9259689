package pregao.aggregator.pipeline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

import pregao.aggregator.AggregatorProperties;
import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.candle.CandleRepository;
import pregao.aggregator.feed.FeedRegistry;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.pipeline.consumer.ConsumerMetrics;
import pregao.pipeline.consumer.ConsumerState;
import pregao.pipeline.consumer.FencedConsumer;
import pregao.pipeline.consumer.KafkaClients;

/**
 * Measures what a provided M1 candle costs the pipeline, and the database on its behalf:
 * in a backfill of one instrument, and when a minute of many instruments ends.
 */
final class CandleWriteBenchmark {

    private static final long DAY = 1_699_920_000_000L;

    private static final int BATCH = 1_000;

    private static final int TICKS_PER_SECOND = 100;

    private final DataSource dataSource = AggregatorTestEnvironment.pool("given");

    private final Producer<String, byte[]> producer;

    private final Consumer<String, byte[]> consumer;

    private final FencedConsumer fencedConsumer;

    private CandleWriteBenchmark(KafkaClients clients, AggregatorProperties properties) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        InstantSource clock = InstantSource.system();
        this.producer = clients.createProducer();
        this.consumer = clients.createGroupConsumer();
        this.fencedConsumer = new TickPipelineFactory(AggregatorTestEnvironment.database(), new FeedRegistry(),
                properties, new ConsumerState(clock), clock, new ConsumerMetrics(registry, "aggregator"),
                new AggregatorMetrics(registry))
            .createConsumer(this.consumer, this.producer, AggregatorTestEnvironment.PARTITIONS);
        this.fencedConsumer.subscribe(TickPipelineFactory.TOPICS);
    }

    public static void main(String[] args) throws Exception {
        int total = (args.length > 0) ? Integer.parseInt(args[0]) : 200_000;
        int instruments = (args.length > 1) ? Integer.parseInt(args[1]) : 500;
        AggregatorTestEnvironment.database();
        AggregatorProperties properties = new AggregatorProperties("", Duration.ofMillis(50), 2000, 1 << 21, 1_000_000,
                Duration.ofMillis(100));
        CandleWriteBenchmark benchmark = new CandleWriteBenchmark(
                new KafkaClients(Map.of("bootstrap.servers", AggregatorTestEnvironment.kafka().bootstrapServers()),
                        properties.toConsumerProperties()),
                properties);
        benchmark.measureBatches("WARM", Math.min(total, 30_000));
        benchmark.measureBatches("STEP", total);
        benchmark.measureBacklog("BEHIND", total);
        benchmark.measureMinuteEnds(instruments);
        System.exit(0);
    }

    /** Measures batches that are processed one by one. */
    private void measureBatches(String symbol, int total) throws Exception {
        Cost cost = new Cost();
        for (int from = 0; from < total; from += BATCH) {
            send(putMinutes(symbol, from, from + BATCH));
            cost = cost.plus(processAll());
        }
        print("backfill of %s, followed batch by batch".formatted(symbol), cost, total);
    }

    /** Measures a backlog that is stored before the processing starts. */
    private void measureBacklog(String symbol, int total) throws Exception {
        for (int from = 0; from < total; from += BATCH) {
            send(putMinutes(symbol, from, from + BATCH));
        }
        print("backfill of %s, all stored before".formatted(symbol), processAll(), total);
    }

    /** Stores ten hours, then measures five minutes of all instruments. */
    private void measureMinuteEnds(int instruments) throws Exception {
        int stored = 600;
        for (int i = 0; i < instruments; i++) {
            putMinutes("SYM" + i, 0, stored);
        }
        for (int minute = stored; minute < stored + 5; minute++) {
            int index = minute;
            List<Candle> candles = IntStream.range(0, instruments).mapToObj((i) -> minute("SYM" + i, index)).toList();
            send(put(candles));
            print("minute %d of %d instruments".formatted(minute, instruments), processAll(), instruments);
        }
    }

    private List<Candle> putMinutes(String symbol, int from, int to) throws SQLException {
        return put(IntStream.range(from, to).mapToObj((index) -> minute(symbol, index)).toList());
    }

    private List<Candle> put(List<Candle> minutes) throws SQLException {
        try (Connection connection = this.dataSource.getConnection()) {
            return new CandleRepository().put(connection, minutes).stored();
        }
    }

    private static Candle minute(String symbol, int index) {
        long open = 108_550_000L + index * 7919L % 1000 * 1000;
        return new Candle(new Instrument("measure", symbol), Timeframe.M1, DAY + index * Timeframe.M1.millis(), open,
                open + 700, open - 900, open + 100, BigDecimal.valueOf(100 + index % 50), null, CandleSource.GIVEN,
                true, 0);
    }

    private void send(List<Candle> stored) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (Candle candle : stored) {
            sent.add(this.producer.send(CandleRecordFactory.of(candle)));
        }
        for (Future<?> future : sent) {
            future.get(60, TimeUnit.SECONDS);
        }
    }

    /** Polls until all records are read. */
    private Cost processAll() throws Exception {
        Set<TopicPartition> candles = new HashSet<>();
        for (int i = 0; i < AggregatorTestEnvironment.PARTITIONS; i++) {
            candles.add(new TopicPartition(Topic.CANDLE.topicName(), i));
        }
        while (!this.consumer.assignment().containsAll(candles) || !this.consumer.paused().isEmpty()) {
            this.fencedConsumer.pollOnce();
        }
        Map<TopicPartition, Long> ends = this.consumer.endOffsets(candles);
        Cost start = Cost.now();
        while (!ends.entrySet().stream().allMatch((end) -> this.consumer.position(end.getKey()) >= end.getValue())) {
            this.fencedConsumer.pollOnce();
        }
        return Cost.now().plus(start.negative());
    }

    private static void print(String description, Cost cost, int candles) {
        System.out.printf("%s: wall %.2f us, loop thread %.2f us, PostgreSQL %.2f us CPU a candle (%d candles)%n",
                description, cost.wall / 1e3 / candles, cost.thread / 1e3 / candles, cost.database / 1e3 / candles,
                candles);
    }

    /**
     * The used time, in nanoseconds.
     */
    private record Cost(long wall, long thread, long database) {

        Cost() {
            this(0, 0, 0);
        }

        static Cost now() throws SQLException, IOException {
            return new Cost(System.nanoTime(), ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(),
                    backends());
        }

        /** Returns the CPU time of the database processes that serve the pipeline. */
        private static long backends() throws SQLException, IOException {
            long ticks = 0;
            try (Connection connection = AggregatorTestEnvironment.postgres().connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement
                        .executeQuery("select pid from pg_stat_activity where application_name = 'tests'")) {
                while (rows.next()) {
                    String stat = Files.readString(Path.of("/proc/" + rows.getInt(1) + "/stat"));
                    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
                    ticks += Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
                }
            }
            return ticks * TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
        }

        Cost plus(Cost cost) {
            return new Cost(this.wall + cost.wall, this.thread + cost.thread, this.database + cost.database);
        }

        Cost negative() {
            return new Cost(-this.wall, -this.thread, -this.database);
        }

    }

}
