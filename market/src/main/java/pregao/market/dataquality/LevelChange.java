package pregao.market.dataquality;

import org.jspecify.annotations.Nullable;

/**
 * A part of a series that lasts at one level: consecutive items, each of them in some 20
 * of which the highest price is at most 10 times the lowest. Such items are accepted,
 * wherever the level before was.
 *
 * @param from the first item
 * @param to the index behind the last item
 */
public record LevelChange(int from, int to) {

    public LevelChange {
        if (to - from < OutlierRule.LEVEL_SIZE) {
            throw new IllegalArgumentException("%d to %d are too few items for a level".formatted(from, to));
        }
    }

    /**
     * Finds the level of an item.
     * @param lows the lowest price of each item, in order of time; 19 items on both sides
     * of the item are enough
     * @param highs the highest price of each item
     * @param index the item
     * @return all items that are with it in 20 consecutive consistent ones, or null
     */
    public static @Nullable LevelChange of(long[] lows, long[] highs, int index) {
        int first = Math.max(0, index - OutlierRule.LEVEL_SIZE + 1);
        int last = Math.min(index, lows.length - OutlierRule.LEVEL_SIZE);
        int from = -1;
        int to = -1;
        for (int start = first; start <= last; start++) {
            if (isConsistent(lows, highs, start)) {
                from = (from < 0) ? start : from;
                to = start + OutlierRule.LEVEL_SIZE;
            }
        }
        return (from < 0) ? null : new LevelChange(from, to);
    }

    private static boolean isConsistent(long[] lows, long[] highs, int start) {
        long low = Long.MAX_VALUE;
        long high = 0;
        for (int i = start; i < start + OutlierRule.LEVEL_SIZE; i++) {
            low = Math.min(low, lows[i]);
            high = Math.max(high, highs[i]);
        }
        return OutlierRule.isConsistent(low, high);
    }

    /**
     * Whether an item belongs to the level.
     * @param index of the item
     * @return true if it does
     */
    public boolean contains(int index) {
        return this.from <= index && index < this.to;
    }

}
