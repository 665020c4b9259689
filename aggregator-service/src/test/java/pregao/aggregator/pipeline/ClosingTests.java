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
 * Tests for when minutes close, with a real database and a real broker: the first final
 * version has every tick that was acknowledged before the minute's end.
 */
@Tag("store")
class ClosingTests {

    private static final long DAY = Instant.parse("2026-03-09T00:00:00Z").toEpochMilli();

    private static final long MINUTE = 60_000;

    private static int names;

    private static Instrument instrument() {
        return new Instrument("closing-%d-%d".formatted(ProcessHandle.current().pid(), names++), "EURUSD");
    }

    /** Another instrument of the feed, in the same partition. */
    private static Instrument samePartition(Instrument instrument) {
        Instrument other = new Instrument(instrument.feed(), "GBPUSD");
        for (int i = 0; PipelineHarness.partition(other) != PipelineHarness.partition(instrument); i++) {
            other = new Instrument(instrument.feed(), "GBPUSD." + i);
        }
        return other;
    }

    private static TickBatch tick(Instrument instrument, long time) {
        long bid = 110_000_000L + time % MINUTE;
        return TickBatch.of(instrument, PriceBasis.MID, time, 1)
            .add(time, 0, bid, bid + Prices.of(BigDecimal.ONE))
            .build();
    }

    private static void sendSeconds(PipelineHarness loop, Instrument instrument, int from, int to) {
        for (int second = from; second < to; second++) {
            loop.send(tick(instrument, DAY + second * 1_000L));
        }
    }

    /** Every final version that readers saw has the ticks of whole minutes. */
    private static void assertClosedOnce(PipelineHarness loop, Instrument instrument, int... volumes) {
        List<Candle> minutes = loop.candles(instrument, Timeframe.M1);
        assertThat(minutes).hasSize(volumes.length);
        for (int i = 0; i < volumes.length; i++) {
            assertThat(minutes.get(i).volume()).isEqualByComparingTo(BigDecimal.valueOf(volumes[i]));
        }
        assertThat(loop.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
            .allSatisfy((candle) -> assertThat(candle.revision()).isLessThanOrEqualTo(1)));
        assertThat(loop.published(instrument.feed(), Candle::isFinal))
            .allSatisfy((event) -> assertThat(event.candle().revision()).isEqualTo(1));
    }

    @Test
    void closesARestoredMinuteWithTheTicksThatWereNotRead() {
        Instrument instrument = instrument();
        try (PipelineHarness loop = new PipelineHarness(DAY + 55_000, AggregatorTestEnvironment.database(), 1)) {
            sendSeconds(loop, instrument, 0, 55);
            loop.settle();
            // The owner is killed; the ticks of the last seconds are acknowledged.
            sendSeconds(loop, instrument, 55, 60);
            loop.clock.set(DAY + MINUTE + 3_000);
            loop.restart();
            loop.settle();
            assertClosedOnce(loop, instrument, 60);
        }
    }

