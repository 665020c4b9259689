package pregao.session.polarium;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Expiry}.
 */
class ExpiryTests {

    /** A quarter of an hour. */
    private static final long BOUNDARY = 1_800_000_000;

    @ParameterizedTest
    @CsvSource({ "-2, 62, 122, 302, 902", "-1, 61, 121, 301, 901", "0, 60, 120, 300, 900", "5, 55, 115, 295, 895",
            "29, 31, 91, 271, 871", "30, 90, 90, 270, 870", "31, 89, 149, 329, 869", "59, 61, 121, 301, 841" })
    void isTheNearestThatCanStillBeBought(long after, long one, long two, long five, long fifteen) {
        assertThat(seconds(after, 1)).isEqualTo(one);
        assertThat(seconds(after, 2)).isEqualTo(two);
        assertThat(seconds(after, 5)).isEqualTo(five);
        assertThat(seconds(after, 15)).isEqualTo(fifteen);
    }

    @Test
    void isTurboToTheMinuteAndBinaryToTheQuarter() {
        assertThat(Expiry.nearest(BOUNDARY, Duration.ofMinutes(5)).type()).isEqualTo(OptionType.TURBO);
        assertThat(Expiry.nearest(BOUNDARY, Duration.ofMinutes(15)).type()).isEqualTo(OptionType.BINARY);
        assertThat(Expiry.nearest(BOUNDARY, Duration.ofHours(1)).at()).isEqualTo(BOUNDARY + 3600);
    }

    @Test
    void isLeftToTheBrokerBelowAMinute() {
        Expiry expiry = Expiry.nearest(BOUNDARY + 7, Duration.ofSeconds(30));
        assertThat(expiry).isEqualTo(new Expiry(OptionType.BLITZ, 0, 30));
        assertThat(expiry.endIfSold(BOUNDARY + 8)).isEqualTo(BOUNDARY + 38);
    }

    private static long seconds(long after, int minutes) {
        return Expiry.nearest(BOUNDARY + after, Duration.ofMinutes(minutes)).at() - BOUNDARY - after;
    }

}
