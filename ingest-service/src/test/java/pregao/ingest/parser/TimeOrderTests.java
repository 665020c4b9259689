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
 * Tests for {@link TimeOrder}: a series of bars that goes through the hour that New
 * York's clock shows twice comes out as it was, whatever part of it a request holds, as
 * long as the order says which hour is meant.
 */
class TimeOrderTests {

    /** New York goes from 02:00 back to 01:00. */
    private static final long BACK = LocalDateTime.of(2024, 11, 3, 6, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private static final long MINUTE = 60_000;

    private static final FeedClock NEW_YORK = FeedClock.parse("America/New_York");

    private static final long LONG_AFTER = BACK + 1_000_000 * MINUTE;

    @ParameterizedTest
    @ValueSource(longs = { 1, 5, 15, 30, 60 })
    void keepsTheOrderOfAWholeNight(long minutes) {
        for (boolean newestFirst : new boolean[] { false, true }) {
            List<Long> utc = new ArrayList<>();
            for (long at = BACK - 180 * MINUTE; at < BACK + 180 * MINUTE; at += minutes * MINUTE) {
                utc.add(newestFirst ? 0 : utc.size(), at);
            }
            assertThat(resolved(utc, minutes * MINUTE)).isEqualTo(utc);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 5, 15, 30 })
    void keepsTheOrderOfARequestThatBeginsInTheNight(long minutes) {
        for (long from = BACK - 60 * MINUTE; from < BACK + 60 * MINUTE; from += minutes * MINUTE) {
            List<Long> utc = new ArrayList<>();
            for (long at = from; at < BACK + 120 * MINUTE; at += minutes * MINUTE) {
                utc.add(at);
            }
            assertThat(resolved(utc, minutes * MINUTE)).as("from %d", from).isEqualTo(utc);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 7, 20 })
    void keepsTheOrderOfTicks(int seconds) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Long> utc = new ArrayList<>();
        for (long at = BACK - 90 * MINUTE; at < BACK + 90 * MINUTE; at += 1 + random.nextInt(seconds * 2000)) {
            utc.add(at);
        }
        assertThat(resolved(utc, 0)).as("seed %d", seed).isEqualTo(utc);
    }

    private static List<Long> resolved(List<Long> utc, long step) {
        TimeOrder order = new TimeOrder(LONG_AFTER);
        List<Long> first = pass(order, utc, step);
        return order.canDecideMore() ? pass(order, utc, step) : first;
    }

    private static List<Long> pass(TimeOrder order, List<Long> utc, long step) {
        order.begin();
        TimeOrder.Series series = order.series("X", step);
        List<Long> resolved = new ArrayList<>();
        for (long at : utc) {
            long wall = at + ZoneId.of("America/New_York")
                .getRules()
                .getOffset(java.time.Instant.ofEpochMilli(at))
                .getTotalSeconds() * 1000L;
            long[] moments = NEW_YORK.moments(wall);
            if (moments.length == 2) {
                resolved.add(series.choose(moments[0], moments[1]));
            }
            else {
                series.pass(moments[0]);
                resolved.add(moments[0]);
            }
        }
        return resolved;
    }

}