    @Test
    void closesAMinuteThatIsSplitOverPollsOfABacklogOnce() {
        Instrument instrument = instrument();
        try (PipelineHarness loop = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.database(), 7)) {
            loop.settle();
            sendSeconds(loop, instrument, 0, 150);
            loop.clock.set(DAY + 150_000);
            loop.settle();
            assertClosedOnce(loop, instrument, 60, 60, 30);
        }
    }

    @Test
    void closesOnceAfterAPauseOverTheEndOfAMinute() {
        Instrument instrument = instrument();
        try (PipelineHarness loop = new PipelineHarness(DAY + 53_000, AggregatorTestEnvironment.database(), 3)) {
            sendSeconds(loop, instrument, 0, 53);
            loop.settle();
            // Nothing turns from second 53 to second 3, while ticks are acknowledged.
            sendSeconds(loop, instrument, 53, 63);
            loop.clock.set(DAY + MINUTE + 3_000);
            loop.settle();
            assertClosedOnce(loop, instrument, 60, 3);
            loop.clock.set(DAY + 5 * MINUTE + 1_000);
            loop.settle();
            assertClosedOnce(loop, instrument, 60, 3);
            assertThat(loop.candles(instrument, Timeframe.M5).getFirst().isFinal()).isTrue();
        }
    }

    @Test
    void closesLateMinutesOnceWhileThereIsMoreToRead() {
        Instrument instrument = instrument();
        Instrument other = samePartition(instrument);
        try (PipelineHarness loop = new PipelineHarness(DAY + Duration.ofDays(3).toMillis(),
                AggregatorTestEnvironment.database(), 11)) {
            loop.send(tick(other, DAY));
            loop.settle();
            sendSeconds(loop, instrument, 0, 300);
            loop.settle();
            assertClosedOnce(loop, instrument, 60, 60, 60, 60, 60);
        }
    }

    /** As many open minutes as a restart finds after a bulk load: no round takes all. */
    @Test
    void closesManyMinutesInRoundsOfABoundedSize() {
        Instrument instrument = instrument();
        int minutes = 600;
        try (PipelineHarness loop = new PipelineHarness(DAY, AggregatorTestEnvironment.database(), 2_000)) {
            TickBatch.Builder ticks = TickBatch.of(instrument, PriceBasis.MID, DAY, minutes);
            for (int minute = 0; minute < minutes; minute++) {
                ticks.add(DAY + minute * MINUTE, 0, 110_000_000L, 110_000_000L);
            }
            loop.send(ticks.build());
            loop.settle(); // at the start of the day, so that all stay open
            assertThat(loop.candles(instrument, Timeframe.M1)).hasSize(minutes).noneMatch(Candle::isFinal);
            loop.clock.set(DAY + Duration.ofDays(2).toMillis());
            loop.restart();
            List<Integer> closed = new ArrayList<>();
            loop.turnUntil("all closed", () -> {
                closed.add((int) loop.candles(instrument, Timeframe.M1).stream().filter(Candle::isFinal).count());
                return closed.getLast() == minutes;
            });
            for (int turn = 1; turn < closed.size(); turn++) {
                assertThat(closed.get(turn) - closed.get(turn - 1)).isLessThanOrEqualTo(250);
            }
            loop.settle();
            assertThat(loop.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
                .allMatch((candle) -> candle.isFinal() && candle.revision() == 1));
        }
    }

    @Test
    void endsAFeedInEventTimeOnlyByASilenceThatIsMeasuredWithNothingToRead() {
        Instrument instrument = instrument();
        Instrument other = samePartition(instrument);
        try (PipelineHarness loop = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.database(), 5)) {
            loop.feeds.put(new Feed(instrument.feed(), PriceBasis.MID, FeedClock.UTC, FeedClock.UTC,
                    Duration.ofSeconds(1), Feed.named("x").calendar(), true));
            sendSeconds(loop, instrument, 0, 30);
            sendSeconds(loop, other, 0, 30);
            loop.settle();
            // The thread is held for five seconds, while the replay goes on: the polls
            // that follow bring only ticks of the other instrument at first.
            sendSeconds(loop, other, 30, 200);
            sendSeconds(loop, instrument, 30, 200);
            loop.clock.advance(5_000);
            loop.turn();
            loop.clock.advance(5_000);
            loop.settle();
            assertClosedOnce(loop, instrument, 60, 60, 60, 20);
            assertClosedOnce(loop, other, 60, 60, 60, 20);
            loop.clock.advance(2_000);
            loop.settle();
            assertClosedOnce(loop, instrument, 60, 60, 60, 20);
            assertThat(loop.candles(instrument)).allSatisfy((timeframe, candles) -> assertThat(candles)
                .allSatisfy((candle) -> assertThat(candle.isFinal()).isTrue()));
        }
    }

    @Test
    void neverRevisesInOrderedOperationWhateverIsKilledOrPaused() {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            Instrument instrument = instrument();
            try (PipelineHarness loop = new PipelineHarness(DAY, AggregatorTestEnvironment.database(),
                    1 + random.nextInt(20))) {
                int second = 0;
                while (second < 600) {
                    int to = Math.min(600, second + 1 + random.nextInt(20));
                    sendSeconds(loop, instrument, second, to);
                    second = to;
                    loop.clock.set(Math.max(loop.clock.millis(), DAY + second * 1_000L + random.nextInt(1_000)));
                    for (int turns = random.nextInt(4); turns > 0; turns--) {
                        loop.turn();
                    }
                    if (random.nextInt(12) == 0) {
                        loop.restart();
                    }
                }
                loop.clock.set(DAY + 601_000);
                loop.settle();
                assertThat(loop.candles(instrument, Timeframe.M5)).as("seed %d", seed).hasSize(2);
                assertClosedOnce(loop, instrument, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60);
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
        try (PipelineHarness loop = new PipelineHarness(DAY + 20_000, AggregatorTestEnvironment.database(), 1)) {
            loop.send(tick(slow, DAY));
            loop.send(tick(quick, DAY));
            loop.settle();
            // More polls of one record than it takes to sample the ends of partitions.
            for (int tick = 1; tick < 600; tick++) {
                loop.send(tick(slow, DAY + tick * 100L));
            }
            loop.clock.set(DAY + MINUTE + 1_000);
            loop.turnUntil("closed", () -> loop.candles(quick, Timeframe.M1).getFirst().isFinal());
            assertThat(loop.candles(slow, Timeframe.M1).getFirst().isFinal()).isFalse();
            loop.settle();
            assertClosedOnce(loop, slow, 600);
        }
    }

}
