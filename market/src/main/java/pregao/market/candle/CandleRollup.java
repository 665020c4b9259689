package pregao.market.candle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;
import pregao.market.math.Int128Sum;

/**
 * M1 candles of one instrument, taken in order, into a longer candle. Minutes that are
 * still forming from ticks are left out, but keep the longer candle from being final.
 */
public final class CandleRollup {

    private final Timeframe timeframe;

    private final long bucket;

    private final long end;

    private @Nullable Candle first;

    private @Nullable Candle last;

    private long high;

    private long low;

    private BigDecimal volume = BigDecimal.ZERO;

    private final Int128Sum spread = new Int128Sum();

    private Spread.Unit spreadUnit = Spread.Unit.PRICE;

    private boolean spreadsDiffer;

    private boolean allComplete = true;

    CandleRollup(Timeframe timeframe, long bucket, long end) {
        this.timeframe = timeframe;
        this.bucket = bucket;
        this.end = end;
    }

    /**
     * Starts the fold of the bucket that holds a moment.
     */
    static CandleRollup at(BucketGrid grid, Timeframe timeframe, long moment) {
        return new CandleRollup(timeframe, grid.bucketStart(timeframe, moment), grid.bucketEnd(timeframe, moment));
    }

    /**
     * A fold that goes its own way from here.
     */
    CandleRollup copy() {
        CandleRollup copy = new CandleRollup(this.timeframe, this.bucket, this.end);
        copy.first = this.first;
        copy.last = this.last;
        copy.high = this.high;
        copy.low = this.low;
        copy.volume = this.volume;
        copy.spread.set(this.spread);
        copy.spreadUnit = this.spreadUnit;
        copy.spreadsDiffer = this.spreadsDiffer;
        copy.allComplete = this.allComplete;
        return copy;
    }

    /**
     * The candle of one bucket.
     * @param grid of the feed
     * @param timeframe longer than M1
     * @param minutes the M1 candles of the bucket, in order of open time
     * @param ended whether the bucket has ended
     * @return the candle, or null where no minute counts
     * @throws IllegalArgumentException where a minute is of another bucket
     */
    public static @Nullable Candle of(BucketGrid grid, Timeframe timeframe, List<Candle> minutes, boolean ended) {
        if (minutes.isEmpty()) {
            return null;
        }
        CandleRollup fold = at(grid, timeframe, minutes.getFirst().openTime());
        for (Candle minute : minutes) {
            fold.add(minute);
        }
        return fold.candle(ended);
    }

    /**
     * Every M5 to D1 candle that holds a touched minute, in one straight pass: what
     * {@link DailyRollup} must agree with.
     * @param grid of the feed
     * @param minutes the M1 candles of all days with touched minutes, in order of open
     * time
     * @param touched moments in the minutes that changed, epoch milliseconds, in any
     * order
     * @param endedBy buckets whose end is not after this have ended, epoch milliseconds
     * @return the candles, in order of their ends and then from short to long
     */
    public static List<Candle> touched(BucketGrid grid, List<Candle> minutes, long[] touched, long endedBy) {
        long[] sorted = touched.clone();
        Arrays.sort(sorted);
        List<Candle> candles = new ArrayList<>();
        OpenRollups open = new OpenRollups(grid);
        Consumer<CandleRollup> closed = (candleRollup) -> {
            Candle candle = candleRollup.holdsAny(sorted) ? candleRollup.candle(candleRollup.end() <= endedBy) : null;
            if (candle != null) {
                candles.add(candle);
            }
        };
        for (Candle minute : minutes) {
            open.closeBefore(minute.openTime(), closed);
            open.add(minute);
        }
        open.forEach(closed);
        return candles;
    }

    /**
     * Whether a minute counts nowhere yet, because it is still forming from ticks.
     */
    static boolean leavesOut(Candle minute) {
        return !minute.isFinal() && minute.source() == CandleSource.TICKS;
    }

    long start() {
        return this.bucket;
    }

    long end() {
        return this.end;
    }

    private boolean holdsAny(long[] sorted) {
        int at = Arrays.binarySearch(sorted, this.bucket);
        int from = (at >= 0) ? at : -at - 1;
        return from < sorted.length && sorted[from] < end();
    }

    void add(Candle minute) {
        if (minute.timeframe() != Timeframe.M1) {
            throw new IllegalArgumentException("rolled up from M1, not from " + minute.timeframe());
        }
        if (minute.openTime() < this.bucket || minute.openTime() >= this.end) {
            throw new IllegalArgumentException("the minute at %d is not in the %s at %d".formatted(minute.openTime(),
                    this.timeframe, this.bucket));
        }
        this.allComplete &= minute.isFinal();
        if (leavesOut(minute)) {
            return;
        }
        if (this.last != null && this.last.openTime() >= minute.openTime()) {
            throw new IllegalArgumentException("the minute at %d does not come after that at %d"
                .formatted(minute.openTime(), this.last.openTime()));
        }
        this.high = (this.first == null) ? minute.high() : Math.max(this.high, minute.high());
        this.low = (this.first == null) ? minute.low() : Math.min(this.low, minute.low());
        this.first = (this.first == null) ? minute : this.first;
        this.last = minute;
        this.volume = this.volume.add(minute.volume());
        addSpread(minute.spread());
    }

    private void addSpread(@Nullable Spread of) {
        if (of == null) {
            return;
        }
        this.spreadsDiffer |= this.spread.count() > 0 && of.unit() != this.spreadUnit;
        this.spreadUnit = of.unit();
        this.spread.add(of.units());
    }

    @Nullable Candle candle(boolean ended) {
        if (this.first == null || this.last == null) {
            return null;
        }
        return new Candle(this.first.instrument(), this.timeframe, this.bucket, this.first.open(), this.high, this.low,
                this.last.close(), this.volume, meanSpread(), CandleSource.ROLLUP, ended && this.allComplete, 0);
    }

    private @Nullable Spread meanSpread() {
        if (this.spread.count() == 0 || this.spreadsDiffer) {
            return null;
        }
        return new Spread(this.spread.mean(), this.spreadUnit);
    }

}
