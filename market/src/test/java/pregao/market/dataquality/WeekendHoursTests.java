package pregao.market.dataquality;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.TradingCalendar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the calendar {@code auto} makes of the candles of a series.
 */
class WeekendHoursTests {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final long HALF_HOUR = Timeframe.M30.millis();

    /** A Monday. */
    private static final long BEGIN = millis("2025-02-03T00:00:00Z");

    @Test
    void closesTheWeekendsOfACurrencyAcrossAClockChange() {
        long to = millis("2025-04-02T00:00:00Z");
        MarketHours hours = hours(times(BEGIN, to, WeekendHoursTests::isFxOpen), BEGIN, to);

        assertThat(hours.open(BEGIN, to)).isEqualTo(new MarketHours(TradingCalendar.FX).open(BEGIN, to));
        assertThat(hours.weekends().assumed()).isEqualTo("closed_weekends");
        assertThat(hours.weekends().reason()).contains("three weeks running");
        assertThat(hours.isOpen(millis("2025-03-15T12:00:00Z"))).isFalse();
        assertThat(hours.isOpen(millis("2025-03-17T12:00:00Z"))).isTrue();
    }

    @Test
    void neverClosesCryptoForAnOutage() {
        long to = millis("2025-03-20T00:00:00Z");
        long from = millis("2025-03-07T20:00:00Z");
        long until = millis("2025-03-10T12:00:00Z");
        MarketHours hours = hours(times(BEGIN, to, (time) -> time < from || time >= until), BEGIN, to);

        assertThat(hours.open(BEGIN, to)).containsExactly(new TimeRange(BEGIN, to));
        assertThat(hours.weekends().assumed()).isEqualTo("always_open");
        Coverage coverage = search(hours, times(BEGIN, to, (time) -> time < from || time >= until), to);
        assertThat(coverage.gaps()).containsExactly(new TimeRange(from, until));
    }

    @Test
    void closesOneHourThatIsAlwaysQuietAtTheWeekend() {
        long to = millis("2025-03-04T00:00:00Z");
        LongPredicate quiet = (time) -> {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), NEW_YORK);
            return local.getDayOfWeek() != DayOfWeek.SATURDAY || local.getHour() != 3;
        };
        MarketHours hours = hours(times(BEGIN, to, quiet), BEGIN, to);

        assertThat(hours.isOpen(millis("2025-02-22T08:30:00Z"))).isFalse();
        assertThat(hours.isOpen(millis("2025-02-22T09:00:00Z"))).isTrue();
        assertThat(hours.openMillis(BEGIN, to)).isEqualTo(to - BEGIN - 4 * Duration.ofHours(1).toMillis());
    }

    @Test
    void takesTheFirstWeekendOfACurrencyForClosed() {
        long from = millis("2025-02-05T10:00:00Z");
        long monday = millis("2025-02-10T09:00:00Z");
        long[] times = times(from, monday, WeekendHoursTests::isFxOpen);
        MarketHours hours = hours(times, from, monday);

        Coverage coverage = search(hours, times, monday);
        assertThat(coverage.gaps()).isEmpty();
        assertThat(coverage.missing()).isZero();
        assertThat(hours.isOpen(millis("2025-02-09T12:00:00Z"))).isFalse();
        assertThat(hours.weekends().reason()).startsWith("1 of 3 weekends known");

        long saturday = millis("2025-02-08T12:00:00Z");
        assertThat(hours(times(from, saturday, WeekendHoursTests::isFxOpen), from, saturday).isOpen(saturday))
            .isFalse();
    }

    @Test
    void reportsTheFirstWeekendsOutageOfCrypto() {
        long from = millis("2025-02-05T10:00:00Z");
        long monday = millis("2025-02-10T09:00:00Z");
        long down = millis("2025-02-08T06:00:00Z");
        long up = millis("2025-02-09T22:30:00Z");
        long[] times = times(from, monday, (time) -> time < down || time >= up);

        assertThat(search(hours(times, from, monday), times, monday).gaps()).containsExactly(new TimeRange(down, up));
    }

    @Test
    void learnsNothingFromWeeksInWhichTheFeedIsDown() {
        long to = millis("2025-04-20T00:00:00Z");
        long down = millis("2025-02-26T12:00:00Z");
        long up = millis("2025-04-02T12:00:00Z");
        MarketHours hours = hours(times(BEGIN, to, (time) -> time < down || time >= up), BEGIN, to);

        assertThat(hours.open(BEGIN, to)).containsExactly(new TimeRange(BEGIN, to));
    }

    @Test
    void countsAnEarlyCloseAndALateOpeningAsQuiet() {
        long to = millis("2025-03-04T00:00:00Z");
        long[] minutes = LongStream.iterate(BEGIN, (time) -> time < to, (time) -> time + 60_000).filter((time) -> {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), NEW_YORK);
            int minute = local.getHour() * 60 + local.getMinute();
            return switch (local.getDayOfWeek()) {
                case SATURDAY -> false;
                case SUNDAY -> minute >= 17 * 60 + 12;
                case FRIDAY -> minute < 17 * 60 + 3;
                default -> true;
            };
        }).toArray();
        Coverage coverage = new GapDetector(BucketGrid.UTC, Timeframe.M1,
                hours(times(BEGIN, to, (time) -> isFxOpen(time) || isFxOpen(time - HALF_HOUR)), BEGIN, to),
                GapDetector.SHORTEST)
            .search(BEGIN, to, minutes);

        assertThat(coverage.gaps()).isEmpty();
        assertThat(coverage.quiet()).isPositive();
        assertThat(coverage.outside()).isZero();
    }

    @Test
    void isAlwaysOpenWithoutEvidence() {
        MarketHours hours = hours(new long[0], BEGIN, BEGIN + Duration.ofDays(6).toMillis());

        assertThat(hours.isOpen(millis("2025-02-08T12:00:00Z"))).isTrue();
        assertThat(hours.weekends().reason()).isEqualTo("0 of 3 weekends known");
    }

    private static MarketHours hours(long[] times, long first, long to) {
        return new MarketHours(TradingCalendar.AUTO,
                WeekendHours.of(BucketGrid.UTC, Timeframe.M30, times, first, first, to));
    }

    private static Coverage search(MarketHours hours, long[] times, long to) {
        return new GapDetector(BucketGrid.UTC, Timeframe.M30, hours, GapDetector.SHORTEST).search(times[0], to, times);
    }

    private static long[] times(long from, long to, LongPredicate open) {
        return LongStream.iterate(from, (time) -> time < to, (time) -> time + HALF_HOUR).filter(open).toArray();
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    /** Sunday 17:00 to Friday 17:00 in New York. */
    private static boolean isFxOpen(long time) {
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), NEW_YORK);
        boolean late = local.getHour() >= 17;
        return switch (local.getDayOfWeek()) {
            case SATURDAY -> false;
            case SUNDAY -> late;
            case FRIDAY -> !late;
            default -> true;
        };
    }

}
