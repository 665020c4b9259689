package pregao.market.tick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;
import pregao.market.dataquality.LevelChange;
import pregao.market.dataquality.Outlier;
import pregao.market.dataquality.OutlierRule;
import pregao.market.dataquality.PlausibleRange;

/**
 * Minutes of one instrument around a tick, with the ticks that are accepted and those
 * that the rule for outliers holds. Sees what changes in them. For one thread.
 * <p>
 * Neighbors are accepted ticks with a price, the nearest in time; of two equally near
 * ones the earlier is nearer. Levels are made of accepted and held ticks together, in
 * order of time, then seq, accepted ones first.
 */
public final class TickNeighborhood {

    private final List<? extends ScreenedMinute> minutes;

    private final PriceBasis basis;

    /**
     * A neighborhood.
     * @param minutes in order; the nearest before and after that have 20 accepted ticks
     * with a price, or all there are, and those with held ticks among them
     * @param basis which price is judged
     */
    public TickNeighborhood(List<? extends ScreenedMinute> minutes, PriceBasis basis) {
        this.minutes = List.copyOf(minutes);
        this.basis = basis;
    }

    /**
     * Whether the rule holds any tick here.
     * @return true if it does
     */
    public boolean hasHeld() {
        for (ScreenedMinute minute : this.minutes) {
            MinuteTickBuffer held = minute.held();
            if (held != null && held.size() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Judges a tick that is neither accepted nor held yet.
     * @param ticks with the tick
     * @param index of the tick, which has a price
     * @return null if it is no outlier by the median of its neighbors
     */
    public @Nullable Outlier judge(TickBatch ticks, int index) {
        int minute = minuteOf(ticks.time(index));
        int after = this.minutes.get(minute).ticks().firstNotBefore(ticks.time(index), ticks.seq(index));
        return judge(ticks.time(index), ticks.price(index), walk(false, minute, after - 1, -1),
                walk(false, minute, after, 1));
    }

    /**
     * Judges an accepted tick by the others.
     * @param place of the tick, which has a price
     * @return null if it is no outlier by the median of its neighbors
     */
    public @Nullable Outlier judge(TickPosition place) {
        MinuteTickBuffer ticks = this.minutes.get(place.minute()).ticks();
        int index = place.index();
        return judge(ticks.time(index), price(ticks, index), walk(false, place.minute(), index - 1, -1),
                walk(false, place.minute(), index + 1, 1));
    }

    private static @Nullable Outlier judge(long time, long price, TickIterator before, TickIterator after) {
        long[] nearest = new long[OutlierRule.NEIGHBORS];
        int count = 0;
        while (count < nearest.length && (before.isValid() || after.isValid())) {
            boolean earlier = !after.isValid() || (before.isValid() && time - before.time() <= after.time() - time);
            TickIterator next = earlier ? before : after;
            nearest[count++] = next.price();
            next.step();
        }
        if (count == 0) {
            return null;
        }
        long median = OutlierRule.median(Arrays.copyOf(nearest, count));
        return isNear(price, median) ? null : new Outlier("price", price, median, count);
    }

    /**
     * The place of a tick.
     * @param held whether it is among the held ones
     * @param ticks with an equal tick
     * @param index of that tick
     * @return where it is
     */
    public TickPosition place(boolean held, TickBatch ticks, int index) {
        int minute = minuteOf(ticks.time(index));
        MinuteTickBuffer minuteTickBuffer = of(held, minute);
        int at = (minuteTickBuffer != null) ? minuteTickBuffer.find(ticks, index) : -1;
        if (at < 0) {
            throw new IllegalArgumentException("no such tick at %d".formatted(ticks.time(index)));
        }
        return new TickPosition(held, minute, at);
    }

    /**
     * Finds the level of a tick.
     * @param place of the tick, which has a price
     * @return the places of all ticks of the level, in order; empty if there is none
     */
    public List<TickPosition> level(TickPosition place) {
        List<TickPosition> before = merged(place, -1);
        Collections.reverse(before);
        List<TickPosition> all = new ArrayList<>(before);
        all.add(place);
        all.addAll(merged(place, 1));
        long[] prices = all.stream().mapToLong(this::price).toArray();
        LevelChange level = LevelChange.of(prices, prices, before.size());
        return (level != null) ? List.copyOf(all.subList(level.from(), level.to())) : List.of();
    }

    /**
     * The accepted ticks beside a level that may be outliers now.
     * @param level ticks in order
     * @return the places of the 20 nearest before and after, and of those among them
     */
    public List<TickPosition> acceptedBeside(List<TickPosition> level) {
        List<TickPosition> beside = new ArrayList<>();
        TickIterator before = walk(level.getFirst(), -1);
        TickIterator after = walk(level.getFirst(), 1);
        TickPosition last = level.getLast();
        for (int i = 0; i < OutlierRule.NEIGHBORS && before.isValid(); i++) {
            beside.add(before.place());
            before.step();
        }
        int behind = 0;
        while (behind < OutlierRule.NEIGHBORS && after.isValid()) {
            beside.add(after.place());
            behind += isBefore(last, after.place()) ? 1 : 0;
            after.step();
        }
        return beside;
    }

    private boolean isBefore(TickPosition one, TickPosition other) {
        MinuteTickBuffer first = ticks(one);
        MinuteTickBuffer second = ticks(other);
        long time = first.time(one.index());
        long otherTime = second.time(other.index());
        return time < otherTime || (time == otherTime && first.seq(one.index()) < second.seq(other.index()));
    }

    /** Accepted and held ticks with a price next to a place, the nearest first. */
    private List<TickPosition> merged(TickPosition place, int step) {
        List<TickPosition> found = new ArrayList<>();
        int first = place.index() + step;
        TickIterator accepted = place.held() ? walk(place, step) : walk(false, place.minute(), first, step);
        TickIterator held = place.held() ? walk(true, place.minute(), first, step) : heldWalk(place, step);
        while (found.size() < OutlierRule.LEVEL_SIZE - 1 && (accepted.isValid() || held.isValid())) {
            TickIterator next = (!held.isValid() || (accepted.isValid() && accepted.isNearer(held))) ? accepted : held;
            found.add(next.place());
            next.step();
        }
        return found;
    }

    /** Through accepted ticks; one with the time and seq of a held place is before it. */
    private TickIterator walk(TickPosition place, int step) {
        MinuteTickBuffer ticks = ticks(place);
        MinuteTickBuffer accepted = this.minutes.get(place.minute()).ticks();
        int at = accepted.firstNotBefore(ticks.time(place.index()), ticks.seq(place.index()));
        if (place.held()) {
            while (at < accepted.size() && accepted.time(at) == ticks.time(place.index())
                    && accepted.seq(at) == ticks.seq(place.index())) {
                at++;
            }
        }
        return walk(false, place.minute(), (step > 0) ? at : at - 1, step);
    }

    /**
     * Through held ticks; one with the time and seq of an accepted place is behind it.
     */
    private TickIterator heldWalk(TickPosition place, int step) {
        MinuteTickBuffer ticks = ticks(place);
        MinuteTickBuffer held = this.minutes.get(place.minute()).held();
        int at = (held != null) ? held.firstNotBefore(ticks.time(place.index()), ticks.seq(place.index())) : 0;
        return walk(true, place.minute(), (step > 0) ? at : at - 1, step);
    }

    private int minuteOf(long time) {
        for (int i = this.minutes.size() - 1; i >= 0; i--) {
            if (this.minutes.get(i).ticks().minute() <= time) {
                return i;
            }
        }
        throw new IllegalArgumentException("no minute here holds the time %d".formatted(time));
    }

    /**
     * The minute of a place.
     * @param place of a tick
     * @return the minute that was given
     */
    public ScreenedMinute minute(TickPosition place) {
        return this.minutes.get(place.minute());
    }

    /**
     * The minute that holds a time.
     * @param time of a tick here, epoch milliseconds
     * @return the minute that was given
     */
    public ScreenedMinute minuteAt(long time) {
        return this.minutes.get(minuteOf(time));
    }

    /**
     * Whether no accepted tick has a price.
     * @return true if nothing can be a neighbor
     */
    public boolean isEmpty() {
        return !walk(false, 0, 0, 1).isValid();
    }

    static boolean isNear(long price, long median) {
        return OutlierRule.isConsistent(price, median) && OutlierRule.isConsistent(median, price);
    }

    /**
     * Finds where ticks are certainly no outliers, around some that are here.
     * @param first the time of the first of them
     * @param last the time of the last of them
     * @param fromStart whether no tick is before these minutes
     * @param toEnd whether no tick is behind these minutes
     * @return the range, or null if there is none
     */
    public @Nullable PlausibleRange calm(long first, long last, boolean fromStart, boolean toEnd) {
        return NearestAcceptedTicks.of(this.minutes, this.basis, first, last).range(fromStart, toEnd);
    }

    /**
     * Counts accepted ticks with a price before a minute.
     * @param time the start of the minute, epoch milliseconds
     * @return the number, at most 20
     */
    public int pricesBefore(long time) {
        return count(walk(false, minuteOf(time), -1, -1));
    }

    /**
     * Counts accepted ticks with a price behind a minute.
     * @param time the start of the minute, epoch milliseconds
     * @return the number, at most 20
     */
    public int pricesAfter(long time) {
        return count(walk(false, minuteOf(time) + 1, 0, 1));
    }

    private static int count(TickIterator walk) {
        int count = 0;
        for (; count < OutlierRule.NEIGHBORS && walk.isValid(); count++) {
            walk.step();
        }
        return count;
    }

    private MinuteTickBuffer ticks(TickPosition place) {
        MinuteTickBuffer ticks = of(place.held(), place.minute());
        if (ticks == null) {
            throw new IllegalArgumentException("no tick at %s".formatted(place));
        }
        return ticks;
    }

    private @Nullable MinuteTickBuffer of(boolean held, int minute) {
        return held ? this.minutes.get(minute).held() : this.minutes.get(minute).ticks();
    }

    private long price(TickPosition place) {
        return price(ticks(place), place.index());
    }

    private long price(MinuteTickBuffer ticks, int index) {
        return this.basis.of(ticks.bid(index), ticks.ask(index), ticks.last(index));
    }

    private TickIterator walk(boolean held, int minute, int index, int step) {
        return new TickIterator(this.minutes, this.basis, new TickPosition(held, minute, index), step);
    }

}
