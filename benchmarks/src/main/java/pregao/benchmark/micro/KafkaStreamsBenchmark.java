package pregao.benchmark.micro;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.tick.TickBatch;
import pregao.market.tick.MinuteTickBuffer;

/**
 * The peer of {@link CandleAggregationBenchmark}: ticks into M1 by Kafka Streams, and
 * beside it what the driver that it runs in costs without the windows; ns a tick.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class KafkaStreamsBenchmark {

    private static final int BATCHES = 20;

    private static final int TICKS = BATCHES * 1000;

    private static final long DAY = 86_400_000;

    private final List<TickBatch> ordered = new RandomWalk().ticks(BATCHES, 0);

    private long seen;

    private long later;

    private final KafkaStreamsTopology folding = KafkaStreamsTopology.folding((minute, candle) -> this.seen++);

    private final KafkaStreamsTopology reading = KafkaStreamsTopology.reading((key, price) -> this.seen++);

    @Setup
    public void compare() {
        Map<Long, long[]> theirs = new HashMap<>();
        try (KafkaStreamsTopology windows = KafkaStreamsTopology.folding(theirs::put)) {
            windows.send(this.ordered, 0);
        }
        Map<Long, MinuteTickBuffer> ours = new HashMap<>();
        for (TickBatch batch : this.ordered) {
            for (int i = 0; i < batch.size(); i++) {
                ours.computeIfAbsent(Timeframe.M1.bucketStart(batch.time(i)),
                        (minute) -> new MinuteTickBuffer(batch.instrument(), minute))
                    .add(batch, i);
            }
        }
        if (!theirs.keySet().equals(ours.keySet())) {
            throw new IllegalStateException("not the same minutes");
        }
        ours.forEach((minute, ticks) -> same(ticks.fold(PriceBasis.MID, false), theirs.get(minute)));
    }

    private static void same(@Nullable Candle ours, long @Nullable [] theirs) {
        Objects.requireNonNull(ours);
        long[] same = { ours.open(), ours.high(), ours.low(), ours.close(), ours.volume().longValueExact() };
        if (!Arrays.equals(same, theirs)) {
            throw new IllegalStateException("%s is %s by Kafka Streams".formatted(ours, Arrays.toString(theirs)));
        }
    }

    @TearDown
    public void close() {
        this.folding.close();
        this.reading.close();
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public long windows() {
        this.later += DAY;
        this.folding.send(this.ordered, this.later);
        return this.seen;
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public long driverAlone() {
        this.later += DAY;
        this.reading.send(this.ordered, this.later);
        return this.seen;
    }

}
