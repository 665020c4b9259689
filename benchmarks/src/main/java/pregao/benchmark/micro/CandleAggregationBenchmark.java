package pregao.benchmark.micro;

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
import pregao.contracts.tick.TickBatch;
import pregao.market.candle.CandleRollup;
import pregao.market.candle.MinuteCandleBuilder;
import pregao.market.dataquality.PlausibleRange;
import pregao.market.tick.MinuteTickBuffer;
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
public class CandleAggregationBenchmark {

    private static final int BATCHES = 200;

    private static final int TICKS = BATCHES * 1000;

    private static final int DAY = 1440;

    private final List<TickBatch> ordered = new RandomWalk().ticks(BATCHES, 0);

    private final List<TickBatch> late = new RandomWalk().ticks(BATCHES, 1);

    private final List<Candle> minutes = new RandomWalk().minutes(DAY);

    private final long[] touched = this.minutes.stream().mapToLong(Candle::openTime).toArray();

    /** The straight loop: nothing is kept, nothing may be late. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void inOrder(Blackhole hole) {
        for (TickBatch batch : this.ordered) {
            hole.consume(MinuteCandleBuilder.ofOrdered(batch, 0, batch.size()));
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
        PlausibleRange calm = new PlausibleRange(Long.MIN_VALUE, Long.MAX_VALUE, range.low(), range.high());
        int admitted = 0;
        for (TickBatch batch : this.ordered) {
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
        return CandleRollup.touched(BucketGrid.UTC, this.minutes, this.touched, Long.MAX_VALUE);
    }

    private static int keepAndFold(List<TickBatch> batches, Blackhole hole) {
        Map<Long, MinuteTickBuffer> open = new HashMap<>();
        int kept = 0;
        for (TickBatch batch : batches) {
            kept += keep(batch, open, hole);
        }
        return kept;
    }

    private static int keep(TickBatch batch, Map<Long, MinuteTickBuffer> open, Blackhole hole) {
        int kept = 0;
        for (int i = 0; i < batch.size();) {
            long start = Timeframe.M1.bucketStart(batch.time(i));
            long end = start + Timeframe.M1.millis();
            MinuteTickBuffer minute = open.computeIfAbsent(start,
                    (each) -> new MinuteTickBuffer(batch.instrument(), each));
            for (; i < batch.size() && batch.time(i) >= start && batch.time(i) < end; i++) {
                kept += minute.add(batch, i) ? 1 : 0;
            }
            hole.consume(minute.fold(PriceBasis.MID, false));
        }
        return kept;
    }

}
