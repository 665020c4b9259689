package pregao.contracts.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FeedClockTests {

    @ParameterizedTest(name = "{0} shows {1} at {2}")
    @CsvSource(textBlock = """
            UTC,                    2025-07-01T12:00:00Z, 2025-07-01T12:00:00Z
            UTC+03:00,              2025-07-01T12:00:00Z, 2025-07-01T09:00:00Z
            UTC-05:30,              2025-07-01T12:00:00Z, 2025-07-01T17:30:00Z
            Europe/Athens,          2025-01-15T12:00:00Z, 2025-01-15T10:00:00Z
            Europe/Athens,          2025-07-15T12:00:00Z, 2025-07-15T09:00:00Z
            America/New_York+07:00, 2025-01-15T12:00:00Z, 2025-01-15T10:00:00Z
            America/New_York+07:00, 2025-07-15T12:00:00Z, 2025-07-15T09:00:00Z
            America/New_York+07:00, 1969-01-15T12:00:00.250Z, 1969-01-15T10:00:00.250Z
            """)
    void tellsUtc(String clock, Instant shown, Instant utc) {
        assertThat(FeedClock.parse(clock).toUtc(shown.toEpochMilli())).isEqualTo(utc.toEpochMilli());
    }

    @ParameterizedTest(name = "{0}: the day that begins at {1} begins at {2}")
    @CsvSource(textBlock = """
            before summer, 2025-03-07T00:00:00Z, 2025-03-06T22:00:00Z
            into summer,   2025-03-10T00:00:00Z, 2025-03-09T21:00:00Z
            in summer,     2025-10-31T00:00:00Z, 2025-10-30T21:00:00Z
            out of summer, 2025-11-03T00:00:00Z, 2025-11-02T22:00:00Z
            """)
    void endsItsDayWithNewYorksSession(String when, Instant shown, Instant utc) {
        assertThat(FeedClock.parse("America/New_York+07:00").toUtc(shown.toEpochMilli())).as(when)
            .isEqualTo(utc.toEpochMilli());
        assertThat(utc.atZone(ZoneId.of("America/New_York")).getHour()).isEqualTo(17);
    }

    @Test
    void takesTheEarlierOfTwoMomentsWhereTheClockWasPutBack() {
        // New York shows 01:30 twice on 2 November 2025: at 05:30 and at 06:30 UTC.
        long shown = Instant.parse("2025-11-02T08:30:00Z").toEpochMilli();

        assertThat(FeedClock.parse("America/New_York+07:00").toUtc(shown))
            .isEqualTo(Instant.parse("2025-11-02T05:30:00Z").toEpochMilli());
    }

    @Test
    void readsATimeThatNeverWasAsIfTheClockHadNotBeenPutForward() {
        // New York never shows 02:30 on 9 March 2025; without summer time it is 07:30
        // UTC.
        long shown = Instant.parse("2025-03-09T09:30:00Z").toEpochMilli();

        assertThat(FeedClock.parse("America/New_York+07:00").toUtc(shown))
            .isEqualTo(Instant.parse("2025-03-09T07:30:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(
            value = { "2025-03-09T09:30:00Z; ''", "2024-11-03T08:30:00Z; 2024-11-03T05:30:00Z 2024-11-03T06:30:00Z",
                    "2024-11-03T09:00:00Z; 2024-11-03T07:00:00Z", "2024-11-03T07:59:59Z; 2024-11-03T04:59:59Z" },
            delimiter = ';')
    void namesTheMomentsOfAWallTime(String wall, String moments) {
        String named = java.util.Arrays
            .stream(FeedClock.parse("America/New_York+07:00").moments(Instant.parse(wall).toEpochMilli()))
            .mapToObj((moment) -> Instant.ofEpochMilli(moment).toString())
            .collect(java.util.stream.Collectors.joining(" "));

        assertThat(named).isEqualTo(moments);
    }

    @Test
    void saysHowFarItIsAheadOfUtc() {
        FeedClock broker = FeedClock.parse("America/New_York+07:00");

        assertThat(broker.offsetSeconds(Instant.parse("2025-07-01T00:00:00Z").toEpochMilli())).isEqualTo(3 * 3600);
        assertThat(broker.offsetSeconds(Instant.parse("2025-12-01T00:00:00Z").toEpochMilli())).isEqualTo(2 * 3600);
        assertThat(FeedClock.parse("UTC-05:30").offsetSeconds(0)).isEqualTo(-19_800);
    }

    @ParameterizedTest
    @ValueSource(strings = { "UTC", "UTC+03:00", "UTC-05:30", "Europe/Athens", "America/New_York+07:00",
            "America/New_York-00:15" })
    void comesBackFromItsText(String text) {
        assertThat(FeedClock.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({ "Z, UTC", "GMT, UTC", "+03:00, UTC+03:00", "GMT+3, UTC+03:00", "Etc/GMT-3, UTC+03:00",
            "UTC+00:00, UTC", "UTC+3, UTC+03:00" })
    void hasOneFormOfAFixedOffset(String text, String form) {
        FeedClock clock = FeedClock.parse(text);

        assertThat(clock.text()).isEqualTo(form);
        assertThat(clock).isEqualTo(FeedClock.parse(form));
        assertThat(clock.isUtc()).isEqualTo("UTC".equals(form));
    }

    @Test
    void isTheSameByZoneAndByShift() {
        assertThat(new FeedClock(ZoneOffset.ofHours(3), Duration.ZERO))
            .isEqualTo(new FeedClock(ZoneOffset.UTC, Duration.ofHours(3)));
        assertThat(FeedClock.UTC.isUtc()).isTrue();
        assertThat(FeedClock.parse("Europe/London").isUtc()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "Mars/Olympus", "UTC+14:15", "UTC+03:10", "UTC+25:00", "America/New_York+7",
            "America/New_York+07:60", "America/New_York+07:00:00", "+07:00+07:00+07:00", "\n" })
    void refusesOtherTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FeedClock.parse(text));
    }

    @Property
    void shiftsByQuartersOfAnHour(@ForAll @IntRange(min = -56, max = 56) int quarters) {
        FeedClock clock = new FeedClock(ZoneId.of("America/New_York"), Duration.ofMinutes(15L * quarters));

        assertThat(FeedClock.parse(clock.text())).isEqualTo(clock);
        assertThat(clock.toUtc(0)).isEqualTo(Duration.ofHours(5).minusMinutes(15L * quarters).toMillis());
    }

}
