package pregao.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;
import pregao.contracts.tick.Ticks;
import pregao.market.candle.CandleFold;
import pregao.market.candle.RollUp;
import pregao.market.quality.CalmRange;
import pregao.market.tick.MinuteTicks;
import pregao.market.tick.TickRange;

/**
 * Ticks into M1, and M1 into the rest; ns a tick or a minute.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CandleFolding {

    private static final int BATCHES = 200;

    private static final int TICKS = BATCHES * 1000;

    private static final int DAY = 1440;

    private final List<Ticks> ordered = new RandomWalk().ticks(BATCHES, 0);

    private final List<Ticks> late = new RandomWalk().ticks(BATCHES, 1);

    private final List<Candle> minutes = new RandomWalk().minutes(DAY);

    private final long[] touched = this.minutes.stream().mapToLong(Candle::openTime).toArray();

    /** The straight loop: nothing is kept, nothing may be late. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void inOrder(Blackhole hole) {
        for (Ticks batch : this.ordered) {
            hole.consume(CandleFold.ofOrdered(batch, 0, batch.size()));
        }
    }

    /** What the aggregator does with batches that are in order. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public int lateTolerantInOrder(Blackhole hole) {
        return keepAndFold(this.ordered, hole);
    }

    /** The same, with the look for outliers that spares usual ticks their median. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public int screenedInOrder(Blackhole hole) {
        TickRange range = new TickRange();
        range.measure(this.ordered.getFirst(), 0, this.ordered.getFirst().size());
        CalmRange calm = new CalmRange(Long.MIN_VALUE, Long.MAX_VALUE, range.low(), range.high());
        int admitted = 0;
        for (Ticks batch : this.ordered) {
            range.measure(batch, 0, batch.size());
            if (calm.admits(range.first(), range.last(), range.low(), range.high())) {
                calm.extend(range.low(), range.high());
                admitted++;
            }
        }
        hole.consume(admitted);
        return keepAndFold(this.ordered, hole);
    }

    /** What the aggregator does where 1 % of the ticks are late. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public int lateTolerantOnePercentLate(Blackhole hole) {
        return keepAndFold(this.late, hole);
    }

    /** A day of minutes into all six timeframes; ns a minute. */
    @Benchmark
    @OperationsPerInvocation(DAY)
    public List<Candle> rollUp() {
        return RollUp.touched(BucketGrid.UTC, this.minutes, this.touched, Long.MAX_VALUE);
    }

    private static int keepAndFold(List<Ticks> batches, Blackhole hole) {
        Map<Long, MinuteTicks> open = new HashMap<>();
        int kept = 0;
        for (Ticks batch : batches) {
            kept += keep(batch, open, hole);
        }
        return kept;
    }

    private static int keep(Ticks batch, Map<Long, MinuteTicks> open, Blackhole hole) {
        int kept = 0;
        for (int i = 0; i < batch.size();) {
            long start = Timeframe.M1.bucketStart(batch.time(i));
            long end = start + Timeframe.M1.millis();
            MinuteTicks minute = open.computeIfAbsent(start, (each) -> new MinuteTicks(batch.instrument(), each));
            for (; i < batch.size() && batch.time(i) >= start && batch.time(i) < end; i++) {
                kept += minute.add(batch, i) ? 1 : 0;
            }
            hole.consume(minute.fold(PriceBasis.MID, false));
        }
        return kept;
    }

}
