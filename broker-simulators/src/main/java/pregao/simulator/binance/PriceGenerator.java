package pregao.simulator.binance;

import java.math.BigDecimal;

/**
 * One trade of every pair at every second: a function of seed, pair and time alone, so
 * that a simulator started again goes on where it was.
 *
 * <p>
 * The sum of noises of periods from a second to 18 hours, the longer the larger, looks
 * like a random walk that stays near its start.
 */
final class PriceGenerator {

    private static final int LONGEST_PERIOD = 1 << 16;

    private static final double RELATIVE_STEP = 1.2e-5;

    private static final int MOST_STEPS = 2000;

    private final long seed;

    private long percent = 100;

    PriceGenerator(long seed) {
        this.seed = seed;
    }

    /**
     * Moves all prices, those of the past too.
     * @param to percent of what they would be
     */
    void move(long to) {
        this.percent = to;
    }

    /**
     * What is paid.
     * @param pair of what
     * @param second when, epoch seconds
     * @return units of the pair's last decimal
     */
    long at(Pair pair, long second) {
        double change = 0;
        long salt = salt(pair);
        for (long period = 1; period <= LONGEST_PERIOD; period *= 4) {
            long left = Math.floorDiv(second, period);
            double way = (double) Math.floorMod(second, period) / period;
            double noise = noise(salt, period, left);
            if (way > 0) {
                noise += (noise(salt, period, left + 1) - noise) * way;
            }
            change += noise * Math.sqrt((double) period);
        }
        return Math.max(1, Math.round(pair.price() * (1 + RELATIVE_STEP * change) * this.percent / 100));
    }

    /**
     * How much is traded.
     * @param pair of what
     * @param second when, epoch seconds
     * @return in the base asset
     */
    BigDecimal quantity(Pair pair, long second) {
        return BigDecimal.valueOf(steps(pair, second), pair.quantityDecimals());
    }

    long steps(Pair pair, long second) {
        return 1L + Math.floorMod(mixed(salt(pair) + second), MOST_STEPS);
    }

    private long salt(Pair pair) {
        return mixed(this.seed * 31 + pair.symbol().hashCode());
    }

    private static double noise(long salt, long period, long index) {
        return (mixed(salt ^ (index * 0x9E3779B97F4A7C15L + period)) >> 11) * 0x1.0p-52;
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

}
