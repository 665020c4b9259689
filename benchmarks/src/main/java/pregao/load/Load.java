package pregao.load;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

import org.HdrHistogram.Histogram;

/**
 * Puts load on a running system: {@code candles}, {@code ticks}, {@code reads},
 * {@code forming}, or {@code copy} for the limit beside it, and prints what came of it.
 */
public final class Load {

    private static final double NANOS_A_MILLISECOND = 1e6;

    private Load() {
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        if (args.length == 0) {
            System.err.println("candles|ticks|reads|forming|copy [--name=value ...]");
            System.exit(2);
        }
        Options options = Options.parse(List.of(args).subList(1, args.length));
        switch (args[0]) {
            case "candles" -> print("candles", new Run(options, Requests.candles(options)).outcome(), System.out);
            case "ticks" -> print("ticks", new Run(options, Requests.ticks(options)).outcome(), System.out);
            case "reads" -> print("reads", new Run(options, Requests.reads(options)).outcome(), System.out);
            case "forming" -> print(new Forming(options, Clock.systemUTC()).measure(), System.out);
            case "copy" -> print(new CopyLimit(options).measure(), System.out);
            default -> throw new IllegalArgumentException("no load called '%s'".formatted(args[0]));
        }
    }

    static void print(String what, Run.Outcome outcome, PrintStream out) {
        out.printf(Locale.ROOT, "%s: %d in %.2f s = %.0f a second; the answers counted %d, statuses %s, %d retries%n",
                what, outcome.sent, outcome.seconds, outcome.sent / outcome.seconds, outcome.counted, outcome.statuses,
                outcome.retried);
        out.printf(Locale.ROOT, "  latency ms: p50 %.2f, p99 %.2f, max %.2f%n", millis(outcome, 50),
                millis(outcome, 99), outcome.nanos.getMaxValue() / NANOS_A_MILLISECOND);
        outcome.cpu.forEach((pid, seconds) -> out.printf(Locale.ROOT,
                "  process %d: %.2f CPU-seconds, %.2f us CPU each%n", pid, seconds, 1e6 * seconds / outcome.sent));
        if (!outcome.refusal.isEmpty()) {
            out.println("  first refusal: " + outcome.refusal);
        }
    }

    private static void print(Histogram nanos, PrintStream out) {
        out.printf(Locale.ROOT, "forming: %d candles seen; tick to candle ms: p50 %.1f, p99 %.1f, max %.1f%n",
                nanos.getTotalCount(), nanos.getValueAtPercentile(50) / NANOS_A_MILLISECOND,
                nanos.getValueAtPercentile(99) / NANOS_A_MILLISECOND, nanos.getMaxValue() / NANOS_A_MILLISECOND);
    }

    private static void print(CopyLimit.Rates rates, PrintStream out) {
        out.printf(Locale.ROOT, "copy: %.0f rows a second at once, %.0f with a commit a batch%n", rates.whole(),
                rates.batches());
    }

    private static double millis(Run.Outcome outcome, double percentile) {
        return outcome.nanos.getValueAtPercentile(percentile) / NANOS_A_MILLISECOND;
    }

}
