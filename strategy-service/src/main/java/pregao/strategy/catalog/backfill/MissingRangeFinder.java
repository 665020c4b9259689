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
    static final int MAX_COUNT = 10;

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** What is that new may still come by itself. */
    private static final long LATE = Duration.ofMinutes(2).toMillis();

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** Further back nobody looks for the beginning. */
    private static final long FURTHEST = 90 * Timeframe.D1.millis();

    /**
     * The wishes of an instrument.
     * @param colours what there is; null where there is nothing
     * @return the largest first, none while nothing is missing
     */
    public List<BackfillRequest> wishes(@Nullable CandleColors colours) {
        long end = Timeframe.M1.bucketStart(this.now - LATE);
        MarketHours hours = hours(colours);
        long begin = begin(hours, end);
        List<TimeRange> missing = new ArrayList<>();
        if (colours == null || colours.isEmpty()) {
            missing.addAll(hours.open(begin, end));
        }
        else {
            missing.addAll(hours.open(begin, colours.from()));
            missing.addAll(holes(colours, hours, Math.max(begin, colours.from()), Math.min(colours.to(), end)));
            missing.addAll(hours.open(Math.max(begin, colours.to()), end));
        }
        return missing.stream()
            .map((span) -> new TimeRange(Timeframe.M1.bucketStart(span.from()), Timeframe.M1.bucketEnd(span.to() - 1)))
            .sorted(Comparator.comparingLong(TimeRange::millis).reversed())
            .limit(MAX_COUNT)
            .map((span) -> new BackfillRequest(this.instrument, Timeframe.M1, span.from(), span.to(), this.now))
            .toList();
    }

    private MarketHours hours(@Nullable CandleColors colours) {
        if (colours == null || colours.isEmpty()) {
            return new MarketHours(this.calendar);
        }
        return new MarketHours(this.calendar, WeekendHours.of(BucketGrid.UTC, colours.timeframe(), times(colours),
                colours.from(), colours.from(), this.now));
    }

    private static List<TimeRange> holes(CandleColors colours, MarketHours hours, long from, long to) {
        return (from < to)
                ? new GapDetector(BucketGrid.UTC, colours.timeframe(), hours, SHORTEST).search(from, to, times(colours))
                    .gaps()
                : List.of();
    }

    /** By whole hours, so that a minute later the same is missing. */
    private long begin(MarketHours hours, long end) {
        long begin = end - this.wanted;
        while (hours.openMillis(begin, end) < this.wanted && begin > end - FURTHEST) {
            begin -= Timeframe.D1.millis();
        }
        return Math.floorDiv(begin, HOUR) * HOUR;
    }

    private static long[] times(CandleColors colours) {
        long[] times = new long[colours.places()];
        int count = 0;
        for (long time = colours.from(); time < colours.to(); time += colours.timeframe().millis()) {
            if (colours.colour(time) != CandleColors.NONE) {
                times[count++] = time;
            }
        }
        return Arrays.copyOf(times, count);
    }

}
