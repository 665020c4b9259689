package pregao.market.indicator;

import java.util.Random;

import pregao.contracts.Prices;

/**
 * Highs, lows and closes.
 */
final class Series {

    private final long[] highs;

    private final long[] lows;

    private final long[] closes;

    Series(long[] highs, long[] lows, long[] closes) {
        this.highs = highs;
        this.lows = lows;
        this.closes = closes;
    }

    /**
     * A walk with gaps, stretches without a change and jumps to a thousand times the
     * price and back, the same for the same seed.
     */
    static Series random(long seed) {
        Random random = new Random(seed);
        int size = (random.nextInt(20) == 0) ? 800 + random.nextInt(1_000) : 1 + random.nextInt(300);
        long price = (long) Math.pow(10, 1 + random.nextDouble() * 12);
        long[][] rows = new long[3][size];
        int flat = 0;
        for (int i = 0; i < size; i++) {
            flat = (flat > 0) ? flat - 1 : flat(random, size);
            price = (flat > 0) ? price : step(random, price);
            long wick = (flat > 0) ? 0 : (long) (price * 0.001 * random.nextDouble());
            rows[0][i] = Math.min(Prices.MAX, price + wick);
            rows[1][i] = Math.max(1, price - wick);
            rows[2][i] = price;
        }
        return new Series(rows[0], rows[1], rows[2]);
    }

    private static int flat(Random random, int size) {
        return switch (random.nextInt(100)) {
            case 0 -> 1 + random.nextInt(60);
            case 1 -> (size > 700) ? 600 + random.nextInt(300) : 0;
            default -> 0;
        };
    }

    private static long step(Random random, long price) {
        long next = switch (random.nextInt(200)) {
            case 0 -> price * 1000;
            case 1 -> price / 1000;
            case 2, 3 -> (long) (price * (0.9 + 0.2 * random.nextDouble()));
            default -> price + Math.round(price * 0.001 * random.nextGaussian());
        };
        return Math.clamp(next, 1, Prices.MAX / 10_000);
    }

    int size() {
        return this.closes.length;
    }

    long high(int i) {
        return this.highs[i];
    }

    long low(int i) {
        return this.lows[i];
    }

    long close(int i) {
        return this.closes[i];
    }

    void addTo(IndicatorSet indicators, int i) {
        indicators.add(this.highs[i], this.lows[i], this.closes[i]);
    }

    /**
     * The price to which a difference is to be compared: the largest that still matters
     * to a value.
     */
    double scale(int i) {
        long largest = 0;
        for (int each = Math.max(0, i - 200); each <= i; each++) {
            largest = Math.max(largest, this.highs[each]);
        }
        return largest / 1e8;
    }

}
