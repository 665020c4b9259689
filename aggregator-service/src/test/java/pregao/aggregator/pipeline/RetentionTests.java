package pregao.aggregator.pipeline;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for candles that outlive their ticks, with a real database and a real broker.
 */
@Tag("store")
class RetentionTests {

    private static final long DAY = Instant.parse("2024-03-04T00:00:00Z").toEpochMilli();

    private static int instrumentCount;

    private final Instrument instrument = new Instrument(
            "kept-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), "EURUSD");

    private TickBatch tick(long time) {
        long bid = 110_000_000L + time % 60_000;
        return TickBatch.of(this.instrument, PriceBasis.MID, time, 1).add(time, 0, bid, bid + 200).build();
    }

    @Test
    void keepsACandleWhoseTicksWereDeleted() throws SQLException {
        keepsWhatOutlives("delete from market.market_data_raw where feed = '%s'".formatted(this.instrument.feed()));
    }

    @Test
    void keepsACandleOfWhichSomeTicksWereDeleted() throws SQLException {
        keepsWhatOutlives(
                "delete from market.market_data_raw where feed = '%s' and part = 0".formatted(this.instrument.feed()));
    }

    @Test
    void keepsACandleWhoseChunkWasDropped() throws SQLException {
        Assumptions.assumeTrue(hasChunks(), "needs a TimescaleDB");
        keepsWhatOutlives("select drop_chunks('market.market_data_raw', older_than => timestamptz '2024-04-01')");
    }

    @Test
    void closesAFormingCandleWhoseTicksWereDeleted() throws SQLException {
        try (PipelineHarness harness = new PipelineHarness(DAY + 30_000)) {
            harness.send(tick(DAY));
            harness.send(tick(DAY + 1_000));
            harness.processAll();
            execute("delete from market.market_data_raw where feed = '%s'".formatted(this.instrument.feed()));
            harness.restart();
            harness.clock.set(DAY + 61_000);
            harness.processAll();
            assertThat(harness.candles(this.instrument, Timeframe.M1)).singleElement().satisfies((candle) -> {
                assertThat(candle.revision()).isEqualTo(1);
                assertThat(candle.volume()).isEqualByComparingTo("2");
            });
        }
    }

    @Test
    void countsRecordsThatTheTopicDroppedBeforeTheyWereRead() throws Exception {
        TopicPartition partition = new TopicPartition(Topic.TICK.topicName(),
                PipelineHarness.partition(this.instrument));
        try (PipelineHarness harness = new PipelineHarness(DAY + 30_000);
                Admin admin = Admin
                    .create(Map.of("bootstrap.servers", AggregatorTestEnvironment.kafka().bootstrapServers()))) {
            harness.send(tick(DAY));
            harness.processAll();
            harness.send(tick(DAY + 1_000));
            harness.send(tick(DAY + 2_000));
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end))).all().get();
            harness.restart();
            harness.send(tick(DAY + 3_000));
            harness.processAll();
            assertThat(harness.raw(this.instrument)).hasSize(2);
            assertThat(harness.count("pregao.aggregator.records.lost")).isEqualTo(2);
        }
    }

    private void keepsWhatOutlives(String retention) throws SQLException {
        try (PipelineHarness harness = new PipelineHarness(DAY + Duration.ofDays(3).toMillis())) {
            for (int second = 0; second < 120; second += 10) {
                harness.send(tick(DAY + second * 1_000L));
                harness.processAll();
            }
            Map<Timeframe, List<Candle>> candlesBefore = harness.candles(this.instrument);
            assertThat(candlesBefore.get(Timeframe.M1)).hasSize(2)
                .allSatisfy((candle) -> assertThat(candle.volume()).isEqualByComparingTo("6"));
            harness.restart();
            harness.processAll();
            execute(retention);
            int remaining = harness.raw(this.instrument).size();
            double dropped = harness.count("pregao.ticks.dropped");
            harness.send(tick(DAY + 5_000));
            harness.send(tick(DAY + 10_000));
            harness.send(tick(DAY + 65_000));
            harness.processAll();
            assertThat(harness.candles(this.instrument)).isEqualTo(candlesBefore);
            assertThat(harness.count("pregao.ticks.dropped") - dropped).isEqualTo(3);
            assertThat(harness.raw(this.instrument)).hasSize(remaining);
            // A minute without any tick or candle before is new.
            harness.send(tick(DAY + 125_000));
            harness.processAll();
            assertThat(harness.candles(this.instrument, Timeframe.M1)).hasSize(3);
            assertThat(harness.candles(this.instrument, Timeframe.D1)).singleElement()
                .satisfies((day) -> assertThat(day.volume()).isEqualByComparingTo("13"));
        }
    }

    private static boolean hasChunks() throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet resultSet = statement
                    .executeQuery("select exists (select from pg_extension where extname = 'timescaledb')")) {
            return resultSet.next() && resultSet.getBoolean(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

}
