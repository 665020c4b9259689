package pregao.benchmark.micro;

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

import pregao.contracts.tick.TickBatch;
import pregao.contracts.tick.TickCodec;

/**
 * A batch of 1,000 quotes to the bytes of the topic and back; ns a tick.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class TickCodecBenchmark {

    private static final int TICKS = 1000;

    private final TickBatch ticks = new RandomWalk().ticks(1, 0).getFirst();

    private final byte[] bytes = TickCodec.encode(this.ticks);

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public byte[] encode() {
        return TickCodec.encode(this.ticks);
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public TickBatch decode() {
        return TickCodec.decode(this.bytes);
    }

}
