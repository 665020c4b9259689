package pregao.market.candle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;

/**
 * The longer candles of one day of an instrument, folded up to its last minute, so that a
 * minute that follows needs none of those before. What follows is another fold: this one
 * never changes.
 */
public final class DailyRollup {

    private final BucketGrid grid;

    private final long day;

    /**
     * Of the final minutes all of whose longer candles were given out with it, else 0.
     */
    private final short[] revisions;

    /** Minutes still forming from ticks, which keep what they are in from being final. */
    private final BitSet formingMinutes;

    private final OpenRollups open;

    private int last;

    private DailyRollup(BucketGrid grid, long day, short[] revisions, BitSet leftOut, OpenRollups open, int last) {
        this.grid = grid;
        this.day = day;
        this.revisions = revisions;
        this.formingMinutes = leftOut;
        this.open = open;
        this.last = last;
    }

    /**
     * Folds a day from its beginning. Longer candles come out where they are touched, or
     * hold a minute behind the first that came which is not as it was known: its own
     * coming is still ahead, and then there is nothing to do for it.
     * @param touch what happened
     * @param minutes all M1 candles of the day as they are stored, in order of open time
     * @param before what was known of this day or of another one
     * @param endedBy buckets whose end is not after this have ended, epoch milliseconds
     * @return the day, and its longer candles in the order of
     * {@link CandleRollup#touched}
     */
    public static RollupResult rebuild(DayChanges touch, List<Candle> minutes, @Nullable DailyRollup before,
            long endedBy) {
        DailyRollup fold = new DailyRollup(touch.grid(), touch.day(), new short[touch.length()], new BitSet(),
                new OpenRollups(touch.grid()), -1);
        BitSet touched = touch.moments();
        int first = touch.first();
        List<Candle> counted = new ArrayList<>(minutes.size());
        for (Candle minute : minutes) {
            int at = fold.minuteOfDay(minute.openTime());
            if (CandleRollup.leavesOut(minute)) {
                fold.formingMinutes.set(at);
                continue;
            }
            counted.add(minute);
            boolean known = before != null && before.isOf(touch) && before.revisions[at] == minute.revision();
            if (minute.isFinal() && !known && at >= first) {
                touched.set(at);
            }
            if (known || touched.get(at)) {
                fold.remember(minute);
            }
        }
        return new RollupResult(fold, fold.take(counted, touched, endedBy), touch.emptied(counted));
    }

    /**
     * Goes on from here.
     * @param touch what happened to this day
     * @param endedBy buckets whose end is not after this have ended, epoch milliseconds
     * @return the day as it is then and the longer candles that are touched, or null
     * where that takes more than is known, so that the whole day has to be read
     */
    public @Nullable RollupResult advance(DayChanges touch, long endedBy) {
        if (!isOf(touch) || touch.hasWithdrawn()) {
            return null;
        }
        List<Candle> next = new ArrayList<>();
        BitSet forming = new BitSet();
        for (Candle minute : touch.minutes()) {
            int at = minuteOfDay(minute.openTime());
            if (hasFolded(minute)) {
                continue;
            }
            if (CandleRollup.leavesOut(minute)) {
                if (at <= this.last && !this.formingMinutes.get(at)) {
                    return null; // said again, maybe, of a minute that was given since
                }
                forming.set(at);
            }
            else if (minute.isFinal() && at > this.last) {
                next.add(minute);
            }
            else {
                return null;
            }
        }
        BitSet touched = new BitSet();
        for (DayChanges.EmptiedBucket ended : touch.ended()) {
            if (!this.open.isOpen(ended.timeframe(), ended.openTime())) {
                return null;
            }
            touched.set(minuteOfDay(ended.openTime()));
        }
        return advance(next, forming, touched, endedBy);
    }

    private RollupResult advance(List<Candle> next, BitSet forming, BitSet touched, long endedBy) {
        forming.andNot(this.formingMinutes);
        if (next.isEmpty() && forming.isEmpty() && touched.isEmpty()) {
            return new RollupResult(this, List.of(), List.of());
        }
        DailyRollup fold = new DailyRollup(this.grid, this.day, this.revisions.clone(),
                (BitSet) this.formingMinutes.clone(), this.open.copy(), this.last);
        fold.formingMinutes.or(forming);
        for (Candle minute : next) {
            int at = minuteOfDay(minute.openTime());
            fold.formingMinutes.clear(at);
            fold.remember(minute);
            touched.set(at);
        }
        return new RollupResult(fold, fold.take(next, touched, endedBy), List.of());
    }

    private boolean isOf(DayChanges touch) {
        return touch.day() == this.day && touch.grid().equals(this.grid);
    }

    private boolean hasFolded(Candle minute) {
        int folded = this.revisions[minuteOfDay(minute.openTime())];
        return folded > 0 && minute.revision() <= folded;
    }

    /**
     * A revision for which there is no room is folded again when it comes.
     */
    private void remember(Candle minute) {
        this.revisions[minuteOfDay(minute.openTime())] = (short) Math.min(minute.revision(), Short.MAX_VALUE);
    }

    private List<Candle> take(List<Candle> minutes, BitSet touched, long endedBy) {
        List<Candle> longer = new ArrayList<>();
        Consumer<CandleRollup> closed = (candleRollup) -> emit(candleRollup, touched, endedBy, longer);
        for (Candle minute : minutes) {
            this.open.closeBefore(minute.openTime(), closed);
            this.open.add(minute);
            this.last = minuteOfDay(minute.openTime());
        }
        this.open.forEach(closed);
        return longer;
    }

    private void emit(CandleRollup candleRollup, BitSet touched, long endedBy, List<Candle> longer) {
        if (!containsAny(candleRollup, touched)) {
            return;
        }
        Candle candle = candleRollup
            .candle(candleRollup.end() <= endedBy && !containsAny(candleRollup, this.formingMinutes));
        if (candle != null) {
            longer.add(candle);
        }
    }

    private boolean containsAny(CandleRollup candleRollup, BitSet minutes) {
        int at = minutes.nextSetBit(minuteOfDay(candleRollup.start()));
        return at >= 0 && at < (candleRollup.end() - this.day) / Timeframe.M1.millis();
    }

    private int minuteOfDay(long time) {
        return (int) ((time - this.day) / Timeframe.M1.millis());
    }

    /**
     * A day and what came out when it was folded.
     *
     * @param day to go on from
     * @param longer M5 to D1 candles
     * @param emptied longer candles of which no minute is left
     */
    public record RollupResult(DailyRollup day, List<Candle> longer, List<DayChanges.EmptiedBucket> emptied) {

        public RollupResult {
            longer = List.copyOf(longer);
            emptied = List.copyOf(emptied);
        }

    }

}
