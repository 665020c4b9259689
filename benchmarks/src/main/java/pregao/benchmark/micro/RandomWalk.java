package pregao.benchmark.micro;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.tick.TickBatch;

/**
 * Made-up quotes and minutes that look like EURUSD's; the same for the same seed.
 */
final class RandomWalk {

    static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    static final long START = 1_398_902_400_000L;

    private static final long POINT = 1_000;

    /** About 240 ticks a minute, as a busy pair has. */
    private static final int LONGEST_PAUSE = 500;

    /** How many later ticks a late one may come behind. */
    private static final int MOST_BEHIND = 500;

    private final Random random = new Random(7);

    private long time = START;

    private long bid = 138_676_000;

    /**
     * Batches of 1,000 quotes.
     * @param batches how many
     * @param latePercent how many of 100 ticks come behind later ones
     * @return the batches in the order in which they arrive
     */
    List<TickBatch> ticks(int batches, int latePercent) {
        int size = 1000 * batches;
        long[][] rows = new long[size][];
        for (int i = 0; i < size; i++) {
            this.time += this.random.nextInt(LONGEST_PAUSE) + 1L;
            this.bid = Math.max(POINT, this.bid + (this.random.nextInt(7) - 3) * POINT);
            rows[i] = new long[] { this.time, this.bid, this.bid + (5 + this.random.nextInt(10)) * POINT };
        }
        for (int i = 0; i < size; i++) {
            if (this.random.nextInt(100) < latePercent) {
                delay(rows, i, Math.min(size - 1, i + 1 + this.random.nextInt(MOST_BEHIND)));
            }
        }
        List<TickBatch> all = new ArrayList<>();
        for (int from = 0; from < size; from += 1000) {
            TickBatch.Builder batch = TickBatch.of(EURUSD, PriceBasis.MID, START, 1000);
            for (int i = from; i < from + 1000; i++) {
                batch.add(rows[i][0], 0, rows[i][1], rows[i][2]);
            }
            all.add(batch.build());
        }
        return List.copyOf(all);
    }

    private static void delay(long[][] rows, int from, int to) {
        long[] late = rows[from];
        System.arraycopy(rows, from + 1, rows, from, to - from);
        rows[to] = late;
    }

    /**
     * Minutes without a gap.
     * @param count how many
     * @return final M1 candles
     */
    List<Candle> minutes(int count) {
        List<Candle> minutes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long open = this.bid;
            this.bid = Math.max(100 * POINT, this.bid + (this.random.nextInt(21) - 10) * POINT);
            minutes.add(new Candle(EURUSD, Timeframe.M1, START + i * Timeframe.M1.millis(), open,
                    Math.max(open, this.bid) + POINT, Math.min(open, this.bid) - POINT, this.bid,
                    BigDecimal.valueOf(this.random.nextInt(400) + 1L), Spread.ofPrice(10 * POINT), CandleSource.TICKS,
                    true, 1));
        }
        return List.copyOf(minutes);
    }

}
