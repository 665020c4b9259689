package pregao.indicators.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorEvent;
import pregao.contracts.indicator.IndicatorValues;
import pregao.market.indicator.IndicatorSet;
import pregao.testsupport.MarketTestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the indicator pipeline with a real database and a real broker.
 */
@Tag("store")
class IndicatorPipelineTests {

    private static final MarketTestDatabase DATABASE = MarketTestDatabase.empty().migrated();

    private static final AtomicInteger FEEDS = new AtomicInteger();

    private static final long START = 1_700_000_100_000L / 60_000 * 60_000;

    private final String feed = "ind-" + FEEDS.incrementAndGet();

    private Instrument instrument = new Instrument(this.feed, "EURUSD");

    private List<Candle> walk(Timeframe timeframe, int count) {
        Random random = new Random(7);
        List<Candle> candles = new ArrayList<>();
        long close = 108_000_000;
        for (int i = 0; i < count; i++) {
            close += random.nextInt(2_001) - 1_000;
            candles.add(PipelineHarness.candle(this.instrument, timeframe,
                    timeframe.bucketStart(START) + i * timeframe.millis(), close, 1));
        }
        return candles;
    }

    private static void assertStored(PipelineHarness harness, List<Candle> candles, IndicatorConvention convention) {
        List<PipelineHarness.Row> rows = harness.rows(candles.getFirst().instrument(), candles.getFirst().timeframe());
        List<IndicatorValues> expected = PipelineHarness.fromScratch(candles, convention);
        assertThat(rows).hasSameSizeAs(candles);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).openTime()).isEqualTo(candles.get(i).openTime());
            assertThat(rows.get(i).values()).as("candle %d", i).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void storesAndPublishesValuesWithTheirCandles(IndicatorConvention convention) {
        List<Candle> candles = walk(Timeframe.M5, 60);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, convention)) {
            for (Candle candle : candles) {
                harness.store(List.of(candle));
                harness.send(List.of(candle));
                harness.pollOnce();
            }
            harness.processAll();

            assertStored(harness, candles, convention);
            List<IndicatorValues> expected = PipelineHarness.fromScratch(candles, convention);
            List<IndicatorEvent> published = harness.published(this.feed);
            for (int i = 0; i < candles.size(); i++) {
                assertThat(published).contains(new IndicatorEvent(candles.get(i), convention, expected.get(i)));
            }
            assertThat(harness.strings(
                    "select first_ts || ' ' || last_ts from indicators.series where feed = '%s'".formatted(this.feed)))
                .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "M5", "H4", "D1" })
    void removesTheValuesOfWithdrawnCandlesAndComputesThoseBehindAgain(Timeframe timeframe) {
        List<Candle> candles = walk(timeframe, 60);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(candles);
            harness.processAll();
            List<Candle> remaining = new ArrayList<>(candles);
            for (int index : List.of(59, 30)) {
                Candle candle = remaining.remove(index);
                DATABASE.execute("delete from market.candle where feed = '%s' and ts = '%s'".formatted(this.feed,
                        Instant.ofEpochMilli(candle.openTime())));
                harness.send(candle.instrument().key(),
                        CandleCodec.encode(CandleEvent.withdrawn(candle.withRevision(2))));
                harness.processAll();

                assertStored(harness, remaining, IndicatorConvention.PLAIN);
                assertThat(harness.published(this.feed))
                    .contains(new IndicatorEvent(candle.withFinality(false).withRevision(2), IndicatorConvention.PLAIN,
                            IndicatorValues.NONE, true));
            }
            Candle next = PipelineHarness.candle(this.instrument, timeframe, candles.get(59).openTime(), 108_000_000,
                    3);
            remaining.add(next);
            harness.store(List.of(next));
            harness.send(List.of(next));
            harness.processAll();
            assertStored(harness, remaining, IndicatorConvention.PLAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void ignoresOlderNewsOfAWithdrawnCandle(boolean restarts) {
        List<Candle> candles = walk(Timeframe.H4, 60);
        Candle last = candles.get(59);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(candles);
            harness.processAll();
            harness.withdraw(last.withRevision(2));
            harness.processAll();
            if (restarts) {
                harness.restart(IndicatorConvention.PLAIN);
            }

            harness.send(List.of(last));
            harness.processAll();

            List<Candle> remaining = new ArrayList<>(candles.subList(0, 59));
            assertStored(harness, remaining, IndicatorConvention.PLAIN);
            Candle repeated = PipelineHarness.candle(this.instrument, Timeframe.H4, last.openTime(), 109_000_000, 3);
            remaining.add(repeated);
            harness.store(List.of(repeated));
            harness.send(List.of(repeated));
            harness.processAll();
            assertStored(harness, remaining, IndicatorConvention.PLAIN);
        }
    }

    /** This happens when the day zone of a feed changes. */
    @ParameterizedTest
    @ValueSource(longs = { -1, 0, 1 })
    void takesWithdrawnAndNewCandlesOfASeriesInOnePoll(long hours) {
        List<Candle> candles = walk(Timeframe.H4, 60);
        Candle last = candles.get(59);
        long first = last.openTime() + hours * 3_600_000;
        List<Candle> moved = List.of(PipelineHarness.candle(this.instrument, Timeframe.H4, first, 109_000_000, 3),
                PipelineHarness.candle(this.instrument, Timeframe.H4, first + Timeframe.H4.millis(), 109_500_000, 1));
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(candles);
            harness.processAll();

            harness.withdraw(last.withRevision(2));
            harness.store(moved);
            harness.send(moved);
            harness.processAll();

            List<Candle> remaining = new ArrayList<>(candles.subList(0, 59));
            remaining.addAll(moved);
            assertStored(harness, remaining, IndicatorConvention.PLAIN);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void ignoresOlderNewsOfACandleThatStands(boolean restarts) {
        List<Candle> candles = walk(Timeframe.H4, 60);
        Candle last = candles.get(59);
        Candle revised = PipelineHarness.candle(this.instrument, Timeframe.H4, last.openTime(), 109_000_000, 3);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(candles);
            harness.store(List.of(revised));
            harness.send(List.of(revised));
            harness.processAll();
            if (restarts) {
                harness.restart(IndicatorConvention.PLAIN);
            }

            harness.send(List.of(last));
            harness.processAll();

            List<Candle> remaining = new ArrayList<>(candles.subList(0, 59));
            remaining.add(revised);
            assertStored(harness, remaining, IndicatorConvention.PLAIN);
        }
    }

    @Test
    void storesTheValuesOfAFormingCandleAndThenOfTheFinalOne() {
        List<Candle> candles = walk(Timeframe.M1, 40);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles.subList(0, 39));
            harness.send(candles.subList(0, 39));
            harness.processAll();
            Candle last = candles.get(39);
            Candle forming = PipelineHarness.candle(this.instrument, Timeframe.M1, last.openTime(), 200_000_000, 0);
            List<Candle> withForming = new ArrayList<>(candles.subList(0, 39));
            withForming.add(forming);
            harness.store(List.of(forming));
            harness.send(List.of(forming));
            harness.processAll();

            assertStored(harness, withForming, IndicatorConvention.PLAIN);
            assertThat(harness.published(this.feed)).contains(new IndicatorEvent(forming, IndicatorConvention.PLAIN,
                    PipelineHarness.fromScratch(withForming, IndicatorConvention.PLAIN).get(39)));

            harness.store(List.of(last));
            harness.send(List.of(last));
            harness.processAll();
            assertStored(harness, candles, IndicatorConvention.PLAIN);
        }
    }

    @Test
    void computesAgainWhatDependsOnALateCandleAndTouchesNothingElse() {
        List<Candle> candles = walk(Timeframe.M1, 200_000);
        int late = 60_000;
        List<Candle> withoutLate = new ArrayList<>(candles);
        Candle missing = withoutLate.remove(late);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.CLASSIC)) {
            harness.store(withoutLate);
            harness.send(withoutLate);
            harness.processAll();
            assertStored(harness, withoutLate, IndicatorConvention.CLASSIC);
            List<PipelineHarness.Row> untouched = harness.rows(this.instrument, Timeframe.M1);

            harness.store(List.of(missing));
            harness.send(List.of(missing));
            harness.processAll();

            assertStored(harness, candles, IndicatorConvention.CLASSIC);
            List<PipelineHarness.Row> rows = harness.rows(this.instrument, Timeframe.M1);
            assertThat(rows.subList(0, late)).isEqualTo(untouched.subList(0, late));
            assertThat(rows.subList(late + 1 + IndicatorSet.REACH, rows.size()))
                .isEqualTo(untouched.subList(late + IndicatorSet.REACH, untouched.size()));
            assertThat(harness.published(this.feed)).extracting(IndicatorEvent::candle).contains(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void storesAtMostAReachMoreAPageOfABackfill(boolean backwards) {
        List<Candle> candles = walk(Timeframe.M1, 20_000);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.processAll();
            double before = harness.count("pregao.indicators.stored");
            for (int page = 0; page < 20; page++) {
                int from = (backwards ? 19 - page : page) * 1_000;
                harness.store(candles.subList(from, from + 1_000));
                harness.send(candles.subList(from, from + 1_000));
                harness.processAll();
            }
            assertStored(harness, candles, IndicatorConvention.PLAIN);
            assertThat(harness.count("pregao.indicators.stored") - before).isBetween(20_000.0,
                    20.0 * (1_000 + (backwards ? IndicatorSet.REACH : 0)));
        }
    }

    @Test
    void storesInPartsWhatManyLateCandlesReach() {
        List<List<Candle>> series = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            this.instrument = new Instrument(this.feed, "S" + i);
            series.add(walk(Timeframe.M1, 40));
        }
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            List<Candle> candles = series.stream().flatMap(List::stream).toList();
            List<Candle> late = series.stream().map((seriesCandles) -> seriesCandles.get(20)).toList();
            harness.store(candles.stream().filter((candle) -> !late.contains(candle)).toList());
            harness.send(candles.stream().filter((candle) -> !late.contains(candle)).toList());
            harness.processAll();
            harness.store(late);
            harness.send(late);
            harness.processAll();

            series.forEach((seriesCandles) -> assertStored(harness, seriesCandles, IndicatorConvention.PLAIN));
        }
    }

    @Test
    void equalsAComputationFromScratchWhateverTheOrderAndTheRestarts() {
        List<Candle> candles = walk(Timeframe.M15, 3_000);
        Random random = new Random(11);
        List<List<Candle>> pages = new ArrayList<>();
        for (int from = 0; from < candles.size(); from += 100) {
            pages.add(candles.subList(from, from + 100));
        }
        java.util.Collections.shuffle(pages, random);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.MT5)) {
            for (List<Candle> page : pages) {
                harness.store(page);
                List<Candle> shuffled = new ArrayList<>(page);
                java.util.Collections.shuffle(shuffled, random);
                harness.send(shuffled);
                if (random.nextInt(3) == 0) {
                    harness.pollOnce();
                }
                if (random.nextInt(6) == 0) {
                    harness.restart(IndicatorConvention.MT5);
                }
            }
            harness.processAll();

            assertStored(harness, candles, IndicatorConvention.MT5);
        }
    }

    @Test
    void takesARevisionAndIgnoresAnOlderOne() {
        List<Candle> candles = walk(Timeframe.H1, 50);
        Candle first = candles.get(49);
        Candle second = PipelineHarness.candle(this.instrument, Timeframe.H1, first.openTime(), 109_000_000, 2);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(candles);
            harness.processAll();
            harness.store(List.of(second));
            harness.send(List.of(second));
            harness.processAll();
            harness.send(List.of(first));
            harness.processAll();

            List<Candle> revised = new ArrayList<>(candles.subList(0, 49));
            revised.add(second);
            assertStored(harness, revised, IndicatorConvention.PLAIN);
        }
    }

    @Test
    void computesEverythingAnewForAnotherConvention() {
        List<Candle> candles = walk(Timeframe.M30, 5_000);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(candles);
            harness.processAll();
            assertStored(harness, candles, IndicatorConvention.PLAIN);

            harness.restart(IndicatorConvention.MT5);
            harness.processAll();
            assertStored(harness, candles, IndicatorConvention.MT5);
        }
    }

    @Test
    void putsAsideWhatItCannotReadAndGoesOn() {
        List<Candle> candles = walk(Timeframe.D1, 3);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.send(this.instrument.key(), "no candle".getBytes(StandardCharsets.UTF_8));
            harness.send(candles);
            harness.processAll();

            assertThat(harness.rows(this.instrument, Timeframe.D1)).hasSize(3);
            assertThat(harness.deadLetters()).anySatisfy((letter) -> {
                assertThat(letter.key()).isEqualTo(this.instrument.key());
                assertThat(new String(letter.headers().lastHeader("service").value(), StandardCharsets.UTF_8))
                    .isEqualTo("indicators");
            });
        }
    }

    /** This happens after a replay: ingest stores faster than the topic is read. */
    @Test
    void computesEachCandleOnceWhereTheDatabaseIsAheadOfTheTopic() {
        List<Candle> candles = walk(Timeframe.M1, 4_000);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles.subList(0, 500));
            harness.send(candles.subList(0, 500));
            harness.processAll();
            harness.store(candles);
            harness.send(candles.subList(498, 700));
            harness.processAll();

            assertThat(harness.count("pregao.indicators.recoveries")).isZero();
            harness.send(candles.subList(700, 4_000));
            harness.processAll();
            assertThat(harness.count("pregao.indicators.recoveries")).isZero();
            assertStored(harness, candles, IndicatorConvention.PLAIN);
        }
    }

    @Test
    void forgetsWhatALateCandleHasMadeStale() {
        List<Candle> candles = walk(Timeframe.M1, 4_000);
        Candle revised = PipelineHarness.candle(this.instrument, Timeframe.M1, candles.get(498).openTime(), 108_900_000,
                2);
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles.subList(0, 500));
            harness.send(candles.subList(0, 500));
            harness.processAll();
            candles.set(498, revised);
            harness.store(candles);
            harness.send(List.of(revised));
            harness.processAll();
            harness.send(candles.subList(500, 4_000));
            harness.processAll();

            assertStored(harness, candles, IndicatorConvention.PLAIN);
        }
    }

    @Test
    void publishesEachCandleOnceAPoll() {
        List<Candle> poll = new ArrayList<>();
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            this.instrument = new Instrument(this.feed, "P" + i);
            List<Candle> series = walk(Timeframe.M1, 3);
            candles.addAll(series);
            poll.add(series.get(1));
        }
        poll.addAll(List.copyOf(poll));
        try (PipelineHarness harness = new PipelineHarness(DATABASE, IndicatorConvention.PLAIN)) {
            harness.store(candles);
            harness.processTogether(poll);

            assertThat(harness.published(this.feed)).hasSize(150).doesNotHaveDuplicates();
            assertThat(harness.rows(new Instrument(this.feed, "P149"), Timeframe.M1)).hasSize(2);
        }
    }

}
