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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import pregao.contracts.indicator.IndicatorConvention;

/**
 * RSI, MACD, ATR and Bollinger bands of the same bars by us and by two libraries; ns a
 * bar. Where they calculate the same they must give the same, or they are not measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndicatorBenchmark {

    private static final int BARS = 10_000;

    private final BenchmarkBars bars = new BenchmarkBars(new RandomWalk().minutes(BARS));

    private final double[][] rows = this.bars.rows();

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] plain() {
        return PregaoIndicators.fill(IndicatorConvention.PLAIN, this.bars, this.rows);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] mt5() {
        return PregaoIndicators.fill(IndicatorConvention.MT5, this.bars, this.rows);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] classic() {
        return PregaoIndicators.fill(IndicatorConvention.CLASSIC, this.bars, this.rows);
    }

    /** As where several conventions are in use, and the compiler must provide for all. */
    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] plainAmongOthers(Peers peers) {
        return PregaoIndicators.fill(IndicatorConvention.PLAIN, peers.bars, peers.rows);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] taLib(Peers peers) {
        return TaLibIndicators.fill(peers.bars, peers.rows);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] ta4j(Peers peers) {
        return peers.ta4j.fill(peers.rows);
    }

    /**
     * The same bars, after the peers were found to agree.
     */
    @State(Scope.Thread)
    public static class Peers {

        private final BenchmarkBars bars = new BenchmarkBars(new RandomWalk().minutes(BARS));

        private final double[][] rows = this.bars.rows();

        private final Ta4jIndicators ta4j = new Ta4jIndicators(this.bars);

        @Setup
        public void compare() {
            new PeerConsistencyCheck(this.bars).check();
        }

    }

}
