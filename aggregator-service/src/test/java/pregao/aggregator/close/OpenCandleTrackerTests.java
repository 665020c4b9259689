package pregao.aggregator.close;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenCandleTracker}.
 */
class OpenCandleTrackerTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private static final Feed BY_CLOCK = Feed.named("mt5");

    private static final Feed BY_TICKS = new Feed("mt5", PriceBasis.MID, FeedClock.UTC, FeedClock.UTC,
            Duration.ofSeconds(1), TradingCalendar.ALWAYS, true);

    private final OpenCandleTracker candles = new OpenCandleTracker(EURUSD, 0, 0);

    private static Candle candle(Timeframe timeframe, long minute, boolean complete) {
        return new Candle(EURUSD, timeframe, minute * 60_000, 1, 1, 1, 1, BigDecimal.ONE, null, CandleSource.TICKS,
                complete, 0);
    }

    private List<String> drainClosed(long closedUntil) {
        List<String> ended = new ArrayList<>();
        this.candles.drainClosed(BucketGrid.UTC, closedUntil,
                (timeframe, openTime) -> ended.add(timeframe + "@" + openTime / 60_000));
        return ended;
    }

    @Test
    void closesByTheClock() {
        this.candles.track(candle(Timeframe.M1, 4, false), BucketGrid.UTC, 0);
        this.candles.track(candle(Timeframe.M5, 0, false), BucketGrid.UTC, 0);
        assertThat(this.candles.nextCloseTime(BY_CLOCK)).isEqualTo(301_000);
        assertThat(drainClosed(this.candles.closedUntil(BY_CLOCK, 300_999))).isEmpty();
        assertThat(drainClosed(this.candles.closedUntil(BY_CLOCK, 301_000))).containsExactly("M1@4", "M5@0");
        assertThat(this.candles.nextCloseTime(BY_CLOCK)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void closesByLaterTicksOrASilence() {
        this.candles.track(candle(Timeframe.M1, 4, false), BucketGrid.UTC, 0);
        this.candles.onFeedTime(300_999, 50);
        assertThat(drainClosed(this.candles.closedUntil(BY_TICKS, 60))).isEmpty();
        assertThat(this.candles.nextCloseTime(BY_TICKS)).isEqualTo(2_050);
        this.candles.onFeedTime(301_000, 70);
        assertThat(drainClosed(this.candles.closedUntil(BY_TICKS, 80))).containsExactly("M1@4");
        this.candles.track(candle(Timeframe.M1, 5, false), BucketGrid.UTC, 0);
        assertThat(drainClosed(this.candles.closedUntil(BY_TICKS, 2_069))).isEmpty();
        assertThat(drainClosed(this.candles.closedUntil(BY_TICKS, 2_070))).containsExactly("M1@5");
    }

    @Test
    void doesNotWaitForWhatTheClockCannotClose() {
        this.candles.track(candle(Timeframe.M5, 0, false), BucketGrid.UTC, 300_000);
        assertThat(this.candles.nextCloseTime(BY_CLOCK)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void forgetsWhatIsFinal() {
        this.candles.track(candle(Timeframe.M1, 4, false), BucketGrid.UTC, 0);
        assertThat(this.candles.isOpen(Timeframe.M1, 240_000)).isTrue();
        this.candles.track(candle(Timeframe.M1, 4, true), BucketGrid.UTC, 0);
        assertThat(this.candles.isOpen(Timeframe.M1, 240_000)).isFalse();
    }

    @Test
    void closesNothingWhereItIsNotKnownWhatIsRead() {
        this.candles.restore(Timeframe.M1, 240_000);
        this.candles.restore(Timeframe.D1, 0);
        assertThat(drainClosed(this.candles.closedUntil(BY_CLOCK, OpenCandleTracker.UNKNOWN))).isEmpty();
        assertThat(drainClosed(this.candles.closedUntil(BY_TICKS, OpenCandleTracker.UNKNOWN))).isEmpty();
        assertThat(this.candles.nextCloseTime(BY_CLOCK)).isEqualTo(301_000);
    }

    @Test
    void keepsAMinuteOpenWhoseTimeIsOverUntilItIsFinal() {
        this.candles.track(candle(Timeframe.M1, 4, false), BucketGrid.UTC, 400_000);
        assertThat(this.candles.isOpen(Timeframe.M1, 240_000)).isTrue();
        assertThat(drainClosed(400_000)).containsExactly("M1@4");
    }

    @Test
    void keepsOpenWhatIsNotTaken() {
        for (int minute = 0; minute < 5; minute++) {
            this.candles.restore(Timeframe.M1, minute * 60_000L);
        }
        this.candles.restore(Timeframe.M5, 0);
        List<Long> taken = new ArrayList<>();
        assertThat(this.candles.drainClosed(BucketGrid.UTC, 300_000,
                (timeframe, openTime) -> taken.size() < 3 && taken.add(openTime)))
            .isFalse();
        assertThat(taken).containsExactly(0L, 60_000L, 120_000L);
        assertThat(drainClosed(300_000)).containsExactly("M1@3", "M1@4", "M5@0");
    }

    @Test
    void keepsTheMinuteOpenWhoseRestIsAwaited() {
        this.candles.restore(Timeframe.M1, 0);
        this.candles.restore(Timeframe.M1, 60_000);
        this.candles.awaitMoreTicks(0, 500_000);
        assertThat(drainClosed(400_000)).containsExactly("M1@1");
        this.candles.stopAwaiting(500_000);
        assertThat(drainClosed(400_000)).isEmpty();
        this.candles.stopAwaiting(500_001);
        assertThat(drainClosed(400_000)).containsExactly("M1@0");
    }

    @Test
    void stopsAwaitingWhereTheInstrumentHasLaterRecords() {
        this.candles.restore(Timeframe.M1, 0);
        this.candles.awaitMoreTicks(0, 500_000);
        this.candles.stopAwaiting();
        assertThat(drainClosed(400_000)).containsExactly("M1@0");
    }

}
