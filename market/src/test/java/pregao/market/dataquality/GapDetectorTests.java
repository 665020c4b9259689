package pregao.market.dataquality;

import java.time.Instant;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.TradingCalendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GapDetector}, some of them on recorded candles.
 */
class GapDetectorTests {

    private static final long NINE = millis("2025-02-20T09:00:00Z");

    private static final GapDetector FX = search(Timeframe.M1, TradingCalendar.FX);

    private static final GapDetector ALWAYS = search(Timeframe.M1, TradingCalendar.ALWAYS);

    @Test
    void findsNothingWhereEveryMinuteIsThere() {
        Coverage coverage = ALWAYS.search(NINE, minute(60), minutes(0, 60));
        assertThat(coverage.expected()).isEqualTo(60);
        assertThat(coverage.present()).isEqualTo(60);
        assertThat(coverage.missing()).isZero();
        assertThat(coverage.gaps()).isEmpty();
    }

    @Test
    void callsFiveMissingMinutesAGapAndFourQuiet() {
        long[] times = LongStream.concat(LongStream.of(minutes(4, 20)), LongStream.of(minutes(25, 60))).toArray();
        Coverage coverage = ALWAYS.search(NINE, minute(60), times);
        assertThat(coverage.gaps()).containsExactly(new TimeRange(minute(20), minute(25)));
        assertThat(coverage.inGaps()).isEqualTo(5);
        assertThat(coverage.quiet()).isEqualTo(4);
        assertThat(coverage.missing()).isEqualTo(9);
    }

    @Test
    void missesWhatIsMissingAtBothEnds() {
        assertThat(ALWAYS.search(NINE, minute(60), minutes(10, 50)).gaps())
            .containsExactly(new TimeRange(NINE, minute(10)), new TimeRange(minute(50), minute(60)));
        assertThat(ALWAYS.search(NINE, minute(60), new long[0]).gaps())
            .containsExactly(new TimeRange(NINE, minute(60)));
    }

    @Test
    void looksOnlyAtCandlesThatLieWhollyInTheTime() {
        Coverage coverage = ALWAYS.search(NINE + 1, minute(10) - 1, minutes(-5, 20));
        assertThat(coverage.expected()).isEqualTo(8);
        assertThat(coverage.present()).isEqualTo(8);
        assertThat(coverage.outside()).isZero();
    }

    @Test
    void expectsNothingOverAWeekendAndCountsWhatCameNevertheless() {
        long friday = millis("2025-02-21T21:00:00Z");
        long sunday = millis("2025-02-23T22:00:00Z");
        long[] times = LongStream
            .concat(LongStream.range(0, 60).map((n) -> friday + n * 60_000),
                    LongStream.of(millis("2025-02-22T12:00:00Z"), sunday, sunday + 60_000))
            .toArray();
        Coverage coverage = FX.search(friday, sunday + 120_000, times);
        assertThat(coverage.expected()).isEqualTo(62);
        assertThat(coverage.present()).isEqualTo(62);
        assertThat(coverage.outside()).isOne();
        assertThat(coverage.gaps()).isEmpty();
    }

    @Test
    void splitsAGapAtTheWeekend() {
        assertThat(FX.search(millis("2025-02-21T21:00:00Z"), millis("2025-02-23T23:00:00Z"), new long[0]).gaps())
            .containsExactly(new TimeRange(millis("2025-02-21T21:00:00Z"), millis("2025-02-21T22:00:00Z")),
                    new TimeRange(millis("2025-02-23T22:00:00Z"), millis("2025-02-23T23:00:00Z")));
    }

    @Test
    void expectsLongerCandlesThatAreOpenForAPartOfTheirTime() {
        Coverage days = search(Timeframe.D1, TradingCalendar.FX).search(millis("2025-02-17T00:00:00Z"),
                millis("2025-02-24T00:00:00Z"), new long[] { millis("2025-02-17T00:00:00Z") });
        assertThat(days.expected()).isEqualTo(6);
        assertThat(days.gaps()).containsExactly(
                new TimeRange(millis("2025-02-18T00:00:00Z"), millis("2025-02-22T00:00:00Z")),
                new TimeRange(millis("2025-02-23T00:00:00Z"), millis("2025-02-24T00:00:00Z")));
    }

    @Test
    void refusesCandlesOutOfOrder() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> ALWAYS.search(NINE, minute(9), new long[] { minute(3), minute(3) }));
    }

    @Test
    void findsTheOutageOfBinanceInApril2021() {
        long[] times = RecordedMinutes.of(RecordedMinutes.CRYPTO);
        Coverage coverage = ALWAYS.search(times[0], times[times.length - 1] + 60_000, times);
        assertThat(coverage.gaps())
            .containsExactly(new TimeRange(millis("2021-04-25T04:01:00Z"), millis("2021-04-25T08:45:00Z")));
        assertThat(coverage.inGaps()).isEqualTo(284);
        assertThat(coverage.present()).isEqualTo(times.length);
    }

    @Test
    void seesNoGapInTheWeekendsOfHalfAYear() {
        long[] times = RecordedMinutes.of(RecordedMinutes.HALF_YEAR);
        Coverage coverage = FX.search(times[0], times[times.length - 1] + 60_000, times);
        assertThat(coverage.outside()).isZero();
        assertThat(coverage.present()).isEqualTo(times.length);
        assertThat(coverage.gaps()).allSatisfy((gap) -> assertThat(gap.millis()).isLessThan(3_600_000));
    }

    @Test
    void findsTheDaysThatARecordingLacks() {
        long[] times = RecordedMinutes.of(RecordedMinutes.PIECES);
        Coverage coverage = FX.search(times[0], times[times.length - 1] + 60_000, times);
        assertThat(coverage.gaps()).contains(
                new TimeRange(millis("2022-09-04T21:00:00Z"), millis("2022-09-09T21:00:00Z")),
                new TimeRange(millis("2022-09-28T20:24:00Z"), millis("2022-09-29T08:33:00Z")),
                new TimeRange(millis("2022-10-04T05:04:00Z"), millis("2022-10-07T21:00:00Z")));
    }

    private static GapDetector search(Timeframe timeframe, TradingCalendar calendar) {
        return new GapDetector(BucketGrid.UTC, timeframe, new MarketHours(calendar), GapDetector.SHORTEST);
    }

    private static long[] minutes(int from, int to) {
        return LongStream.range(from, to).map(GapDetectorTests::minute).toArray();
    }

    private static long minute(long number) {
        return NINE + number * 60_000;
    }

    private static long millis(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }

}
