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
 * What is missing of an instrument for an analysis: holes between its candles, and what
 * would lie before the first and after the last of them. It is asked for as M1, of which
 * all others are made.
 *
 * @param instrument of what
 * @param calendar when it has prices
 * @param wanted how much open market is looked at, milliseconds
 * @param now this moment, epoch milliseconds
 */
public record MissingRangeFinder(Instrument instrument, TradingCalendar calendar, long wanted, long now) {

    /** Of one instrument at once; the largest. */
    static final int MAX_REQUESTS = 10;

    private static final Duration MIN_GAP = Duration.ofMinutes(1);

    /** What is that new may still come by itself. */
    private static final long ARRIVAL_DELAY_MILLIS = Duration.ofMinutes(2).toMillis();

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** Further back nobody looks for the beginning. */
    private static final long MAX_LOOKBACK_MILLIS = 90 * Timeframe.D1.millis();

    /**
     * The wishes of an instrument.
     * @param colors what there is; null where there is nothing
     * @return the largest first, none while nothing is missing
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

    /** By whole hours, so that a minute later the same is missing. */
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
