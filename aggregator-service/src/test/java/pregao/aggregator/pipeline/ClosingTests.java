package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.tick.TickBatch;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the close of minutes, with a real database and a real broker: the first final
 * version contains every tick that was acknowledged before the end of the minute.
 */
@Tag("store")
class ClosingTests {

    private static final long DAY = Instant.parse("2026-03-09T00:00:00Z").toEpochMilli();

    private static final long MINUTE = 60_000;

    private static int instrumentCount;

    private static Instrument instrument() {
        return new Instrument("closing-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++), "EURUSD");
    }

    /** Returns another instrument of the feed, in the same partition. */
    private static Instrument samePartition(Instrument instrument) {
        Instrument otherInstrument = new Instrument(instrument.feed(), "GBPUSD");
        for (int i = 0; PipelineHarness.partition(otherInstrument) != PipelineHarness.partition(instrument); i++) {
            otherInstrument = new Instrument(instrument.feed(), "GBPUSD." + i);
        }
        return otherInstrument;
    }

    private static TickBatch tick(Instrument instrument, long time) {
        long bid = 110_000_000L + time % MINUTE;
        return TickBatch.of(instrument, PriceBasis.MID, time, 1)
            .add(time, 0, bid, bid + Prices.of(BigDecimal.ONE))
            .build();
    }

    private static void sendSeconds(PipelineHarness harness, Instrument instrument, int from, int to) {
        for (int second = from; second < to; second++) {
            harness.send(tick(instrument, DAY + second * 1_000L));
        }
    }

    /** Every published final version contains the ticks of whole minutes. */
    private static void assertClosedOnce(PipelineHarness harness, Instrument instrument, int... volumes) {
        List<Candle> minutes = harness.candles(instrument, Timeframe.M1);
        assertThat(minutes).hasSize(volumes.length);
        for (int i = 0; i < volumes.length; i++) {
            assertThat(minutes.get(i).volume()).isEqualByComparingTo(BigDecimal.valueOf(volumes[i]));
        }
        assertThat(harness.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
            .allSatisfy((candle) -> assertThat(candle.revision()).isLessThanOrEqualTo(1)));
        assertThat(harness.published(instrument.feed(), Candle::isFinal))
            .allSatisfy((event) -> assertThat(event.candle().revision()).isEqualTo(1));
    }

    @Test
    void closesARestoredMinuteWithTheTicksThatWereNotRead() {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 55_000, AggregatorTestEnvironment.database(), 1)) {
            sendSeconds(harness, instrument, 0, 55);
            harness.processAll();
            // The owner stops after the ticks of the last seconds are acknowledged.
            sendSeconds(harness, instrument, 55, 60);
            harness.clock.set(DAY + MINUTE + 3_000);
            harness.restart();
            harness.processAll();
            assertClosedOnce(harness, instrument, 60);
        }
    }

    @Test
    void closesAMinuteThatIsSplitOverPollsOfABacklogOnce() {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.database(), 7)) {
            harness.processAll();
            sendSeconds(harness, instrument, 0, 150);
            harness.clock.set(DAY + 150_000);
            harness.processAll();
            assertClosedOnce(harness, instrument, 60, 60, 30);
        }
    }

    @Test
    void closesOnceAfterAPauseOverTheEndOfAMinute() {
        Instrument instrument = instrument();
        try (PipelineHarness harness = new PipelineHarness(DAY + 53_000, AggregatorTestEnvironment.database(), 3)) {
            sendSeconds(harness, instrument, 0, 53);
            harness.processAll();
            // Nothing polls from second 53 to second 3, while ticks are acknowledged.
            sendSeconds(harness, instrument, 53, 63);
            harness.clock.set(DAY + MINUTE + 3_000);
            harness.processAll();
            assertClosedOnce(harness, instrument, 60, 3);
            harness.clock.set(DAY + 5 * MINUTE + 1_000);
            harness.processAll();
            assertClosedOnce(harness, instrument, 60, 3);
            assertThat(harness.candles(instrument, Timeframe.M5).getFirst().isFinal()).isTrue();
        }
    }

    @Test
    void closesLateMinutesOnceWhileThereIsMoreToRead() {
        Instrument instrument = instrument();
        Instrument otherInstrument = samePartition(instrument);
        try (PipelineHarness harness = new PipelineHarness(DAY + Duration.ofDays(3).toMillis(),
                AggregatorTestEnvironment.database(), 11)) {
            harness.send(tick(otherInstrument, DAY));
            harness.processAll();
            sendSeconds(harness, instrument, 0, 300);
            harness.processAll();
            assertClosedOnce(harness, instrument, 60, 60, 60, 60, 60);
        }
    }

    /**
     * A restart after a bulk load finds many open minutes: no cycle closes all of them.
     */
    @Test
    void closesManyMinutesInRoundsOfABoundedSize() {
        Instrument instrument = instrument();
        int minutes = 600;
        try (PipelineHarness harness = new PipelineHarness(DAY, AggregatorTestEnvironment.database(), 2_000)) {
            TickBatch.Builder ticks = TickBatch.of(instrument, PriceBasis.MID, DAY, minutes);
            for (int minute = 0; minute < minutes; minute++) {
                ticks.add(DAY + minute * MINUTE, 0, 110_000_000L, 110_000_000L);
            }
            harness.send(ticks.build());
            harness.processAll(); // at the start of the day, so that all stay open
            assertThat(harness.candles(instrument, Timeframe.M1)).hasSize(minutes).noneMatch(Candle::isFinal);
            harness.clock.set(DAY + Duration.ofDays(2).toMillis());
            harness.restart();
            List<Integer> closed = new ArrayList<>();
            harness.pollUntil("all closed", () -> {
                closed.add((int) harness.candles(instrument, Timeframe.M1).stream().filter(Candle::isFinal).count());
                return closed.getLast() == minutes;
            });
            for (int index = 1; index < closed.size(); index++) {
                assertThat(closed.get(index) - closed.get(index - 1)).isLessThanOrEqualTo(250);
            }
            harness.processAll();
            assertThat(harness.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
                .allMatch((candle) -> candle.isFinal() && candle.revision() == 1));
        }
    }

    @Test
    void endsAFeedInEventTimeOnlyByASilenceThatIsMeasuredWithNothingToRead() {
        Instrument instrument = instrument();
        Instrument otherInstrument = samePartition(instrument);
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.database(), 5)) {
            harness.feeds.put(new Feed(instrument.feed(), PriceBasis.MID, FeedClock.UTC, FeedClock.UTC,
                    Duration.ofSeconds(1), Feed.named("x").calendar(), true));
            sendSeconds(harness, instrument, 0, 30);
            sendSeconds(harness, otherInstrument, 0, 30);
            harness.processAll();
            // The thread stalls for five seconds while the replay continues. At first,
            // the polls that follow return only ticks of the other instrument.
            sendSeconds(harness, otherInstrument, 30, 200);
            sendSeconds(harness, instrument, 30, 200);
            harness.clock.advance(5_000);
            harness.pollOnce();
            harness.clock.advance(5_000);
            harness.processAll();
            assertClosedOnce(harness, instrument, 60, 60, 60, 20);
            assertClosedOnce(harness, otherInstrument, 60, 60, 60, 20);
            harness.clock.advance(2_000);
            harness.processAll();
            assertClosedOnce(harness, instrument, 60, 60, 60, 20);
            assertThat(harness.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
                .allSatisfy((candle) -> assertThat(candle.isFinal()).isTrue()));
        }
    }

    @Test
    void neverRevisesInOrderedOperationWhateverIsKilledOrPaused() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            Instrument instrument = instrument();
            try (PipelineHarness harness = new PipelineHarness(DAY, AggregatorTestEnvironment.database(),
                    1 + random.nextInt(20))) {
                int second = 0;
                while (second < 600) {
                    int to = Math.min(600, second + 1 + random.nextInt(20));
                    sendSeconds(harness, instrument, second, to);
                    second = to;
                    harness.clock.set(Math.max(harness.clock.millis(), DAY + second * 1_000L + random.nextInt(1_000)));
                    for (int turns = random.nextInt(4); turns > 0; turns--) {
                        harness.pollOnce();
                    }
                    if (random.nextInt(12) == 0) {
                        harness.restart();
                    }
                }
                harness.clock.set(DAY + 601_000);
                harness.processAll();
                assertThat(harness.candles(instrument, Timeframe.M5)).as("seed %d", seed).hasSize(2);
                assertClosedOnce(harness, instrument, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60);
            }
        }
    }

    @Test
    void closesAPartitionWhileAnotherOneIsBehind() {
        Instrument slow = instrument();
        Instrument fast = instrument();
        while (PipelineHarness.partition(fast) == PipelineHarness.partition(slow)) {
            fast = instrument();
        }
        Instrument quick = fast;
        try (PipelineHarness harness = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.database(), 1)) {
            harness.send(tick(slow, DAY));
            harness.send(tick(quick, DAY));
            harness.processAll();
            // More polls of one record than it takes to sample the end offsets.
            for (int tick = 1; tick < 600; tick++) {
                harness.send(tick(slow, DAY + tick * 100L));
            }
            harness.clock.set(DAY + MINUTE + 1_000);
            harness.pollUntil("closed", () -> harness.candles(quick, Timeframe.M1).getFirst().isFinal());
            assertThat(harness.candles(slow, Timeframe.M1).getFirst().isFinal()).isFalse();
            harness.processAll();
            assertClosedOnce(harness, slow, 600);
        }
    }

}
