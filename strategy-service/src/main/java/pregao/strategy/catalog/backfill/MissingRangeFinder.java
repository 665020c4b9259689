package pregao.strategy.catalog.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.backfill.BackfillRequest;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.dataquality.GapDetector;
import pregao.market.dataquality.MarketHours;
import pregao.market.dataquality.TimeRange;
import pregao.market.dataquality.WeekendHours;
import pregao.market.pattern.CandleColors;

/**
 * Finds the time ranges in which an analysis misses candles of an instrument: gaps
 * between its candles, and ranges before the first and after the last of them. Requests
 * are always for M1, from which all other timeframes are aggregated.
 *
 * @param instrument the instrument
 * @param calendar the trading calendar of the instrument
 * @param wanted the open market time that the analysis covers, in milliseconds
 * @param now the current time, in epoch milliseconds
 */
public record MissingRangeFinder(Instrument instrument, TradingCalendar calendar, long wanted, long now) {

    /** The maximum number of requests per instrument; the longest ranges win. */
    static final int MAX_REQUESTS = 10;

    private static final Duration MIN_GAP = Duration.ofMinutes(1);

    /** Newer candles may still arrive without a request. */
    private static final long ARRIVAL_DELAY_MILLIS = Duration.ofMinutes(2).toMillis();

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** The search for the start of the range does not go back further. */
    private static final long MAX_LOOKBACK_MILLIS = 90 * Timeframe.D1.millis();

    /**
     * Returns the requests for the missing ranges.
     * @param colors the stored colors; null if there are none
     * @return the requests, longest range first; empty if nothing is missing
     */
    public List<BackfillRequest> findRequests(@Nullable CandleColors colors) {
        long end = Timeframe.M1.bucketStart(this.now - ARRIVAL_DELAY_MILLIS);
        MarketHours hours = findMarketHours(colors);
        long start = findStart(hours, end);
        List<TimeRange> missing = new ArrayList<>();
        if (colors == null || colors.isEmpty()) {
            missing.addAll(hours.open(start, end));
        }
        else {
            missing.addAll(hours.open(start, colors.from()));
            missing.addAll(findGaps(colors, hours, Math.max(start, colors.from()), Math.min(colors.to(), end)));
            missing.addAll(hours.open(Math.max(start, colors.to()), end));
        }
        return missing.stream()
            .map((range) -> new TimeRange(Timeframe.M1.bucketStart(range.from()),
                    Timeframe.M1.bucketEnd(range.to() - 1)))
            .sorted(Comparator.comparingLong(TimeRange::millis).reversed())
            .limit(MAX_REQUESTS)
            .map((range) -> new BackfillRequest(this.instrument, Timeframe.M1, range.from(), range.to(), this.now))
            .toList();
    }

    private MarketHours findMarketHours(@Nullable CandleColors colors) {
        if (colors == null || colors.isEmpty()) {
            return new MarketHours(this.calendar);
        }
        return new MarketHours(this.calendar, WeekendHours.of(BucketGrid.UTC, colors.timeframe(), listOpenTimes(colors),
                colors.from(), colors.from(), this.now));
    }

    private static List<TimeRange> findGaps(CandleColors colors, MarketHours hours, long from, long to) {
        return (from < to) ? new GapDetector(BucketGrid.UTC, colors.timeframe(), hours, MIN_GAP)
            .search(from, to, listOpenTimes(colors))
            .gaps() : List.of();
    }

    /**
     * Returns the start of the lookback range. It is a full hour, so that a call a minute
     * later finds the same ranges.
     */
    private long findStart(MarketHours hours, long end) {
        long start = end - this.wanted;
        while (hours.openMillis(start, end) < this.wanted && start > end - MAX_LOOKBACK_MILLIS) {
            start -= Timeframe.D1.millis();
        }
        return Math.floorDiv(start, HOUR_MILLIS) * HOUR_MILLIS;
    }

    private static long[] listOpenTimes(CandleColors colors) {
        long[] openTimes = new long[colors.places()];
        int count = 0;
        for (long openTime = colors.from(); openTime < colors.to(); openTime += colors.timeframe().millis()) {
            if (colors.colour(openTime) != CandleColors.NONE) {
                openTimes[count++] = openTime;
            }
        }
        return Arrays.copyOf(openTimes, count);
    }

}
