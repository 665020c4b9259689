package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickChange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for outliers among ticks, with a real database and a real broker.
 */
@Tag("store")
class OutlierLoopTests {

    private static final long DAY = Instant.parse("2025-10-20T00:00:00Z").toEpochMilli();

    private static final long NOW = DAY + 86_400_000L;

    private static int instrumentCount;

    private static Instrument instrument(String symbol) {
        return new Instrument("outlier-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), symbol);
    }

    private static TickBatch ticks(Instrument instrument, long time, String... bids) {
        TickBatch.Builder ticks = TickBatch.of(instrument, PriceBasis.MID, time, bids.length);
        for (int i = 0; i < bids.length; i++) {
            long bid = Prices.of(new BigDecimal(bids[i]));
            ticks.add(time + i * 10_000L, 0, bid, bid);
        }
        return ticks.build();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void holdsATickThatLostItsDecimalPoint(boolean oneRecord) {
        Instrument instrument = instrument("EURUSD");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            if (oneRecord) {
                harness.send(ticks(instrument, DAY + 10_000, "1.085", "1085", "1.085"));
            }
            else {
                harness.send(ticks(instrument, DAY + 10_000, "1.085"));
                harness.send(ticks(instrument, DAY + 20_000, "1085"));
                harness.send(ticks(instrument, DAY + 30_000, "1.085"));
            }
            harness.processAll();

            assertThat(findHighs(harness, instrument)).containsExactly("1.085");
            assertThat(harness.raw(instrument)).hasSize(2);
            assertThat(quarantine(instrument)).containsExactly("1760918420000 1085 held of 1.085");
            assertThat(harness.count("pregao.ticks.quarantined")).isEqualTo(1);
        }
    }

    @Test
    void holdsTheFirstOfARecordByTheOthers() {
        Instrument instrument = instrument("FIRST");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            harness.send(ticks(instrument, DAY + 1_000, "1085", "1.085", "1.085"));
            harness.processAll();

            assertThat(findHighs(harness, instrument)).containsExactly("1.085");
            assertThat(quarantine(instrument)).hasSize(1);
        }
    }

