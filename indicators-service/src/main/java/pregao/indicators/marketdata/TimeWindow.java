package pregao.indicators.marketdata;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * The time window that is read for a page. If the table is partitioned into chunks of
 * time, a short window opens only a few of them. A page that is not full is read again
 * with a longer window, so the result is the same as without bounds.
 *
 * @param from the first open time
 * @param to the end, exclusive
 * @param isWhole whether a longer window would contain no further candles
 */
record TimeWindow(Instant from, Instant to, boolean isWhole) {

    static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    /** Candles may be missing for as long as a weekend with holidays. */
    private static final Duration MAX_CLOSED_DURATION = Duration.ofDays(4);

    /** The factor by which each further attempt extends the window. */
    private static final int GROWTH = 8;

    /**
     * Returns the window before a time that probably contains the latest candles.
     * @param range the range of the series; null if it is not known
     * @param timeframe the timeframe of the candles
     * @param to the end; null for no end
     * @param count the number of candles
     * @param attempt the number of the attempt, from 0
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
     * Returns the window after a time that probably contains the next candles.
     * @param range the range of the series; null if it is not known
     * @param timeframe the timeframe of the candles
     * @param from the start
     * @param to the end; null for no end
     * @param count the number of candles
     * @param attempt the number of the attempt, from 0
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
