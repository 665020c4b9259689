package pregao.aggregator.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import pregao.aggregator.close.OpenCandleTracker;
import pregao.aggregator.feed.FeedRegistry;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.pipeline.offset.OffsetRepository;
import pregao.pipeline.offset.PartitionOffsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AssignedPartitions} with many instruments.
 */
class AssignedPartitionsTests {

    private static final long DAY = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private static final int MANY = 20_000;

    private static final int PARTITION = 3;

    private final FeedRegistry feeds = new FeedRegistry();

    private final AssignedPartitions assignedPartitions = new AssignedPartitions(
            new PartitionOffsets(new OffsetRepository("nowhere"), (partition, stored, first, end) -> {
            }), this.feeds);

    private final List<Instrument> instruments = new ArrayList<>();

    private static Candle candle(Instrument instrument, Timeframe timeframe, long openTime, boolean complete) {
        return new Candle(instrument, timeframe, openTime, 1, 1, 1, 1, BigDecimal.ONE, null, CandleSource.TICKS,
                complete, 0);
    }

    private void trackAll() {
        for (int i = 0; i < MANY; i++) {
            Instrument instrument = new Instrument("feed-" + i % 10, "S" + i);
            this.instruments.add(instrument);
            OpenCandleTracker openCandleTracker = this.assignedPartitions.getOrCreateTracker(instrument, PARTITION,
                    DAY);
            openCandleTracker.onFeedTime(DAY, DAY);
            for (Timeframe timeframe : Timeframe.values()) {
                openCandleTracker.track(candle(instrument, timeframe, DAY, false), BucketGrid.UTC,
                        OpenCandleTracker.UNKNOWN);
            }
        }
        this.assignedPartitions.updateCloseQueue();
    }

    private int close(long now) {
        this.assignedPartitions.markReadThrough(PARTITION, now);
        Collection<OpenCandleTracker> ending = this.assignedPartitions.findTrackersToClose();
        ending.forEach((openCandleTracker) -> openCandleTracker.drainClosed(BucketGrid.UTC,
                this.assignedPartitions.closedUntil(openCandleTracker), (timeframe, openTime) -> true));
        this.assignedPartitions.updateCloseQueue();
        return ending.size();
    }

    @Test
    void forgetsInstrumentsThatHaveNothingOpenAndAreNotHeard() {
        trackAll();
        assertThat(this.assignedPartitions.size()).isEqualTo(MANY);
        assertThat(this.assignedPartitions.nextCloseTime(PARTITION)).isEqualTo(DAY + 61_000);
        long end = DAY + Timeframe.D1.millis() + 1_000;
        assertThat(close(end)).isEqualTo(MANY);
        assertThat(this.assignedPartitions.nextCloseTime(PARTITION)).isEqualTo(Long.MAX_VALUE);
        this.assignedPartitions.getOrCreateTracker(this.instruments.getFirst(), PARTITION, end).onFeedTime(end, end);
        this.assignedPartitions.updateCloseQueue();
        Set<Instrument> idle = this.assignedPartitions.evictIdle(end);
        assertThat(idle).hasSize(MANY - 1).doesNotContain(this.instruments.getFirst());
        assertThat(this.assignedPartitions.size()).isEqualTo(1);
        assertThat(this.assignedPartitions.evictIdle(end + Duration.ofMinutes(11).toMillis())).hasSize(1);
        assertThat(this.assignedPartitions.size()).isZero();
    }

    @Test
    void keepsInstrumentsWithOpenCandles() {
        trackAll();
        close(DAY + Timeframe.H4.millis() + 1_000);
        assertThat(this.assignedPartitions.evictIdle(DAY + Timeframe.H4.millis() + 1_000)).isEmpty();
        assertThat(this.assignedPartitions.nextCloseTime(PARTITION)).isEqualTo(DAY + Timeframe.D1.millis() + 1_000);
    }

    @Test
    void looksOnlyAtWhatIsHeardOrDue() {
        trackAll();
        close(DAY + 61_000);
        assertThat(close(DAY + 61_500)).isZero();
        this.assignedPartitions.getOrCreateTracker(this.instruments.get(7), PARTITION, DAY + 62_000)
            .onFeedTime(DAY + 62_000, DAY + 62_000);
        assertThat(close(DAY + 62_500)).isEqualTo(1);
        assertThat(close(DAY + 301_000)).isEqualTo(MANY);
    }

    @Test
    void followsTheSettingsOfFeeds() {
        trackAll();
        this.feeds.put(new Feed("feed-0", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC, Duration.ofMillis(200),
                Feed.named("x").calendar(), false));
        close(DAY + 50_000);
        assertThat(this.assignedPartitions.nextCloseTime(PARTITION)).isEqualTo(DAY + 60_200);
        assertThat(close(DAY + 60_200)).isEqualTo(MANY / 10);
    }

    @Test
    void closesNothingBeforeEverythingIsRead() {
        trackAll();
        OpenCandleTracker openCandleTracker = this.assignedPartitions.getTracker(this.instruments.getFirst());
        assertThat(this.assignedPartitions.closedUntil(openCandleTracker)).isEqualTo(OpenCandleTracker.UNKNOWN);
        this.assignedPartitions.markReadThrough(PARTITION, DAY + 70_000);
        assertThat(this.assignedPartitions.closedUntil(openCandleTracker)).isEqualTo(DAY + 69_000);
    }

}
