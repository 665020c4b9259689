package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.candle.CandleRepository;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for provided candles next to aggregated ones, with a real database and a real
 * broker.
 */
@Tag("store")
class SuccessionTests {

    private static final long DAY = Instant.parse("2026-03-16T00:00:00Z").toEpochMilli();

    private static final long MINUTE = 60_000;

    private static int instrumentCount;

    private static Instrument instrument() {
        return new Instrument("succession-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), "EURUSD");
    }

    private static void sendSeconds(PipelineHarness harness, Instrument instrument, int from, int to) {
        for (int second = from; second < to; second++) {
            long time = DAY + second * 1_000L;
            long bid = 110_000_000L + second;
            harness.send(TickBatch.of(instrument, PriceBasis.MID, time, 1)
                .add(time, 0, bid, bid + Prices.of(BigDecimal.ONE))
                .build());
        }
    }

    private static Candle createProvided(Instrument instrument, int minute, int volume) {
        return new Candle(instrument, Timeframe.M1, DAY + minute * MINUTE, 100, 120, 90, 110,
                BigDecimal.valueOf(volume), null, CandleSource.GIVEN, false, 0);
    }

    /** Stores candles as ingest does, and publishes what it stores. */
    private static void provide(PipelineHarness harness, Candle... candles) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            new CandleRepository().put(connection, List.of(candles)).stored().forEach(harness::send);
        }
    }

    private static List<String> minutes(PipelineHarness harness, Instrument instrument) {
        return harness.candles(instrument, Timeframe.M1)
            .stream()
            .map((candle) -> "%s %s %b %d".formatted(candle.source().text(), candle.volume().toBigInteger(),
                    candle.isFinal(), candle.revision()))
            .toList();
    }

    @Test
    void givesTheFirstFinalRevisionToTheTicksWhereASnapshotHasFewer() throws Exception {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 30_000)) {
            sendSeconds(harness, instrument, 0, 30);
            harness.processAll();
            provide(harness, createProvided(instrument, 0, 31));
            sendSeconds(harness, instrument, 30, 60);
            harness.processAll();
            assertThat(minutes(harness, instrument)).containsExactly("given 31 false 0");

            harness.clock.set(DAY + MINUTE + 3_000);
            provide(harness, createProvided(instrument, 1, 2));
            harness.processAll();

            harness.pollUntil("the minute is closed",
                    () -> minutes(harness, instrument).getFirst().equals("ticks 60 true 1"));
            assertThat(harness.published(instrument.feed(), Candle::isFinal))
                .filteredOn((event) -> event.candle().timeframe() == Timeframe.M1 && event.candle().openTime() == DAY)
                .singleElement()
                .satisfies((event) -> assertThat(event.candle().volume()).isEqualByComparingTo("60"));
        }
    }

    @Test
    void givesTheFirstFinalRevisionToAProvidedCandleThatHasAtLeastAsManyTicks() throws Exception {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 59_000)) {
            sendSeconds(harness, instrument, 0, 50);
            harness.processAll();
            provide(harness, createProvided(instrument, 0, 60));
            harness.clock.set(DAY + MINUTE + 500);
            provide(harness, createProvided(instrument, 1, 2));
            harness.processAll();
            assertThat(minutes(harness, instrument)).as("not closed yet")
                .containsExactly("given 60 false 0", "given 2 false 0");
            harness.restart();

            harness.clock.set(DAY + MINUTE + 3_000);
            harness.pollUntil("the minute is closed",
                    () -> minutes(harness, instrument).getFirst().equals("given 60 true 1"));
            harness.pollUntil("the longer candle has it",
                    () -> harness.candles(instrument, Timeframe.M5).getFirst().volume().intValue() == 62);
        }
    }

    @Test
    void finishesProvidedCandlesOfAnInstrumentWhoseTicksHaveStopped() throws Exception {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 59_000)) {
            sendSeconds(harness, instrument, 0, 59);
            harness.processAll();
            harness.clock.set(DAY + 10 * MINUTE + 30_000);
            harness.processAll();
            provide(harness, createProvided(instrument, 8, 5));
            provide(harness, createProvided(instrument, 9, 6));
            provide(harness, createProvided(instrument, 10, 1));

            harness.pollUntil("all but the newest are final", () -> minutes(harness, instrument)
                .equals(List.of("ticks 59 true 1", "given 5 true 1", "given 6 true 1", "given 1 false 0")));
        }
    }

    @Test
    void foldsLongerCandlesAnewWithoutAMinuteThatIsWithdrawn() throws Exception {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 200 * MINUTE)) {
            provide(harness, createProvided(instrument, 0, 5).asFinal(), createProvided(instrument, 1, 6).asFinal(),
                    createProvided(instrument, 7, 8).asFinal());
            harness.processAll();
            harness.pollUntil("folded", () -> harness.candles(instrument, Timeframe.M5).size() == 2);

            withdraw(harness, instrument, 1);
            withdraw(harness, instrument, 7);

            harness.pollUntil("folded anew", () -> harness.candles(instrument, Timeframe.M5).size() == 1);
            assertThat(harness.candles(instrument, Timeframe.M5).getFirst().volume()).isEqualByComparingTo("5");
            assertThat(harness.candles(instrument, Timeframe.D1).getFirst().volume()).isEqualByComparingTo("5");
            assertThat(withdrawn(harness, instrument)).anySatisfy((event) -> {
                assertThat(event.candle().timeframe()).isEqualTo(Timeframe.M5);
                assertThat(event.candle().openTime()).isEqualTo(DAY + 5 * MINUTE);
                assertThat(event.candle().revision()).isEqualTo(2);
            });
        }
    }

    /** The continuous aggregates do not contain longer candles of their own. */
    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void requestsARefreshOfTheDayOfAMinuteThatIsWithdrawn() throws Exception {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 200 * MINUTE)) {
            provide(harness, createProvided(instrument, 0, 5).asFinal(), createProvided(instrument, 1, 6).asFinal());
            harness.processAll();
            harness.pollUntil("folded", () -> harness.candles(instrument, Timeframe.M5).size() == 1);
            execute("delete from market.refresh_wish");
            Candle longer = new Candle(instrument, Timeframe.H4, DAY - Timeframe.D1.millis(), 100, 120, 90, 110,
                    BigDecimal.ONE, null, CandleSource.GIVEN, false, 2);

            harness.send(Topic.CANDLE.topicName(), instrument.key(), CandleCodec.encode(CandleEvent.withdrawn(longer)));
            withdraw(harness, instrument, 1);

            harness.pollUntil("folded anew",
                    () -> harness.candles(instrument, Timeframe.M5).getFirst().volume().intValue() == 5);
            assertThat(findRequested()).containsExactly(DAY);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Long> findRequested() throws SQLException {
        List<Long> days = new ArrayList<>();
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select distinct from_ts from market.refresh_wish")) {
            while (row.next()) {
                days.add(row.getTimestamp(1).getTime());
            }
        }
        return days;
    }

    private static List<CandleEvent> withdrawn(PipelineHarness harness, Instrument instrument) {
        return harness.records(Topic.CANDLE.topicName())
            .stream()
            .filter((record) -> record.key().equals(instrument.key()))
            .map((record) -> CandleCodec.decode(record.value()))
            .filter(CandleEvent::withdrawn)
            .toList();
    }

    /** Withdraws a candle, as undoing a release does. */
    private static void withdraw(PipelineHarness harness, Instrument instrument, int minute) throws SQLException {
        String sql = """
                with gone as (delete from market.candle where feed = ? and symbol = ? and timeframe = 'M1' and ts = ?
                    returning *)
                insert into market.candle_version (feed, symbol, timeframe, ts, kind, open, high, low, close, volume,
                    spread, spread_unit, source, rank, snapshot, revision)
                select feed, symbol, timeframe, ts, 'withdrawn', open, high, low, close, volume, spread, spread_unit,
                    source, 0, false, revision + 1 from gone returning revision""";
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            statement.setObject(3, Instant.ofEpochMilli(DAY + minute * MINUTE).atOffset(java.time.ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                CandleEvent event = CandleEvent
                    .withdrawn(createProvided(instrument, minute, 1).withRevision(row.getInt(1)));
                harness.send(Topic.CANDLE.topicName(), instrument.key(), CandleCodec.encode(event));
            }
        }
    }

}
