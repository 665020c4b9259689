package pregao.ingest.parser;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.contracts.feed.FeedClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TimeOrder}. A series of bars across the hour that occurs twice in New
 * York is resolved correctly, whatever part of it a request contains, if the order
 * determines the hour.
 */
class TimeOrderTests {

    /** New York goes back from 02:00 to 01:00. */
    private static final long CLOCK_CHANGE = LocalDateTime.of(2024, 11, 3, 6, 0)
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();

    private static final long MINUTE_MILLIS = 60_000;

    private static final FeedClock NEW_YORK = FeedClock.parse("America/New_York");

    private static final long LONG_AFTER = CLOCK_CHANGE + 1_000_000 * MINUTE_MILLIS;

    @ParameterizedTest
    @ValueSource(longs = { 1, 5, 15, 30, 60 })
    void keepsTheOrderOfAWholeNight(long minutes) {
        for (boolean newestFirst : new boolean[] { false, true }) {
            List<Long> utc = new ArrayList<>();
            for (long time = CLOCK_CHANGE - 180 * MINUTE_MILLIS; time < CLOCK_CHANGE
                    + 180 * MINUTE_MILLIS; time += minutes * MINUTE_MILLIS) {
                utc.add(newestFirst ? 0 : utc.size(), time);
            }
            assertThat(resolved(utc, minutes * MINUTE_MILLIS)).isEqualTo(utc);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 5, 15, 30 })
    void keepsTheOrderOfARequestThatBeginsInTheNight(long minutes) {
        for (long from = CLOCK_CHANGE - 60 * MINUTE_MILLIS; from < CLOCK_CHANGE + 60 * MINUTE_MILLIS; from += minutes
                * MINUTE_MILLIS) {
            List<Long> utc = new ArrayList<>();
            for (long time = from; time < CLOCK_CHANGE + 120 * MINUTE_MILLIS; time += minutes * MINUTE_MILLIS) {
                utc.add(time);
            }
            assertThat(resolved(utc, minutes * MINUTE_MILLIS)).as("from %d", from).isEqualTo(utc);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 20 })
    void keepsTheOrderOfTicks(int seconds) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Long> utc = new ArrayList<>();
        for (long time = CLOCK_CHANGE - 90 * MINUTE_MILLIS; time < CLOCK_CHANGE + 90 * MINUTE_MILLIS; time += 1
                + random.nextInt(seconds * 2000)) {
            utc.add(time);
        }
        assertThat(resolved(utc, 0)).as("seed %d", seed).isEqualTo(utc);
    }

    private static List<Long> resolved(List<Long> utc, long step) {
        TimeOrder order = new TimeOrder(LONG_AFTER);
        List<Long> first = pass(order, utc, step);
        return order.canDecideMore() ? pass(order, utc, step) : first;
    }

    private static List<Long> pass(TimeOrder order, List<Long> utc, long step) {
        order.beginPass();
        TimeOrder.Series series = order.getSeries("X", step);
        List<Long> resolved = new ArrayList<>();
        for (long time : utc) {
            long wall = time + ZoneId.of("America/New_York")
                .getRules()
                .getOffset(java.time.Instant.ofEpochMilli(time))
                .getTotalSeconds() * 1000L;
            long[] moments = NEW_YORK.moments(wall);
            if (moments.length == 2) {
                resolved.add(series.choose(moments[0], moments[1]));
            }
            else {
                series.addKnown(moments[0]);
                resolved.add(moments[0]);
            }
        }
        return resolved;
    }

}
