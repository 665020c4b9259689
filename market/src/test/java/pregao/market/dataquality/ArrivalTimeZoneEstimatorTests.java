package pregao.market.dataquality;

import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArrivalTimeZoneEstimator}.
 */
class ArrivalTimeZoneEstimatorTests {

    private static final long SUMMER = Instant.parse("2025-07-01T12:00:00Z").toEpochMilli();

    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({ "UTC, -300, UTC-05:00", "UTC, 120, UTC+02:00", "UTC+03:00, -60, UTC+02:00",
            "America/New_York+07:00, -60, UTC+02:00", "UTC, 345, UTC+05:45" })
    void readsTheMistakeOfAClockFromTheArrivals(String stored, long mistakeMinutes, String clock) {
        TimeZoneEvidence evidence = ArrivalTimeZoneEstimator
            .infer(FeedClock.parse(stored), TradingCalendar.ALWAYS, SUMMER, live(30, mistakeMinutes))
            .orElseThrow();
        assertThat(evidence.fitting()).extracting(FeedClock::text).containsExactly(clock);
        assertThat(evidence.text()).isEqualTo("30 of 30 minutes of live ticks agree");
    }

    @Test
    void offersNewYorksRulesTooWhereForeignExchangeIsTraded() {
        assertThat(ArrivalTimeZoneEstimator.infer(FeedClock.UTC, TradingCalendar.FX, SUMMER, live(20, 180))
            .orElseThrow()
            .fitting()).extracting(FeedClock::text).containsExactly("UTC+03:00", "America/New_York+07:00");
    }

    @Test
    void suggestsNothingWhereTicksArriveAtOnce() {
        TimeZoneEvidence evidence = ArrivalTimeZoneEstimator
            .infer(FeedClock.UTC, TradingCalendar.FX, SUMMER, live(20, 0))
            .orElseThrow();
        assertThat(evidence.suggested(FeedClock.UTC)).isEmpty();
    }

    @Test
    void saysNothingOfFewMinutesOrOfHistory() {
        assertThat(ArrivalTimeZoneEstimator.infer(FeedClock.UTC, TradingCalendar.FX, SUMMER, live(19, 180))).isEmpty();
        long[] history = LongStream.range(0, 500).map((n) -> 86_400_000L + n * 59_000).toArray();
        assertThat(ArrivalTimeZoneEstimator.infer(FeedClock.UTC, TradingCalendar.FX, SUMMER, history)).isEmpty();
        long[] alike = LongStream.range(0, 500).map((n) -> 30 * 86_400_000L).toArray();
        assertThat(ArrivalTimeZoneEstimator.infer(FeedClock.UTC, TradingCalendar.FX, SUMMER, alike)).isEmpty();
    }

    @Test
    void readsAClockWestOfUtcFromCandlesThatArriveWhenTheyHaveLongEnded() {
        long[] forming = LongStream.range(0, 30).map((n) -> 180 * 60_000 + this.random.nextInt(60_000)).toArray();
        long[] ended = LongStream.range(0, 30).map((n) -> 181 * 60_000 + this.random.nextInt(60_000)).toArray();
        for (long[] delays : new long[][] { forming, ended }) {
            TimeZoneEvidence evidence = ArrivalTimeZoneEstimator
                .inferFromCandles(FeedClock.UTC, TradingCalendar.ALWAYS, SUMMER, delays)
                .orElseThrow();
            assertThat(evidence.suggested(FeedClock.UTC)).extracting(FeedClock::text).containsExactly("UTC-03:00");
            assertThat(evidence.text()).isEqualTo("30 of 30 live candles agree");
        }
    }

    @Test
    void readsNothingFromABackfill() {
        long[] backfill = LongStream.range(0, 200).map((n) -> n * 60_000).toArray();
        assertThat(ArrivalTimeZoneEstimator.inferFromCandles(FeedClock.UTC, TradingCalendar.ALWAYS, SUMMER, backfill))
            .isEmpty();
    }

    /**
     * The first ticks of a minute come within it; the clock shows too much or too little.
     */
    private long[] live(int count, long mistakeMinutes) {
        return LongStream.range(0, count).map((n) -> this.random.nextInt(61_000) - mistakeMinutes * 60_000).toArray();
    }

}
