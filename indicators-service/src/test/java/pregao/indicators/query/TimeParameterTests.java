package pregao.indicators.query;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimeParameter}.
 */
class TimeParameterTests {

    @ParameterizedTest
    @CsvSource({ "2025-10-20T03:00:00Z, 2025-10-20T03:00:00Z", "2025-10-20T03:00:00.123Z, 2025-10-20T03:00:00.123Z",
            "2025-10-20T03:00Z, 2025-10-20T03:00:00Z", "2025-10-20T03:00:00-03:00, 2025-10-20T06:00:00Z",
            "2025-10-20T03:00:00+02:00, 2025-10-20T01:00:00Z", "2025-10-20T03:00:00 02:00, 2025-10-20T01:00:00Z",
            "1760929200, 2025-10-20T03:00:00Z", "1760929200123, 2025-10-20T03:00:00.123Z", "0, 1970-01-01T00:00:00Z",
            "99999999999, 5138-11-16T09:46:39Z", "100000000000, 1973-03-03T09:46:40Z" })
    void readsWhatCallersWrite(String text, Instant expected) {
        assertThat(TimeParameter.of(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "2025-10-20", "2025-10-20T03:00:00", "now", "-5", "1e9", "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z", "9999999999999999", "2025-02-30T00:00:00Z", "999999999999999" })
    void refusesWhatHasNoZoneOrIsNoTime(String text) {
        assertThat(TimeParameter.of(text)).isEmpty();
    }

}
