package pregao.contracts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeframeTests {

    @ParameterizedTest
    @CsvSource({ "M1, 03:05:23, 03:05:00", "M5, 03:07:00, 03:05:00", "M15, 03:12:00, 03:00:00",
            "M30, 03:45:00, 03:30:00", "H1, 03:30:00, 03:00:00", "H4, 05:00:00, 04:00:00", "D1, 15:00:00, 00:00:00",
            "M15, 03:15:00, 03:15:00", "H4, 23:59:59.999, 20:00:00", "D1, 00:00:00, 00:00:00" })
    void floorsToTheBucket(Timeframe timeframe, String time, String bucket) {
        for (String day : new String[] { "2025-10-20T", "1969-07-20T", "1900-01-01T", "2024-02-29T" }) {
            assertThat(timeframe.bucketStart(Instant.parse(day + time + "Z").toEpochMilli()))
                .isEqualTo(Instant.parse(day + bucket + "Z").toEpochMilli());
        }
    }

    @Property
    void holdsTheMomentInItsBucket(@ForAll Timeframe timeframe,
            @ForAll @LongRange(min = EpochMillis.FIRST, max = EpochMillis.LAST) long moment) {
        long start = timeframe.bucketStart(moment);

        assertThat(start).isLessThanOrEqualTo(moment);
        assertThat(timeframe.bucketEnd(moment)).isGreaterThan(moment).isEqualTo(start + timeframe.millis());
        assertThat(timeframe.isAligned(start)).isTrue();
        assertThat(timeframe.isAligned(moment)).isEqualTo(start == moment);
        assertThat(timeframe.bucketStart(start)).isEqualTo(start);
        assertThat(timeframe.bucketStart(start - 1)).isEqualTo(start - timeframe.millis());
    }

    @Property
    void floorsAsTheCalendarDoes(@ForAll Timeframe timeframe,
            @ForAll @LongRange(min = EpochMillis.FIRST, max = EpochMillis.LAST) long moment) {
        ZonedDateTime time = Instant.ofEpochMilli(moment).atZone(ZoneOffset.UTC);
        ZonedDateTime floored = time.truncatedTo(ChronoUnit.DAYS)
            .plusMinutes((time.getHour() * 60 + time.getMinute()) / timeframe.minutes() * timeframe.minutes());

        assertThat(timeframe.bucketStart(moment)).isEqualTo(floored.toInstant().toEpochMilli());
    }

    @Test
    void nestsEachInTheNext() {
        Timeframe inner = Timeframe.M1;
        for (Timeframe outer : Timeframe.ROLLED_UP) {
            assertThat(outer.millis()).isGreaterThan(inner.millis());
            assertThat(outer.millis() % inner.millis()).isZero();
            inner = outer;
        }
        assertThat(Timeframe.ROLLED_UP).hasSize(6).isSorted().doesNotContain(Timeframe.M1);
    }

    @Test
    void isFoundByItsNameInCapitals() {
        for (Timeframe timeframe : Timeframe.values()) {
            assertThat(Timeframe.named(timeframe.name())).contains(timeframe);
        }
        assertThat(Timeframe.named("m1")).isEmpty();
        assertThat(Timeframe.named("M2")).isEmpty();
        assertThat(Timeframe.named("")).isEmpty();
    }

}
