package pregao.benchmark.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

import pregao.benchmark.report.Measurements;

/**
 * Puts load on a running system: {@code candles}, {@code ticks}, {@code reads},
 * {@code forming}, or {@code copy} for the limit beside it, and prints what came of it;
 * {@code orders} and {@code first} only watch the orders of bots.
 */
public final class LoadGenerator {

    private static final double NANOS_A_MILLISECOND = 1e6;

    private LoadGenerator() {
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        if (args.length == 0) {
            System.err.println("candles|ticks|reads|forming|copy|orders|first [--name=value ...]");
            System.exit(2);
        }
        Options options = Options.parse(List.of(args).subList(1, args.length));
        Map<String, Double> found = switch (args[0]) {
            case "candles" -> run("candles", options, RequestTemplates.candles(options));
            case "ticks" -> run("ticks", options, RequestTemplates.ticks(options));
            case "reads" -> run("reads", options, RequestTemplates.reads(options));
            case "forming" -> forming(options);
            case "copy" -> copy(options);
            case "orders" -> orders(options);
            case "first" -> first(options);
            default -> throw new IllegalArgumentException("no load called '%s'".formatted(args[0]));
        };
        for (Map.Entry<String, Double> figure : found.entrySet()) {
            if (!options.figures().isEmpty()) {
                Measurements.append(Path.of(options.figures()), options.as() + "." + figure.getKey(),
                        figure.getValue());
            }
        }
    }

    private static Map<String, Double> run(String what, Options options, RequestTemplates requests)
            throws IOException, InterruptedException {
        LoadRun.Outcome outcome = new LoadRun(options, requests).outcome();
        print(what, outcome, System.out);
        Map<String, Double> found = new TreeMap<>();
        found.put("rate", outcome.sent / outcome.seconds);
        found.put("p50", millis(outcome, 50));
        found.put("p99", millis(outcome, 99));
        for (int i = 0; i < options.pids().size(); i++) {
            double seconds = outcome.cpu.getOrDefault(options.pids().get(i), Double.NaN);
            found.put("cpu." + i, 1e6 * seconds / outcome.sent);
        }
        return found;
    }

    private static Map<String, Double> forming(Options options) throws IOException, InterruptedException {
        Histogram nanos = new FormingCandleLatency(options, Clock.systemUTC()).measure();
        print(nanos, System.out);
        return Map.of("p50", nanos.getValueAtPercentile(50) / NANOS_A_MILLISECOND, "p99",
                nanos.getValueAtPercentile(99) / NANOS_A_MILLISECOND);
    }

    private static Map<String, Double> orders(Options options) throws IOException, InterruptedException {
        Histogram millis = new OrderLatency(options, Clock.systemUTC()).measure();
        System.out.printf("%d entries; closed candle to order at the broker, ms: p50 %d, p99 %d, max %d%n",
                millis.getTotalCount(), millis.getValueAtPercentile(50), millis.getValueAtPercentile(99),
                millis.getMaxValue());
        return Map.of("p50", (double) millis.getValueAtPercentile(50), "p99", (double) millis.getValueAtPercentile(99));
    }

    private static Map<String, Double> first(Options options) throws IOException, InterruptedException {
        List<Long> millis = new OrderLatency(options, Clock.systemUTC()).first();
        if (millis.isEmpty()) {
            System.out.println("no entry came");
            return Map.of();
        }
        System.out.printf("first order after %d ms; all of its close: %s%n", millis.getFirst(), millis);
        return Map.of("first", (double) millis.getFirst(), "last", (double) millis.getLast());
    }

    private static Map<String, Double> copy(Options options) throws IOException, SQLException {
        CopyBaseline.Rates rates = new CopyBaseline(options).measure();
        print(rates, System.out);
        return Map.of("rate", rates.whole(), "batches", rates.batches());
    }

    static void print(String what, LoadRun.Outcome outcome, PrintStream out) {
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

    private static void print(CopyBaseline.Rates rates, PrintStream out) {
        out.printf(Locale.ROOT, "copy: %.0f rows a second at once, %.0f with a commit a batch%n", rates.whole(),
                rates.batches());
    }

    private static double millis(LoadRun.Outcome outcome, double percentile) {
        return outcome.nanos.getValueAtPercentile(percentile) / NANOS_A_MILLISECOND;
    }

}
