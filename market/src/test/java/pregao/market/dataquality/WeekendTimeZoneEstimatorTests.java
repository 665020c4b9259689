package pregao.market.dataquality;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.feed.FeedClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WeekendTimeZoneEstimator}: recorded candles are put on another clock,
 * which is then read back from them.
 */
class WeekendTimeZoneEstimatorTests {

    private static final FeedClock NEW_YORK_7 = FeedClock.parse("America/New_York+07:00");

    @ParameterizedTest
    @ValueSource(strings = { "UTC+03:00", "UTC", "UTC-05:00", "America/New_York+07:00", "America/New_York",
            "America/New_York+12:30", "Europe/Athens", "Europe/Athens-02:00", "UTC+05:45" })
    void readsAClockFromHalfAYearWithItsChangeToSummerTime(String clock) {
        TimeZoneEvidence evidence = evidence(RecordedMinutes.HALF_YEAR, FeedClock.parse(clock)).orElseThrow();
        assertThat(evidence.suggested(FeedClock.parse("UTC+01:15"))).extracting(FeedClock::text).containsExactly(clock);
        assertThat(evidence.text()).isEqualTo("25 of 25 weekends agree");
    }

    @Test
    void offersBothRulesWhereNoChangeToSummerTimeTellsThemApart() {
        for (String file : List.of(RecordedMinutes.TWO_WEEKENDS, RecordedMinutes.FEBRUARY)) {
            assertThat(evidence(file, FeedClock.parse("UTC+02:00")).orElseThrow().suggested(FeedClock.UTC))
                .extracting(FeedClock::text)
                .containsExactly("UTC+02:00", "America/New_York+07:00");
        }
    }

    @Test
    void readsTheClockThatAnMt4ServerHadFromThreeWholeWeekends() {
        assertThat(evidence(RecordedMinutes.PIECES, FeedClock.parse("UTC+03:00"))).hasValueSatisfying((evidence) -> {
            assertThat(evidence.text()).isEqualTo("4 of 4 weekends agree");
            assertThat(evidence.suggested(FeedClock.UTC)).extracting(FeedClock::text)
                .containsExactly("UTC+03:00", "America/New_York+07:00");
        });
    }

    @Test
    void suggestsNothingWhereTheSettingsFit() {
        TimeZoneEvidence evidence = evidence(RecordedMinutes.HALF_YEAR, FeedClock.UTC).orElseThrow();
        assertThat(evidence.suggested(FeedClock.UTC)).isEmpty();
    }

    @Test
    void knowsWhatTheSettingsHaveDoneToTheTimes() {
        long[] utc = RecordedMinutes.of(RecordedMinutes.HALF_YEAR);
        long[] stored = Arrays.stream(utc)
            .map((time) -> FeedClock.parse("UTC+02:00").toUtc(WallClockTime.of(NEW_YORK_7, time)))
            .toArray();
        TimeZoneEvidence evidence = WeekendTimeZoneEstimator
            .infer(FeedClock.parse("UTC+02:00"), WeekendBoundary.of(stored))
            .orElseThrow();
        assertThat(evidence.fitting()).containsExactly(NEW_YORK_7);
    }

    @ParameterizedTest
    @ValueSource(strings = { RecordedMinutes.CRYPTO, RecordedMinutes.CRYPTO_DAYS })
    void saysNothingOfAMarketThatNeverCloses(String file) {
        assertThat(evidence(file, FeedClock.parse("UTC+03:00"))).isEmpty();
    }

    @Test
    void saysNothingOfOneWeekend() {
        long[] times = Arrays.stream(RecordedMinutes.of(RecordedMinutes.TWO_WEEKENDS))
            .filter((time) -> time < Instant.parse("2025-02-20T00:00:00Z").toEpochMilli())
            .toArray();
        assertThat(WeekendTimeZoneEstimator.infer(FeedClock.UTC, WeekendBoundary.of(times))).isEmpty();
    }

    @Test
    void saysNothingWhereWeekendsDisagree() {
        List<WeekendBoundary> changing = Weekend
            .between(Instant.parse("2017-01-01T00:00:00Z").toEpochMilli(),
                    Instant.parse("2017-03-01T00:00:00Z").toEpochMilli())
            .stream()
            .map((weekend) -> {
                long shift = (weekend.close() / 604_800_000L % 2) * 3_600_000L;
                return new WeekendBoundary(weekend, weekend.close() + shift - 60_000, weekend.open() + shift);
            })
            .toList();
        assertThat(changing).hasSizeGreaterThan(7);
        assertThat(WeekendTimeZoneEstimator.infer(FeedClock.UTC, changing)).isEmpty();
    }

    private static Optional<TimeZoneEvidence> evidence(String file, FeedClock clock) {
        LongStream utc = Arrays.stream(RecordedMinutes.of(file));
        return WeekendTimeZoneEstimator.infer(FeedClock.UTC,
                WeekendBoundary.of(utc.map((time) -> WallClockTime.of(clock, time)).toArray()));
    }

}
