package pregao.ingest.cursor;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.feed.FeedClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResumeTimeZone}.
 */
class ResumeTimeZoneTests {

    @ParameterizedTest
    @CsvSource({ "UTC, , 2025-07-01T09:00:00Z, 2025-07-01T09:00:00Z",
            "Europe/Athens, , 2025-07-01T09:00:00Z, 2025-07-01T12:00:00+03:00",
            "Europe/Athens, , 2025-12-01T09:00:00.123Z, 2025-12-01T11:00:00.123+02:00",
            "Europe/London, , 2025-12-01T09:00:00Z, 2025-12-01T09:00:00+00:00",
            "America/New_York, , 2025-12-01T02:00:00Z, 2025-11-30T21:00:00-05:00",
            "Europe/Athens, -19800, 2025-07-01T09:00:00Z, 2025-07-01T03:30:00-05:30",
            "UTC, 0, 2025-07-01T09:00:00Z, 2025-07-01T09:00:00+00:00" })
    void showsAMomentAsTheSendersClockDoes(String clock, Integer header, String moment, String text) {
        ResumeTimeZone zone = new ResumeTimeZone(FeedClock.parse(clock), header);

        assertThat(zone.format(Instant.parse(moment))).isEqualTo(text);
        assertThat(Instant.parse(text)).isEqualTo(Instant.parse(moment));
    }

}
