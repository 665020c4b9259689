package pregao.benchmark;

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

import pregao.contracts.indicator.Convention;

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
public class IndicatorSpeed {

    private static final int BARS = 10_000;

    private final Bars bars = new Bars(new RandomWalk().minutes(BARS));

    private final double[][] rows = this.bars.rows();

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] plain() {
        return OurIndicators.fill(Convention.PLAIN, this.bars, this.rows);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] mt5() {
        return OurIndicators.fill(Convention.MT5, this.bars, this.rows);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] classic() {
        return OurIndicators.fill(Convention.CLASSIC, this.bars, this.rows);
    }

    /** As where several conventions are in use, and the compiler must provide for all. */
    @Benchmark
    @OperationsPerInvocation(BARS)
    public double[][] plainAmongOthers(Peers peers) {
        return OurIndicators.fill(Convention.PLAIN, peers.bars, peers.rows);
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

        private final Bars bars = new Bars(new RandomWalk().minutes(BARS));

        private final double[][] rows = this.bars.rows();

        private final Ta4jIndicators ta4j = new Ta4jIndicators(this.bars);

        @Setup
        public void compare() {
            new PeersAgree(this.bars).check();
        }

    }

}
