package pregao.market.tick;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.contracts.PriceBasis;
import pregao.market.dataquality.OutlierRule;
import pregao.market.dataquality.PlausibleRange;

/**
 * The accepted ticks between the held ones that are nearest to a span of time, to find
 * where no tick can be an outlier.
 */
final class NearestAcceptedTicks {

    private static final int FIRST_ROOM = 64;

    private final long first;

    private final long last;

    private long heldBefore = Long.MIN_VALUE;

    private long heldAfter = Long.MAX_VALUE;

    private int size;

    private long[] times = new long[FIRST_ROOM];

    private long[] lows = new long[FIRST_ROOM];

    private long[] highs = new long[FIRST_ROOM];

    private NearestAcceptedTicks(long first, long last) {
        this.first = first;
        this.last = last;
    }

    static NearestAcceptedTicks of(List<? extends ScreenedMinute> minutes, PriceBasis basis, long first, long last) {
        NearestAcceptedTicks calm = new NearestAcceptedTicks(first, last);
        for (ScreenedMinute minute : minutes) {
            MinuteTickBuffer held = minute.held();
            for (int i = 0; held != null && i < held.size(); i++) {
                calm.hold(held.time(i));
            }
        }
        for (ScreenedMinute minute : minutes) {
            MinuteTickBuffer ticks = minute.ticks();
            for (int i = 0; i < ticks.size(); i++) {
                if (basis.of(ticks.bid(i), ticks.ask(i), ticks.last(i)) != 0) {
                    calm.add(ticks, i);
                }
            }
        }
        return calm;
    }

    private void hold(long time) {
        if (time <= this.last) {
            this.heldBefore = Math.max(this.heldBefore, time);
        }
        if (time >= this.first) {
            this.heldAfter = Math.min(this.heldAfter, time);
        }
    }

    /** Takes all prices of a tick, so that the basis may change. */
    private void add(MinuteTickBuffer ticks, int index) {
        long time = ticks.time(index);
        if (time <= this.heldBefore || time >= this.heldAfter) {
            return;
        }
        if (this.size == this.times.length) {
            this.times = Arrays.copyOf(this.times, this.size * 2);
            this.lows = Arrays.copyOf(this.lows, this.size * 2);
            this.highs = Arrays.copyOf(this.highs, this.size * 2);
        }
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long price : new long[] { ticks.bid(index), ticks.ask(index), ticks.last(index) }) {
            low = (price != 0) ? Math.min(low, price) : low;
            high = Math.max(high, price);
        }
        this.times[this.size] = time;
        this.lows[this.size] = low;
        this.highs[this.size++] = high;
    }

    /**
     * Finds a range that admits the span of time: by all ticks, or else by the nearest.
     * @param fromStart whether no tick is before these
     * @param toEnd whether no tick is behind these
     * @return null if there is none
     */
    @Nullable PlausibleRange range(boolean fromStart, boolean toEnd) {
        if (this.heldBefore >= this.first || this.heldAfter <= this.last) {
            return null;
        }
        boolean open = fromStart && this.heldBefore == Long.MIN_VALUE;
        boolean endless = toEnd && this.heldAfter == Long.MAX_VALUE;
        PlausibleRange plausibleRange = range(0, this.size, open, endless);
        if (plausibleRange != null) {
            return plausibleRange;
        }
        int before = 0;
        while (before < this.size && this.times[before] < this.first) {
            before++;
        }
        int after = before;
        while (after < this.size && this.times[after] <= this.last) {
            after++;
        }
        int from = Math.max(0, before - OutlierRule.NEIGHBORS);
        int to = Math.min(this.size, after + OutlierRule.NEIGHBORS);
        return range(from, to, open && from == 0, endless && to == this.size);
    }

    /** Between the 20th tick from the one end and the 20th from the other. */
    private @Nullable PlausibleRange range(int from, int to, boolean open, boolean endless) {
        if ((!open || !endless) && to - from < OutlierRule.NEIGHBORS) {
            return null;
        }
        long low = Long.MAX_VALUE;
        long high = 0;
        for (int i = from; i < to; i++) {
            low = Math.min(low, this.lows[i]);
            high = Math.max(high, this.highs[i]);
        }
        PlausibleRange range = new PlausibleRange(open ? Long.MIN_VALUE : this.times[from + OutlierRule.NEIGHBORS - 1],
                endless ? Long.MAX_VALUE : this.times[to - OutlierRule.NEIGHBORS] + 1, low, high);
        return range.admits(this.first, this.last, low, high) ? range : null;
    }

}
