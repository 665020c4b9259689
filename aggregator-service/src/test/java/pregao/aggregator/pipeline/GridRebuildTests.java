package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.candle.CandleRepository;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.candle.CandleRollup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for longer candles on the grid of a day zone, and for their rebuild after it has
 * changed.
 */
@Tag("store")
class GridRebuildTests {

    private static final long MINUTE = 60_000;

    /** Includes the clock change of New York on 9 March 2025. */
    private static final long BEGIN = Instant.parse("2025-03-03T00:00:00Z").toEpochMilli();

    private static final int DAYS = 12;

    private static int instrumentCount;

    private final Instrument instrument = new Instrument(
            "grid-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), "EURUSD");

    private final List<Candle> minutes = minutes();

    @Test
    void foldsOnTheGridOfTheFeed() throws Exception {
        try (PipelineHarness harness = createHarness()) {
            harness.feeds.put(feed("America/New_York+07:00"));
            send(harness);
            harness.processAll();

            assertBuilt(harness, "America/New_York+07:00");
            assertThat(harness.candles(this.instrument, Timeframe.D1))
                .extracting((day) -> Instant.ofEpochMilli(day.openTime()).toString())
                .contains("2025-03-07T22:00:00Z", "2025-03-09T21:00:00Z", "2025-03-10T21:00:00Z");
        }
    }

    @Test
    void rebuildsWhatIsStoredWhenTheDayZoneChanges() throws Exception {
        try (PipelineHarness harness = createHarness()) {
            harness.feeds.put(feed("UTC"));
            send(harness);
            harness.processAll();
            assertBuilt(harness, "UTC");

            changeDayZone(harness, "America/New_York+07:00");
            assertThat(
                    harness.published(this.instrument.feed(),
                            (candle) -> candle.timeframe() == Timeframe.D1
                                    && candle.openTime() == Instant.parse("2025-03-09T21:00:00Z").toEpochMilli()))
                .isNotEmpty();
            changeDayZone(harness, "Asia/Kolkata");
            changeDayZone(harness, "Asia/Kathmandu");
            changeDayZone(harness, "UTC");
        }
    }

    /** Covers aggregated and provided candles, also those without minutes. */
    @Test
    void publishesCandlesOfTheOldGridAsWithdrawnWithTheNextRevision() throws Exception {
        try (PipelineHarness harness = createHarness()) {
            harness.feeds.put(feed("UTC"));
            send(harness);
            harness.processAll();
            long end = BEGIN + Duration.ofDays(DAYS + 1).toMillis();
            provide(List.of(createProvided(Timeframe.D1, BEGIN - Duration.ofDays(30).toMillis()),
                    createProvided(Timeframe.H4, BEGIN), createProvided(Timeframe.H4, end),
                    createProvided(Timeframe.D1, end)));
            String zone = "America/New_York+07:00";
            BucketGrid grid = BucketGrid.of(FeedClock.parse(zone));
            List<String> expected = harness.candles(this.instrument)
                .values()
                .stream()
                .flatMap(List::stream)
                .filter((candle) -> !grid.isAligned(candle.timeframe(), candle.openTime()))
                .map((candle) -> format(candle.withRevision(candle.revision() + 1)))
                .toList();
            assertThat(expected).hasSizeGreaterThan(4 + DAYS * 6);

            changeDayZone(harness, zone);

            List<String> withdrawn = harness.published(this.instrument.feed(), (candle) -> true)
                .stream()
                .filter(CandleEvent::withdrawn)
                .map((event) -> format(event.candle()))
                .toList();
            assertThat(withdrawn).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(tombstones()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void removesALongPastWithoutMinutesInParts() throws Exception {
        List<Candle> past = new ArrayList<>();
        for (int i = 1; i <= 1_200; i++) {
            past.add(createProvided(Timeframe.H4, BEGIN - i * Timeframe.H4.millis()));
        }
        try (PipelineHarness harness = createHarness()) {
            harness.feeds.put(feed("UTC"));
            send(harness);
            harness.processAll();
            provide(past);
            String zone = "America/New_York+07:00";
            harness.feeds.put(feed(zone));
            harness.clock.advance(2_000);
            List<Double> steps = new ArrayList<>(List.of(harness.count("pregao.rebuild.removed")));
            harness.pollUntil("rebuilt for " + zone, () -> {
                steps.add(harness.count("pregao.rebuild.removed"));
                return hasGrid(zone);
            });

            assertBuilt(harness, zone);
            assertThat(steps.getLast() - steps.getFirst()).isGreaterThan(1_200);
            for (int i = 1; i < steps.size(); i++) {
                assertThat(steps.get(i) - steps.get(i - 1)).as("one turn of %s", steps).isLessThanOrEqualTo(500);
            }
        }
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        try (PipelineHarness harness = createHarness()) {
            harness.feeds.put(feed("UTC"));
            send(harness);
            harness.processAll();
            harness.feeds.put(feed("Europe/Athens"));
            harness.clock.advance(2_000);
            harness.pollUntil("the first days", () -> harness.count("pregao.rebuild.candles") > 0);
            assertThat(harness.candles(this.instrument, Timeframe.D1)).as("not all at once")
                .anyMatch((day) -> day.openTime() % Timeframe.D1.millis() == 0);

            harness.restart();
            harness.pollUntil("rebuilt", () -> hasGrid("Europe/Athens"));
            harness.pollUntil("closed",
                    () -> harness.candles(this.instrument)
                        .values()
                        .stream()
                        .allMatch((candles) -> candles.stream().allMatch(Candle::isFinal)));
            assertBuilt(harness, "Europe/Athens");
        }
    }

    private PipelineHarness createHarness() {
        return new PipelineHarness(BEGIN + Duration.ofDays(DAYS + 2).toMillis());
    }

    private void changeDayZone(PipelineHarness harness, String zone) {
        harness.feeds.put(feed(zone));
        harness.clock.advance(2_000);
        harness.pollUntil("rebuilt for " + zone, () -> hasGrid(zone));
        assertBuilt(harness, zone);
    }

    private boolean hasGrid(String zone) {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            GridProgress progress = new GridRepository().findAll(connection).get(this.instrument);
            return progress != null && progress.isDone() && progress.built().text().equals(zone);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Asserts that exactly the longer candles exist that one pass over all minutes
     * aggregates.
     */
    private void assertBuilt(PipelineHarness harness, String zone) {
        BucketGrid grid = BucketGrid.of(FeedClock.parse(zone));
        long[] openTimes = this.minutes.stream().mapToLong(Candle::openTime).toArray();
        List<Candle> expected = CandleRollup.touched(grid, this.minutes, openTimes, Long.MAX_VALUE);
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            assertThat(harness.candles(this.instrument, timeframe)).as("%s in %s", timeframe, zone)
                .usingElementComparator(Comparator.comparing(GridRebuildTests::formatValues))
                .containsExactlyElementsOf(
                        expected.stream().filter((candle) -> candle.timeframe() == timeframe).toList());
        }
    }

    private static String formatValues(Candle candle) {
        return "%d %d %d %d %d %s %s %b".formatted(candle.openTime(), candle.open(), candle.high(), candle.low(),
                candle.close(), candle.volume().stripTrailingZeros().toPlainString(), candle.spread(),
                candle.isFinal());
    }

    private static String format(Candle candle) {
        return "%s %s %d".formatted(candle.timeframe(), Instant.ofEpochMilli(candle.openTime()), candle.revision());
    }

    private Candle createProvided(Timeframe timeframe, long openTime) {
        return new Candle(this.instrument, timeframe, openTime, 100, 120, 90, 110, BigDecimal.ONE, null,
                CandleSource.GIVEN, true, 0);
    }

    private static void provide(List<Candle> candles) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            new CandleRepository().put(connection, candles);
        }
    }

    private List<String> tombstones() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select timeframe, ts, revision from market.candle_version
                        where feed = ? and kind = 'withdrawn'""")) {
            statement.setString(1, this.instrument.feed());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add("%s %s %d".formatted(row.getString(1), row.getTimestamp(2).toInstant(), row.getInt(3)));
                }
            }
        }
        return rows;
    }

    private void send(PipelineHarness harness) throws Exception {
        for (int from = 0; from < this.minutes.size(); from += 500) {
            List<Candle> batch = this.minutes.subList(from, Math.min(from + 500, this.minutes.size()));
            try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
                new CandleRepository().put(connection, batch).stored().forEach(harness::send);
            }
        }
    }

    private Feed feed(String zone) {
        return new Feed(this.instrument.feed(), PriceBasis.MID, FeedClock.UTC, FeedClock.parse(zone), Feed.CLOSE_AFTER,
                TradingCalendar.ALWAYS, false);
    }

    private List<Candle> minutes() {
        Random random = new Random(20_250_309);
        List<Candle> candles = new ArrayList<>();
        long time = BEGIN + 5 * 3_600_000L;
        while (time < BEGIN + Duration.ofDays(DAYS).toMillis()) {
            long open = 100_000_000L + random.nextInt(1_000_000);
            candles.add(new Candle(this.instrument, Timeframe.M1, time, open, open + 500, open - 700, open + 100,
                    BigDecimal.valueOf(random.nextInt(100)), Spread.ofPrice(20 + random.nextInt(9)), CandleSource.GIVEN,
                    true, 0));
            time += MINUTE * (1 + random.nextInt(15));
        }
        return candles;
    }

}
