package pregao.market.dataquality;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pregao.contracts.feed.TradingCalendar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MarketHours}.
 */
class MarketHoursTests {

    private static final MarketHours FX = new MarketHours(TradingCalendar.FX);

    private static final MarketHours ALWAYS = new MarketHours(TradingCalendar.ALWAYS);

    @ParameterizedTest
    @CsvSource({ "2017-03-10T21:59:59Z, true", "2017-03-10T22:00:00Z, false", "2017-03-12T20:59:59Z, false",
            "2017-03-12T21:00:00Z, true", "2017-03-17T20:59:00Z, true", "2017-03-17T21:00:00Z, false",
            "2017-03-15T22:00:00Z, true", "2017-11-05T21:59:00Z, false", "2017-11-05T22:00:00Z, true" })
    void followsNewYorkThroughSummerTime(Instant moment, boolean open) {
        assertThat(FX.isOpen(moment.toEpochMilli())).isEqualTo(open);
    }

    @Test
    void cutsTheOpenWeeksAtBothEnds() {
        assertThat(FX.open(millis("2017-03-08T00:00:00Z"), millis("2017-03-20T00:00:00Z"))).containsExactly(
                span("2017-03-08T00:00:00Z", "2017-03-10T22:00:00Z"),
                span("2017-03-12T21:00:00Z", "2017-03-17T21:00:00Z"),
                span("2017-03-19T21:00:00Z", "2017-03-20T00:00:00Z"));
    }

    @Test
    void isClosedFromFridayToSunday() {
        assertThat(FX.open(millis("2017-01-06T22:00:00Z"), millis("2017-01-08T22:00:00Z"))).isEmpty();
    }

    @Test
    void getsNoOlderOverAWeekend() {
        assertThat(FX.openMillis(millis("2017-01-06T21:58:00Z"), millis("2017-01-08T22:03:00Z"))).isEqualTo(5 * 60_000);
        assertThat(ALWAYS.openMillis(0, 5)).isEqualTo(5);
    }

    @Test
    void isAlwaysOpenForCrypto() {
        assertThat(ALWAYS.open(3, 7)).isEqualTo(List.of(new TimeRange(3, 7)));
        assertThat(ALWAYS.open(7, 7)).isEmpty();
        assertThat(ALWAYS.isOpen(millis("2017-01-07T12:00:00Z"))).isTrue();
    }

    private static TimeRange span(String from, String to) {
        return new TimeRange(millis(from), millis(to));
    }

    private static long millis(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }

}
