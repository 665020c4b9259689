package pregao.market.dataquality;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import pregao.contracts.Timeframe;
import pregao.contracts.feed.FeedClock;

/**
 * Reads a feed's clock from its weekends: a market of foreign exchange rests from Friday
 * 17:00 to Sunday 17:00 in New York, so the feed's own times of the last candle before
 * and the first one after tell its shift. Over a change of summer time a fixed shift, New
 * York's rules and Europe's can be told apart; without one, the first two are offered.
 */
public final class WeekendTimeZoneEstimator {

    private static final int FEWEST = 2;

    /** A quiet market's last minutes may have no candle, and its first ones neither. */
    private static final long QUIET = 12 * Timeframe.M1.millis();

    /** A last tick may come a little after the close. */
    private static final long LATE = 2 * Timeframe.M1.millis();

    private static final ZoneId EASTERN_EUROPE = ZoneId.of("Europe/Athens");

    private WeekendTimeZoneEstimator() {
    }

    /**
     * The clocks that fit.
     * @param stored the clock by which the candles were stored
     * @param edges of weekends, as stored
     * @return the best, where at least two weekends and three of four agree
     */
    public static Optional<TimeZoneEvidence> infer(FeedClock stored, List<WeekendBoundary> edges) {
        List<WeekendBoundary> seen = edges.stream().filter(WeekendBoundary::isSeen).toList();
        Vote fixed = best(ZoneOffset.UTC, stored, seen);
        Vote newYork = best(Weekend.NEW_YORK, stored, seen);
        Vote europe = best(EASTERN_EUROPE, stored, seen);
        int most = Math.max(fixed.agreeing, Math.max(newYork.agreeing, europe.agreeing));
        if (most < FEWEST || most * 4 < seen.size() * 3) {
            return Optional.empty();
        }
        List<FeedClock> fitting = new ArrayList<>();
        for (Vote vote : List.of(fixed, newYork)) {
            if (vote.agreeing == most) {
                fitting.add(vote.clock);
            }
        }
        if (fitting.isEmpty() || (europe.agreeing == most && europe.clock.equals(stored))) {
            fitting.add(europe.clock);
        }
        return Optional.of(new TimeZoneEvidence(TimeZoneEvidence.Kind.WEEKENDS, fitting, most, seen.size()));
    }

    private static Vote best(ZoneId zone, FeedClock stored, List<WeekendBoundary> seen) {
        Map<FeedClock, Integer> votes = new HashMap<>();
        Vote best = new Vote(FeedClock.UTC, 0);
        for (WeekendBoundary edges : seen) {
            FeedClock clock = clock(zone, stored, edges).orElse(null);
            if (clock == null) {
                continue;
            }
            int agreeing = votes.merge(clock, 1, Integer::sum);
            if (agreeing > best.agreeing) {
                best = new Vote(clock, agreeing);
            }
        }
        return best;
    }

    /** The one clock of a zone on which a weekend begins and ends when it should. */
    private static Optional<FeedClock> clock(ZoneId zone, FeedClock stored, WeekendBoundary edges) {
        long ended = WallClockTime.of(stored, edges.last()) + Timeframe.M1.millis();
        long began = WallClockTime.of(stored, edges.first());
        Weekend weekend = edges.weekend();
        long atClose = ended - (weekend.close() + WallClockTime.offset(zone, weekend.close()));
        long atOpen = began - (weekend.open() + WallClockTime.offset(zone, weekend.open()));
        long shift = Timeframe.M15.bucketStart(atClose + QUIET);
        return (shift == Timeframe.M15.bucketStart(atOpen + LATE)) ? WallClockTime.shifted(zone, shift)
                : Optional.empty();
    }

    /**
     * A clock and how many weekends agree with it.
     */
    private record Vote(FeedClock clock, int agreeing) {
    }

}
