package pregao.simulator.polarium;

/**
 * The price of every asset at every second: a function of seed, asset and time alone, so
 * that a simulator started again goes on where it was.
 *
 * <p>
 * The sum of noises of periods from a second to 18 hours, the longer the larger, looks
 * like a random walk that stays near its start.
 */
final class PriceGenerator {

    private static final int LONGEST_PERIOD = 1 << 16;

    private static final double RELATIVE_STEP = 6e-6;

    private final long seed;

    PriceGenerator(long seed) {
        this.seed = seed;
    }

    /**
     * A price.
     * @param asset of what
     * @param second when, epoch seconds
     * @return units of the asset's last decimal
     */
    long at(Asset asset, long second) {
        double change = 0;
        long salt = mixed(this.seed * 31 + asset.id());
        for (long period = 1; period <= LONGEST_PERIOD; period *= 4) {
            long left = Math.floorDiv(second, period);
            double way = (double) Math.floorMod(second, period) / period;
            double noise = noise(salt, period, left);
            if (way > 0) {
                noise += (noise(salt, period, left + 1) - noise) * way;
            }
            change += noise * Math.sqrt((double) period);
        }
        return Math.max(1, Math.round(asset.price() * (1 + RELATIVE_STEP * change)));
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
