package pregao.market.dataquality;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;

/**
 * Reads a feed's clock from when its live ticks or candles arrived: they are under way
 * for seconds, so what is left of the time between a minute and its first arrival is the
 * clock's mistake, a multiple of 15 minutes.
 */
public final class ArrivalTimeZoneEstimator {

    private static final int FEWEST = 20;

    /** Our clock and the feed's may differ a little. */
    private static final long EARLY = Duration.ofSeconds(5).toMillis();

    /** The rest of the minute, and the way. */
    private static final long LATE = Duration.ofSeconds(90).toMillis();

    /** The whole minute, a scan of the terminal, and the way. */
    private static final long LATE_CANDLE = Duration.ofSeconds(150).toMillis();

    private ArrivalTimeZoneEstimator() {
    }

    /**
     * The clocks that fit.
     * @param stored the clock by which the ticks were stored
     * @param calendar when the feed has prices
     * @param now the moment up to which the ticks are
     * @param delays from the start of each minute to the arrival of its first ticks,
     * milliseconds
     * @return the best, where at least twenty minutes and four of five agree
     */
    public static Optional<TimeZoneEvidence> infer(FeedClock stored, TradingCalendar calendar, long now,
            long[] delays) {
        return infer(TimeZoneEvidence.Kind.ARRIVALS, LATE, stored, calendar, now, delays);
    }

    /**
     * The clocks that fit candles of one minute that a terminal sends, while they form or
     * when they end.
     * @param stored the clock by which the candles were stored
     * @param calendar when the feed has prices
     * @param now the moment up to which the candles are
     * @param delays from the start of each minute to the first arrival of its candle,
     * milliseconds
     * @return the best, where at least twenty candles and four of five agree
     */
    public static Optional<TimeZoneEvidence> inferFromCandles(FeedClock stored, TradingCalendar calendar, long now,
            long[] delays) {
        return infer(TimeZoneEvidence.Kind.CANDLES, LATE_CANDLE, stored, calendar, now, delays);
    }

    private static Optional<TimeZoneEvidence> infer(TimeZoneEvidence.Kind kind, long late, FeedClock stored,
            TradingCalendar calendar, long now, long[] delays) {
        Map<Long, Integer> votes = new HashMap<>();
        for (long delay : delays) {
            long steps = Math.floorDiv(delay + EARLY, WallClockTime.STEP);
            if (delay - steps * WallClockTime.STEP <= late) {
                votes.merge(steps, 1, Integer::sum);
            }
        }
        return votes.entrySet()
            .stream()
            .max(Map.Entry.comparingByValue())
            .filter((vote) -> vote.getValue() >= FEWEST && vote.getValue() * 5 >= delays.length * 4)
            .flatMap((vote) -> evidence(kind, fitting(stored, calendar, now, -vote.getKey() * WallClockTime.STEP),
                    vote.getValue(), delays.length));
    }

    private static Optional<TimeZoneEvidence> evidence(TimeZoneEvidence.Kind kind, List<FeedClock> fitting,
            int agreeing, int seen) {
        return fitting.isEmpty() ? Optional.empty() : Optional.of(new TimeZoneEvidence(kind, fitting, agreeing, seen));
    }

    private static List<FeedClock> fitting(FeedClock stored, TradingCalendar calendar, long now, long mistake) {
        if (mistake == 0) {
            return List.of(stored);
        }
        long ahead = WallClockTime.of(stored, now) - now + mistake;
        List<FeedClock> fitting = new ArrayList<>();
        WallClockTime.shifted(ZoneOffset.UTC, ahead).ifPresent(fitting::add);
        if (calendar == TradingCalendar.FX) {
            WallClockTime.shifted(Weekend.NEW_YORK, ahead - WallClockTime.offset(Weekend.NEW_YORK, now))
                .ifPresent(fitting::add);
        }
        return fitting;
    }

}
