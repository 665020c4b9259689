package pregao.market.dataquality;

import java.util.Arrays;

import pregao.contracts.Prices;

/**
 * The rule for outliers, the same for candles and ticks.
 * <p>
 * An item is an outlier if a price of it is more than 10 times, or less than a tenth of,
 * the median of up to 20 neighbors in time, unless it is one of 20 consecutive consistent
 * items (see {@link LevelChange}). An item without neighbors is none.
 */
public final class OutlierRule {

    /** How many neighbors count. */
    public static final int NEIGHBORS = 20;

    /** How many consecutive consistent items establish a level. */
    public static final int LEVEL_SIZE = 20;

    /** How many times the median a price may be, and the median a price. */
    static final long FACTOR = 10;

    private OutlierRule() {
    }

    /**
     * The median of prices.
     * @param prices at least one; sorted by this call
     * @return the middle price, or half-way between the two in the middle
     */
    public static long median(long[] prices) {
        Arrays.sort(prices);
        int half = prices.length / 2;
        return (prices.length % 2 == 1) ? prices[half] : Prices.mid(prices[half - 1], prices[half]);
    }

    /**
     * Whether prices are near enough to each other to be of one level.
     * @param low the lowest price
     * @param high the highest price
     * @return false if the highest is more than 10 times the lowest
     */
    public static boolean isConsistent(long low, long high) {
        return !exceeds(high, low);
    }

    /**
     * Whether a price is more than 10 times another; 10 times a price may exceed a long.
     */
    static boolean exceeds(long price, long tenth) {
        return price / FACTOR > tenth || (price / FACTOR == tenth && price % FACTOR > 0);
    }

}