    @Test
    void keepsAHeldTickOnceWhateverComesAgain() {
        Instrument instrument = instrument("AGAIN");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            for (int i = 0; i < 3; i++) {
                harness.send(ticks(instrument, DAY + 10_000, "1.085", "1085", "1.085"));
                harness.processAll();
                harness.restart();
            }
            assertThat(findHighs(harness, instrument)).containsExactly("1.085");
            assertThat(quarantine(instrument)).hasSize(1);
            assertThat(harness.candles(instrument, Timeframe.M1).getFirst().revision()).isEqualTo(1);
        }
    }

    @Test
    void acceptsALevelOfTwentyAndReleasesIt() {
        Instrument instrument = instrument("SPLIT");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            for (int i = 0; i < 30; i++) {
                harness.send(ticks(instrument, DAY + i * 10_000L, "2447"));
            }
            for (int i = 30; i < 49; i++) {
                harness.send(ticks(instrument, DAY + i * 10_000L, "125.25"));
            }
            harness.processAll();
            assertThat(harness.raw(instrument)).hasSize(30);
            assertThat(quarantine(instrument)).hasSize(19).allMatch((row) -> row.contains(" held of 2447"));
            harness.restart();
            for (int i = 49; i < 60; i++) {
                harness.send(ticks(instrument, DAY + i * 10_000L, "125.25"));
            }
            harness.processAll();

            assertThat(harness.raw(instrument)).hasSize(60);
            assertThat(quarantine(instrument)).hasSize(20)
                .allMatch((row) -> row.contains(" released of 2447 by level_change"));
            assertThat(findHighs(harness, instrument)).containsExactly("2447", "2447", "2447", "2447", "2447", "125.25",
                    "125.25", "125.25", "125.25", "125.25");
            assertThat(harness.count("pregao.ticks.level.changes")).isEqualTo(1);
            assertThat(published(harness, instrument)).as("the minutes of the new level are published")
                .contains("125.25");
        }
    }

    /**
     * A first tick has no neighbors, but it gets some once a level is established next to
     * it.
     */
    @Test
    void holdsAFirstTickOnceALevelIsEstablishedBesideIt() {
        Instrument instrument = instrument("WRONG.FIRST");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            harness.send(ticks(instrument, DAY, "1085"));
            for (int i = 1; i < 25; i++) {
                harness.send(ticks(instrument, DAY + i * 1_000L, "1.085"));
            }
            harness.processAll();

            assertThat(findHighs(harness, instrument)).containsExactly("1.085");
            assertThat(harness.raw(instrument)).hasSize(24);
            assertThat(quarantine(instrument)).filteredOn((row) -> row.contains(" held ")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void releasesAndUndoes(boolean restarts) {
        Instrument instrument = instrument("RELEASE");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            harness.send(ticks(instrument, DAY + 10_000, "1.085", "1085", "1.085"));
            harness.processAll();
            List<String> seen = new ArrayList<>();
            for (TickChange.Kind kind : List.of(TickChange.Kind.RELEASE, TickChange.Kind.RELEASE, TickChange.Kind.UNDO,
                    TickChange.Kind.UNDO, TickChange.Kind.RELEASE)) {
                if (restarts) {
                    harness.restart();
                }
                harness.send(createChange(instrument, kind, DAY + 20_000, "1085"));
                harness.send(ticks(instrument, DAY + 10_000, "1.085", "1085", "1.085"));
                harness.processAll();
                Candle candle = harness.candles(instrument, Timeframe.M1).getFirst();
                seen.add(Prices.toText(candle.high()) + " revision " + candle.revision() + ", "
                        + quarantine(instrument).getFirst().replaceFirst(".* 1085 ", ""));
            }
            assertThat(seen).containsExactly("1085 revision 2, released of 1.085 by maria",
                    "1085 revision 2, released of 1.085 by maria", "1.085 revision 3, held of 1.085 undone by maria",
                    "1.085 revision 3, held of 1.085 undone by maria", "1085 revision 4, released of 1.085 by maria");
            assertThat(quarantine(instrument)).hasSize(1);
        }
    }

    @Test
    void withdrawsACandleThatLosesItsLastTick() {
        Instrument instrument = instrument("EMPTY");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            harness.send(ticks(instrument, DAY + 10_000, "1.085", "1.085", "1.085"));
            harness.send(ticks(instrument, DAY + 600_000, "1085"));
            harness.send(createChange(instrument, TickChange.Kind.RELEASE, DAY + 600_000, "1085"));
            harness.processAll();
            assertThat(findHighs(harness, instrument)).containsExactly("1.085", "1085");
            assertThat(harness.candles(instrument, Timeframe.M5)).hasSize(2);

            harness.send(createChange(instrument, TickChange.Kind.UNDO, DAY + 600_000, "1085"));
            harness.processAll();
            assertThat(findHighs(harness, instrument)).containsExactly("1.085");
            assertThat(harness.candles(instrument, Timeframe.M5)).hasSize(1);
            assertThat(harness.candles(instrument, Timeframe.D1)).singleElement()
                .satisfies((day) -> assertThat(Prices.toText(day.high())).isEqualTo("1.085"));

            harness.restart();
            harness.send(createChange(instrument, TickChange.Kind.RELEASE, DAY + 600_000, "1085"));
            harness.processAll();
            assertThat(findHighs(harness, instrument)).containsExactly("1.085", "1085");
            assertThat(harness.candles(instrument, Timeframe.M1).getLast().revision()).as("2 is that of the tombstone")
                .isGreaterThan(2);
        }
    }

    @Test
    void ignoresChangesOfTicksThatAreNotInQuarantine() {
        Instrument instrument = instrument("IGNORED");
        try (PipelineHarness harness = new PipelineHarness(NOW)) {
            harness.send(ticks(instrument, DAY + 10_000, "1.085", "1.086"));
            harness.send(createChange(instrument, TickChange.Kind.UNDO, DAY + 10_000, "1.085"));
            harness.send(createChange(instrument, TickChange.Kind.RELEASE, DAY + 11_000, "1.5"));
            harness.processAll();

            assertThat(harness.raw(instrument)).hasSize(2);
            assertThat(quarantine(instrument)).isEmpty();
            assertThat(harness.count("pregao.ticks.changes.ignored")).isEqualTo(2);
        }
    }

    @Test
    void decidesAsThePlainRuleDoesWhateverTheBatchesAndRestarts() {
        for (long seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            Instrument instrument = instrument("MODEL" + seed);
            NaiveOutliers model = new NaiveOutliers();
            try (PipelineHarness harness = new PipelineHarness(NOW)) {
                for (TickBatch message : messages(instrument, createLevels(random), random)) {
                    model.add(message);
                    harness.send(message);
                    if (random.nextInt(8) == 0) {
                        harness.pollOnce();
                    }
                    if (random.nextInt(60) == 0) {
                        harness.restart();
                    }
                }
                harness.processAll();
                assertThat(harness.raw(instrument)).as("seed %d", seed).isEqualTo(model.accepted());
                assertThat(quarantine(instrument)).as("seed %d", seed)
                    .filteredOn((row) -> row.contains(" held "))
                    .hasSameSizeAs(model.held())
                    .isNotEmpty();
                assertThat(harness.count("pregao.ticks.level.changes")).as("seed %d", seed).isPositive();
            }
        }
    }

    /** Every correct tick is accepted and every wrong one held, in any order. */
    @Test
    void isExactWhereOutliersAreAloneWhateverTheOrder() {
        for (long seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            Instrument instrument = instrument("EXACT" + seed);
            long[][] ticks = new long[1500][];
            Set<Long> wrong = new HashSet<>();
            for (int i = 0; i < ticks.length; i++) {
                long price = 108_500_000L + random.nextInt(200_000);
                boolean isWrong = i % 30 == 17;
                ticks[i] = new long[] { DAY + i * 1_500L,
                        isWrong ? price * (random.nextBoolean() ? 1000 : 100) : price };
                if (isWrong) {
                    wrong.add(ticks[i][0]);
                }
            }
            try (PipelineHarness harness = new PipelineHarness(NOW)) {
                for (TickBatch message : messages(instrument, ticks, random)) {
                    harness.send(message);
                    if (random.nextInt(40) == 0) {
                        harness.restart();
                    }
                }
                harness.processAll();
                assertThat(harness.raw(instrument)).as("seed %d", seed).hasSize(ticks.length - wrong.size());
                assertThat(quarantine(instrument)).extracting((row) -> Long.valueOf(row.split(" ", 2)[0]))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(wrong);
                assertThat(harness.candles(instrument, Timeframe.M1))
                    .allMatch((candle) -> candle.high() < 110_000_000L && candle.low() > 108_000_000L);
            }
        }
    }

    /** A random walk with outliers and with jumps of the level, some of which last. */
    private static long[][] createLevels(Random random) {
        long[][] ticks = new long[900][];
        long time = DAY + random.nextInt(100_000);
        long level = 100_000_000L;
        for (int i = 0; i < ticks.length; i++) {
            time += random.nextInt((i % 150 == 0) ? 5_000_000 : 6_000);
            if (random.nextInt(90) == 0) {
                level = 1_000_000L * (long) Math.pow(10, random.nextInt(6));
            }
            long price = level + random.nextInt((int) Math.min(level, 1_000_000_000L));
            long factor = (random.nextInt(25) == 0) ? (random.nextBoolean() ? 1000 : 20) : 1;
            ticks[i] = new long[] { time, price * factor };
        }
        return ticks;
    }

    /** Shuffles ticks within a hundred and repeats some, in records of up to twelve. */
    private static List<TickBatch> messages(Instrument instrument, long[][] ticks, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < ticks.length; i++) {
            order.add(i);
            if (random.nextInt(5) == 0) {
                order.add(random.nextInt(i + 1));
            }
        }
        for (int from = 5; from < order.size(); from += 100) {
            Collections.shuffle(order.subList(from, Math.min(from + 130, order.size())), random);
        }
        List<TickBatch> messages = new ArrayList<>();
        for (int from = 0; from < order.size();) {
            int to = Math.min(from + 1 + random.nextInt(12), order.size());
            TickBatch.Builder message = TickBatch.of(instrument, PriceBasis.MID, DAY, to - from);
            for (int i : order.subList(from, to)) {
                message.add(ticks[i][0], i, ticks[i][1], ticks[i][1]);
            }
            messages.add(message.build());
            from = to;
        }
        return messages;
    }

    private static TickBatch createChange(Instrument instrument, TickChange.Kind kind, long time, String bid) {
        long price = Prices.of(new BigDecimal(bid));
        return TickBatch.of(instrument, PriceBasis.MID, NOW, 1)
            .change(new TickChange(kind, "maria"))
            .add(time, 0, price, price)
            .build();
    }

    private static List<String> findHighs(PipelineHarness harness, Instrument instrument) {
        return harness.candles(instrument, Timeframe.M1)
            .stream()
            .map((candle) -> Prices.toText(candle.high()))
            .toList();
    }

    private static List<String> published(PipelineHarness harness, Instrument instrument) {
        return harness.published(instrument.feed(), (candle) -> candle.timeframe() == Timeframe.M1 && candle.isFinal())
            .stream()
            .map((event) -> Prices.toText(event.candle().high()))
            .toList();
    }

    private static List<String> quarantine(Instrument instrument) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select (extract(epoch from ts) * 1000)::bigint || ' ' || trim_scale(price) || ' ' || state
                            || ' of ' || trim_scale(median)
                            || case when state = 'released' then ' by ' || released_by
                                when undone_by is not null then ' undone by ' || undone_by else '' end
                        from market.tick_quarantine where feed = ? and symbol = ? order by ts, seq""")) {
            statement.setString(1, instrument.feed());
            statement.setString(2, instrument.symbol());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return rows;
    }

}
