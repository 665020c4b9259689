package pregao.benchmark;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks whose name contains the argument (all without one) and prints
 * nanoseconds each by the wall and by the CPU, and millions a CPU-second.
 */
public final class Benchmarks {

    private static final double NANOS_TO_MILLIONS_A_SECOND = 1000;

    private Benchmarks() {
    }

    public static void main(String[] args) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include((args.length > 0) ? args[0] : "pregao.benchmark");
        options.addProfiler(CpuTime.class);
        options.verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow");
        print(new Runner(options.build()).run(), System.out);
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        out.printf("%-45s %10s %8s %10s %12s%n", "", "ns each", "+-", "CPU ns", "M a CPU-second");
        for (RunResult result : results) {
            Result<?> each = result.getPrimaryResult();
            double cpu = Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.LABEL)).getScore();
            String name = result.getParams().getBenchmark().replaceFirst(".*\\.(.*\\.)", "$1");
            out.printf(Locale.ROOT, "%-45s %10.1f %8.1f %10.1f %12.1f%n", name, each.getScore(), each.getScoreError(),
                    cpu, NANOS_TO_MILLIONS_A_SECOND / cpu);
        }
    }

}
