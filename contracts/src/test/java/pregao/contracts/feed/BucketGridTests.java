package pregao.contracts.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import pregao.contracts.Timeframe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

class BucketGridTests {

    private static final long FIRST = -2_208_988_800_000L;

    private static final long LAST = 4_102_444_800_000L;

    @Test
    void hasVectorsForEveryKindOfZone() {
        assertThat(BucketVectors.all()).hasSizeGreaterThan(500)
            .extracting(BucketVectors.Vector::zone)
            .contains("UTC", "America/New_York+07:00", "Europe/Athens", "America/Sao_Paulo", "Asia/Kolkata");
    }

    @ParameterizedTest
    @MethodSource("pregao.contracts.feed.BucketVectors#all")
    void agreesWithTheVectors(BucketVectors.Vector vector) {
        BucketGrid grid = vector.grid();
        long moment = vector.instant().toEpochMilli();

        assertThat(Instant.ofEpochMilli(grid.bucketStart(vector.timeframe(), moment))).isEqualTo(vector.start());
        assertThat(Instant.ofEpochMilli(grid.bucketEnd(vector.timeframe(), moment))).isEqualTo(vector.end());
        assertThat(grid.isAligned(vector.timeframe(), moment)).isEqualTo(vector.instant().equals(vector.start()));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} hours")
    @CsvSource(textBlock = """
            America/New_York+07:00, D1, 2025-03-09T12:00:00Z, 23
            America/New_York+07:00, D1, 2025-11-02T12:00:00Z, 25
            America/New_York+07:00, H4, 2025-03-09T06:30:00Z, 3
            America/New_York+07:00, H4, 2025-11-02T06:30:00Z, 5
            Europe/Athens,          D1, 2025-03-30T12:00:00Z, 23
            Europe/Athens,          H4, 2025-03-30T00:30:00Z, 3
            Europe/Athens,          H4, 2025-10-26T00:30:00Z, 5
            America/Sao_Paulo,      H4, 2018-11-04T04:00:00Z, 3
            America/Sao_Paulo,      D1, 2018-02-17T12:00:00Z, 25
            Pacific/Apia,           D1, 2011-12-30T09:59:00Z, 24
            """)
    void isAsLongAsTheLocalDay(String zone, Timeframe timeframe, Instant moment, int hours) {
        BucketGrid grid = BucketGrid.of(FeedClock.parse(zone));
        long start = grid.bucketStart(timeframe, moment.toEpochMilli());

        assertThat(grid.bucketEnd(timeframe, moment.toEpochMilli()) - start).isEqualTo(hours * 3_600_000L);
    }

    @Property(tries = 5_000)
    void followsTheUtcMultiplesInUtcAndBelowAnHour(@ForAll("zones") String zone, @ForAll Timeframe timeframe,
            @ForAll @LongRange(min = FIRST, max = LAST) long moment) {
        BucketGrid grid = (timeframe.compareTo(Timeframe.M15) <= 0) ? BucketGrid.of(FeedClock.parse(zone))
                : BucketGrid.UTC;

        assertThat(grid.isUtc(timeframe)).isTrue();
        assertThat(grid.bucketStart(timeframe, moment)).isEqualTo(timeframe.bucketStart(moment));
        assertThat(grid.bucketEnd(timeframe, moment)).isEqualTo(timeframe.bucketEnd(moment));
    }

    @Property(tries = 20_000)
    void coversTimeWithoutHolesAndNests(@ForAll("zones") String zone, @ForAll Timeframe timeframe,
            @ForAll("moments") long moment) {
        BucketGrid grid = BucketGrid.of(FeedClock.parse(zone));
        long start = grid.bucketStart(timeframe, moment);
        long end = grid.bucketEnd(timeframe, moment);

        assertThat(start).isLessThanOrEqualTo(moment);
        assertThat(end).isGreaterThan(moment);
        assertThat(grid.bucketStart(timeframe, start)).isEqualTo(start);
        assertThat(grid.bucketEnd(timeframe, start)).isEqualTo(end);
        assertThat(grid.bucketStart(timeframe, end - 1)).isEqualTo(start);
        assertThat(grid.bucketStart(timeframe, end)).isEqualTo(end);
        assertThat(grid.bucketEnd(timeframe, start - 1)).isEqualTo(start);
        assertThat(BucketGrid.isPossibleStart(timeframe, start)).isTrue();
        assertThat(grid.count(timeframe, start, end)).isOne();
        assertThat(grid.count(timeframe, start - 1, end + 1)).isEqualTo(2);
        if (timeframe == Timeframe.D1) {
            assertThat(grid.isAligned(Timeframe.H4, start)).isTrue();
        }
    }

    /** The folds split a day into shorter candles. */
    @Test
    void nestsInEveryZoneOfTheWorld() {
        long end = Instant.parse("2028-01-01T00:00:00Z").toEpochMilli();
        for (String id : ZoneId.getAvailableZoneIds()) {
            BucketGrid grid = BucketGrid.of(FeedClock.parse(id));
            long moment = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();
            while (moment < end) {
                long day = grid.bucketStart(Timeframe.D1, moment);
                for (Timeframe timeframe : Timeframe.values()) {
                    if (!grid.isAligned(timeframe, day)) {
                        fail("the day of %s at %d is no start of %s", id, day, timeframe);
                    }
                }
                moment = grid.bucketEnd(Timeframe.D1, moment);
                if (moment <= day || moment - day > 48 * 3_600_000L) {
                    fail("the day of %s at %d ends at %d", id, day, moment);
                }
            }
        }
    }

    @Property(tries = 5_000)
    void startsTheDayWithTheLocalDate(@ForAll("zones") String zone,
            @ForAll @LongRange(min = 70_000_000_000L, max = LAST) long moment) {
        FeedClock clock = FeedClock.parse(zone);
        ZoneId rules = clock.zone();
        long start = BucketGrid.of(clock).bucketStart(Timeframe.D1, moment);
        if (clock.shift().isZero()) {
            LocalDate day = Instant.ofEpochMilli(start).atZone(rules).toLocalDate();
            assertThat(Instant.ofEpochMilli(start)).isEqualTo(day.atStartOfDay(rules).toInstant());
        }
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of("UTC", "UTC+03:00", "UTC-05:30", "America/New_York", "America/New_York+07:00",
                "Europe/Athens", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
                "America/St_Johns", "Pacific/Apia", "America/Havana", "Europe/Dublin", "Africa/Casablanca", "Asia/Gaza",
                "Antarctica/Troll", "America/New_York-00:15");
    }

    /** Half of them near a clock change of some zone. */
    @Provide
    Arbitrary<Long> moments() {
        Arbitrary<Long> any = Arbitraries.longs().between(FIRST, LAST);
        Arbitrary<Long> near = Arbitraries
            .of("2025-03-09T07:00:00Z", "2025-11-02T06:00:00Z", "2025-03-30T01:00:00Z", "2025-10-26T01:00:00Z",
                    "2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z", "2011-12-30T10:00:00Z", "2025-04-05T15:00:00Z",
                    "2025-10-04T15:30:00Z", "2010-11-07T02:31:00Z", "2025-03-09T05:00:00Z", "1972-01-07T00:44:30Z")
            .flatMap((change) -> Arbitraries.longs()
                .between(-100_000_000, 100_000_000)
                .map((off) -> Instant.parse(change).toEpochMilli() + off));
        return Arbitraries.oneOf(any, near);
    }

}
