package pregao.market.backtest;

import java.util.Random;

/**
 * Minutes that wander, jump and have holes.
 */
final class RandomWalkSeries {

    private static final long TEN = 1_735_812_000_000L;

    private RandomWalkSeries() {
    }

    static BarSeries random(Random random, int size, double jump) {
        long[][] columns = new long[5][size];
        long time = TEN + random.nextInt(60) * 60_000L;
        long price = 100_000_000_000L;
        for (int i = 0; i < size; i++) {
            columns[0][i] = time;
            columns[1][i] = moved(price, random, jump / 10);
            columns[4][i] = moved(columns[1][i], random, jump);
            columns[2][i] = moved(Math.max(columns[1][i], columns[4][i]), random, -jump);
            columns[3][i] = Math.min(columns[1][i], columns[4][i]) * 2
                    - moved(Math.min(columns[1][i], columns[4][i]), random, -jump);
            price = columns[4][i];
            time += (random.nextInt(20) == 0) ? 60_000L * (1 + random.nextInt(10)) : 60_000L;
        }
        return new BarSeries(columns[0], columns[1], columns[2], columns[3], columns[4]);
    }

    /** By a part of it, up or down; only up where the part is below 0. */
    private static long moved(long price, Random random, double part) {
        double step = (part < 0) ? Math.abs(random.nextGaussian()) * -part : random.nextGaussian() * part;
        return Math.max(1000, price + Math.round(price * Math.clamp(step, -0.5, 0.5)));
    }

}
