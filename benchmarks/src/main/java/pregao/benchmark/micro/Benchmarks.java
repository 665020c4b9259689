package pregao.benchmark.micro;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import pregao.benchmark.report.Measurements;

/**
 * Runs the benchmarks whose name contains the first argument (all without one) and prints
 * nanoseconds each by the wall and by the CPU, and millions a CPU-second. What it found
 * is added to the file that the second argument names.
 */
public final class Benchmarks {

    private static final double NANOS_TO_MILLIONS_A_SECOND = 1000;

    private Benchmarks() {
    }

    public static void main(String[] args) throws RunnerException, IOException {
        OptionsBuilder options = new OptionsBuilder();
        options.include((args.length > 0) ? args[0] : "pregao.benchmark");
        options.addProfiler(CpuTime.class);
        options.verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow");
        Collection<RunResult> results = new Runner(options.build()).run();
        print(results, System.out);
        if (args.length > 1) {
            append(results, Path.of(args[1]));
        }
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        out.printf("%-45s %10s %8s %10s %12s%n", "", "ns each", "+-", "CPU ns", "M a CPU-second");
        for (RunResult result : results) {
            Result<?> each = result.getPrimaryResult();
            double cpu = cpu(result);
            out.printf(Locale.ROOT, "%-45s %10.1f %8.1f %10.1f %12.1f%n", name(result), each.getScore(),
                    each.getScoreError(), cpu, NANOS_TO_MILLIONS_A_SECOND / cpu);
        }
    }

    private static void append(Collection<RunResult> results, Path figures) throws IOException {
        for (RunResult result : results) {
            double cpu = cpu(result);
            Measurements.append(figures, name(result) + ".cpu", cpu);
            Measurements.append(figures, name(result) + ".millions", NANOS_TO_MILLIONS_A_SECOND / cpu);
        }
    }

    private static double cpu(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(CpuTime.LABEL)).getScore();
    }

    private static String name(RunResult result) {
        return result.getParams().getBenchmark().replaceFirst(".*\\.(.*\\.)", "$1");
    }

}
