package pregao.market.dataquality;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.TradingCalendar;

import static org.assertj.core.api.Assertions.assertThat;

class GapDetectorPropertyTests {

    private static final long MINUTE = 60_000;

    /** A week before New York's clocks go forward. */
    private static final long START = Instant.parse("2017-03-05T12:34:00Z").toEpochMilli();

    @Property(tries = 200)
    void countsWhatAMinuteByMinuteCountDoes(@ForAll TradingCalendar calendar,
            @ForAll @IntRange(max = 25_000) int offset, @ForAll @IntRange(min = 1, max = 4_000) int length,
            @ForAll @IntRange(min = 1, max = 30) int shortest, @ForAll long seed) {
        long from = START + offset * MINUTE;
        long to = from + length * MINUTE;
        SortedSet<Long> times = times(from, to, new Random(seed));
        MarketHours hours = new MarketHours(calendar);
        Coverage coverage = new GapDetector(BucketGrid.UTC, Timeframe.M1, hours, Duration.ofMinutes(shortest))
            .search(from, to, times.stream().mapToLong(Long::longValue).toArray());

        Set<Long> open = new HashSet<>();
        LongStream.range(0, length)
            .map((n) -> from + n * MINUTE)
            .filter((moment) -> isOpenInNewYork(calendar, moment))
            .forEach(open::add);
        assertThat(coverage.expected()).isEqualTo(open.size());
        assertThat(coverage.present()).isEqualTo(times.stream().filter(open::contains).count());
        assertThat(coverage.outside())
            .isEqualTo(times.stream().filter((time) -> time >= from && time < to && !open.contains(time)).count());
        for (TimeRange gap : coverage.gaps()) {
            assertThat(gap.millis()).isGreaterThanOrEqualTo(shortest * MINUTE);
            for (long moment = gap.from(); moment < gap.to(); moment += MINUTE) {
                assertThat(open).contains(moment);
                assertThat(times).doesNotContain(moment);
            }
            assertThat(ends(gap.from() - MINUTE, times, open) && ends(gap.to(), times, open)).isTrue();
        }
        assertThat(coverage.inGaps())
            .isEqualTo(coverage.gaps().stream().mapToLong((gap) -> gap.millis() / MINUTE).sum());
    }

    /** A gap goes on as far as it can. */
    private static boolean ends(long beside, Set<Long> times, Set<Long> open) {
        return times.contains(beside) || !open.contains(beside);
    }

    /** Stretches with and without candles, before, in and after the time. */
    private static SortedSet<Long> times(long from, long to, Random random) {
        SortedSet<Long> times = new TreeSet<>();
        boolean there = random.nextBoolean();
        for (long moment = from - 50 * MINUTE; moment < to + 50 * MINUTE; moment += MINUTE) {
            if (random.nextInt(20) == 0) {
                there = !there;
            }
            if (there) {
                times.add(moment);
            }
        }
        return times;
    }

    /** The rule by other means. */
    private static boolean isOpenInNewYork(TradingCalendar calendar, long moment) {
        var local = Instant.ofEpochMilli(moment).atZone(Weekend.NEW_YORK);
        return calendar != TradingCalendar.FX || switch (local.getDayOfWeek()) {
            case SATURDAY -> false;
            case SUNDAY -> local.getHour() >= 17;
            case FRIDAY -> local.getHour() < 17;
            default -> true;
        };
    }

}
