package pregao.market.dataquality;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.FeedClock;

/**
 * What clocks show, as if it were UTC. Times are epoch milliseconds.
 */
final class WallClockTime {

    /** Clocks differ by multiples of it. */
    static final long STEP = Timeframe.M15.millis();

    private static final long MAX_COUNT = Duration.ofHours(14).toMillis();

    private WallClockTime() {
    }

    static long of(FeedClock clock, long moment) {
        return moment + offset(clock.zone(), moment) + clock.shift().toMillis();
    }

    static long offset(ZoneId zone, long moment) {
        return zone.getRules().getOffset(Instant.ofEpochMilli(moment)).getTotalSeconds() * 1000L;
    }

    static Optional<FeedClock> shifted(ZoneId zone, long shift) {
        return (Math.abs(shift) <= MAX_COUNT) ? Optional.of(new FeedClock(zone, Duration.ofMillis(shift)))
                : Optional.empty();
    }

}
