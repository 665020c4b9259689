package pregao.devcluster.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;

/**
 * What is sent, and in which order and pace.
 *
 * @param file candles or ticks, plain or gzipped
 * @param symbol what every row is sent as, or null for what the file says
 * @param timeframe of the file's candles
 * @param digits what a point of the candles' spreads is worth, or null where unknown
 * @param from rows before are left out, or null
 * @param to rows at and after are left out, or null
 * @param shuffle how far rows may be out of order, in time of the feed
 * @param twice whether every batch is sent again
 * @param speed times as fast as it happened, or infinite
 * @param seed of the order
 * @param batch rows a request, at most {@link IngestEndpoint#MOST_ITEMS}
 * @param connections requests at once
 */
public record ReplayPlan(Path file, @Nullable String symbol, Timeframe timeframe, @Nullable Integer digits,
        @Nullable Instant from, @Nullable Instant to, Duration shuffle, boolean twice, double speed, long seed,
        int batch, int connections) {

    private static final Duration WIDEST_SHUFFLE = Duration.ofDays(1);

    private static final int MOST_CONNECTIONS = 64;

    public ReplayPlan {
        if (batch < 1 || batch > IngestEndpoint.MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "a batch has from 1 to %d rows, not %d".formatted(IngestEndpoint.MOST_ITEMS, batch));
        }
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "connections are from 1 to %d, not %d".formatted(MOST_CONNECTIONS, connections));
        }
        if (shuffle.isNegative() || shuffle.compareTo(WIDEST_SHUFFLE) > 0) {
            throw new IllegalArgumentException("rows are shuffled within 0 s to a day, not " + shuffle);
        }
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
    }

    /**
     * The whole file once, in its order, as fast as it goes.
     * @param file candles or ticks
     * @return the plan
     */
    public static ReplayPlan of(Path file) {
        return new ReplayPlan(file, null, Timeframe.M1, null, null, null, Duration.ZERO, false, PlaybackClock.MAX, 1,
                IngestEndpoint.MOST_ITEMS, 1);
    }

    /**
     * The same with rows between two times only.
     * @param first inclusive
     * @param end exclusive
     * @return a copy
     */
    public ReplayPlan between(Instant first, Instant end) {
        return new ReplayPlan(this.file, this.symbol, this.timeframe, this.digits, first, end, this.shuffle, this.twice,
                this.speed, this.seed, this.batch, this.connections);
    }

    /**
     * The same out of order.
     * @param window how far
     * @param orderSeed of the order
     * @return a copy
     */
    public ReplayPlan shuffled(Duration window, long orderSeed) {
        return new ReplayPlan(this.file, this.symbol, this.timeframe, this.digits, this.from, this.to, window,
                this.twice, this.speed, orderSeed, this.batch, this.connections);
    }

    /**
     * The same with every batch sent again.
     * @return a copy
     */
    public ReplayPlan sentTwice() {
        return new ReplayPlan(this.file, this.symbol, this.timeframe, this.digits, this.from, this.to, this.shuffle,
                true, this.speed, this.seed, this.batch, this.connections);
    }

    /**
     * The same in other requests.
     * @param rows a request
     * @return a copy
     */
    public ReplayPlan inBatchesOf(int rows) {
        return new ReplayPlan(this.file, this.symbol, this.timeframe, this.digits, this.from, this.to, this.shuffle,
                this.twice, this.speed, this.seed, rows, this.connections);
    }

    /**
     * The same at another pace.
     * @param times as fast as it happened
     * @return a copy
     */
    public ReplayPlan atSpeed(double times) {
        return new ReplayPlan(this.file, this.symbol, this.timeframe, this.digits, this.from, this.to, this.shuffle,
                this.twice, times, this.seed, this.batch, this.connections);
    }

    boolean includes(CsvRow row) {
        return (this.from == null || row.time() >= this.from.toEpochMilli())
                && (this.to == null || row.time() < this.to.toEpochMilli());
    }

}
