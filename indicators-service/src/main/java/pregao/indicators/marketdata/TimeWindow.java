package pregao.indicators.marketdata;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * The time that is read for a page. Where the table is kept in chunks of time, a short
 * time opens only a few of them. A page that is not full is looked for again in a longer
 * time, so the answer is the same as without bounds.
 *
 * @param from the first open time
 * @param to the end, exclusive
 * @param isWhole whether a longer time has no further candles
 */
record TimeWindow(Instant from, Instant to, boolean isWhole) {

    static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** Candles may lack for as long as a weekend with holidays. */
    private static final Duration MAX_CLOSED_DURATION = Duration.ofDays(4);

    /** How many times longer each further attempt looks. */
    private static final int GROWTH = 8;

    /**
     * Returns the time before a moment in which the latest candles probably are.
     * @param range how far the series goes; null where that is not known
     * @param timeframe of the candles
     * @param to the moment; null for no end
     * @param count how many candles are wanted
     * @param attempt 0 for the first one
     */
    static TimeWindow latest(@Nullable SeriesRange range, Timeframe timeframe, @Nullable Instant to, int count,
            int attempt) {
        Instant end = (to != null) ? to : END;
        if (range != null) {
            Instant lastEnd = range.last().plusMillis(timeframe.millis());
            Instant from = (end.isBefore(lastEnd) ? end : lastEnd).minus(estimateDuration(timeframe, count, attempt));
            if (from.isAfter(range.first())) {
                return new TimeWindow(from, end, false);
            }
        }
        return new TimeWindow(BEGINNING, end, true);
    }

    /**
     * Returns the time from a moment on in which the next candles probably are.
     * @param range how far the series goes; null where that is not known
     * @param timeframe of the candles
     * @param from the moment
     * @param to the end; null for none
     * @param count how many candles are wanted
     * @param attempt 0 for the first one
     */
    static TimeWindow next(@Nullable SeriesRange range, Timeframe timeframe, Instant from, @Nullable Instant to,
            int count, int attempt) {
        Instant end = (to != null) ? to : END;
        if (range != null) {
            Instant start = from.isAfter(range.first()) ? from : range.first();
            Instant windowEnd = start.plus(estimateDuration(timeframe, count, attempt));
            if (windowEnd.isBefore(end) && !windowEnd.isAfter(range.last())) {
                return new TimeWindow(from, windowEnd, false);
            }
        }
        return new TimeWindow(from, end, true);
    }

    private static Duration estimateDuration(Timeframe timeframe, int count, int attempt) {
        long factor = Math.round(Math.pow(GROWTH, attempt));
        return Duration.ofMillis(timeframe.millis())
            .multipliedBy(3L * count / 2 + 1)
            .plus(MAX_CLOSED_DURATION)
            .multipliedBy(factor);
    }

}
