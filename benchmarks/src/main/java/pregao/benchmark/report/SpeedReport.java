package pregao.benchmark.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the table of a run: row, must, aim, measured. A row of which nothing was
 * measured is left out.
 */
public final class SpeedReport {

    static final List<ReportRow> ALL = List.of(
            ReportRow.of("candles accepted, batches of 1,000", "≥ 6 × the peer, ≥ 0.35 × COPY", "0.6 × COPY")
                .figure("%,.0f a second", "us.candles.rate")
                .ratio("**%.1f × the peer**", "us.candles.rate", "peer.candles.rate")
                .ratio("**%.2f × COPY**", "us.candles.rate", "copy.rate"),
            ReportRow.of("ticks accepted, batches of 1,000", "≥ 10 × the peer; ≤ 2 µs CPU a tick in ingest", "≤ 1 µs")
                .figure("%,.0f a second", "us.ticks.rate")
                .ratio("**%.1f × the peer**", "us.ticks.rate", "peer.ticks.rate")
                .figure("**%.2f µs CPU**", "us.ticks.cpu.0"),
            ReportRow.of("sustained, lag not growing", "≥ 10 k candles/s, ≥ 100 k ticks/s", "300 k ticks/s")
                .figure("%,.0f ticks/s", "sustained.ticks.rate")
                .figure("lag at most %,.0f", "sustained.ticks.lag")
                .figure("%,.0f candles/s", "sustained.candles.rate")
                .figure("lag at most %,.0f", "sustained.candles.lag"),
            ReportRow.of("tick to forming candle, at Kafka", "p99 ≤ 100 ms at a WebSocket", "25 ms")
                .figure("p50 %.1f ms", "us.forming.p50")
                .figure("**p99 %.1f ms**", "us.forming.p99"),
            ReportRow
                .of("minute end to indicators stored and published", "p99 ≤ 1,150 ms, of which 1,000 are `close_after`",
                        "1,050 ms")
                .figure("p50 %,.0f ms", "minute.p5")
                .figure("**p99 %,.0f ms**", "minute.p99"),
            ReportRow.of("reads: last 500 candles", "p99 ≤ 20 ms", "5 ms")
                .figure("p50 %.1f ms", "us.reads.p50")
                .figure("**p99 %.1f ms**", "us.reads.p99"),
            ReportRow
                .of("gateway, token and limits on",
                        "≥ 0.9 × a stock Spring Cloud Gateway; adds p99 ≤ 3 ms at half load", "1.5 ×")
                .figure("%,.0f requests a second", "door.us.rate")
                .ratio("**%.2f × stock**", "door.us.rate", "door.stock.rate")
                .ratio("%.2f × nginx", "door.us.rate", "door.nginx.rate")
                .figure("%.0f µs CPU a request", "door.us.cpu.0")
                .ratio("**%.2f × stock's CPU**", "door.us.cpu.0", "door.stock.cpu.0")
                .figure("**adds p99 %.1f ms** at half load", "half.us.p99 - half.direct.p99")
                .figure("stock adds %.1f ms", "half.stock.p99 - half.direct.p99"),
            ReportRow.of("a login's token checked at the door", "≤ 50 µs", "")
                .figure("**%.0f ns CPU** where it comes again", "TokenVerificationBenchmark.comesAgain.cpu")
                .figure("**%,.0f ns** where it is seen first", "TokenVerificationBenchmark.seenFirst.cpu")
                .ratio("%.2f × Nimbus", "TokenVerificationBenchmark.seenFirst.cpu",
                        "TokenVerificationBenchmark.nimbus.cpu"),
            ReportRow.of("candle folding, late-tolerant", "≥ 10 M ticks/s a core; ≥ 3 × Kafka Streams' windows", "50 M")
                .figure("**%.1f M ticks/s** in order", "CandleAggregationBenchmark.lateTolerantInOrder.millions")
                .figure("%.1f M with 1 %% late", "CandleAggregationBenchmark.lateTolerantOnePercentLate.millions")
                .figure("%.0f M by the straight loop", "CandleAggregationBenchmark.inOrder.millions")
                .ratio("**%.0f × Kafka Streams** without what its test driver costs",
                        "KafkaStreamsBenchmark.windows.cpu - KafkaStreamsBenchmark.driverAlone.cpu",
                        "CandleAggregationBenchmark.lateTolerantInOrder.cpu")
                .ratio("%.0f × with it", "KafkaStreamsBenchmark.windows.cpu",
                        "CandleAggregationBenchmark.lateTolerantInOrder.cpu"),
            ReportRow
                .of("indicators, all four", "≤ 0.5 × TA-Lib (Java), ≥ 50 × faster than ta4j", "15 ns, Tulip C's time")
                .figure("%.1f ns a bar", "IndicatorBenchmark.plain.cpu")
                .ratio("**%.2f × TA-Lib**", "IndicatorBenchmark.plain.cpu", "IndicatorBenchmark.taLib.cpu")
                .ratio("**%.0f × faster than ta4j**", "IndicatorBenchmark.ta4j.cpu", "IndicatorBenchmark.plain.cpu")
                .figure("%.1f ns where all conventions are in use", "IndicatorBenchmark.plainAmongOthers.cpu")
                .figure("mt5 %.1f ns", "IndicatorBenchmark.mt5.cpu")
                .figure("classic %.1f ns", "IndicatorBenchmark.classic.cpu"),
            ReportRow
                .of("backtest, RSI strategy, live engine", "≤ 30 ns a bar; 1,000 points × 1 year of M1 ≤ 10 s", "14 ns")
                .figure("**%.1f ns a bar**", "BacktestBenchmark.ours.cpu")
                .figure("%.1f ns by M5", "BacktestBenchmark.oursByFiveMinutes.cpu")
                .ratio("**%.0f × faster than ta4j**", "BacktestBenchmark.ta4j.cpu", "BacktestBenchmark.ours.cpu")
                .figure("**1,000 points × 1 year in %.1f s**", "sweep.wall")
                .figure("%.1f CPU-seconds", "sweep.cpu")
                .figure("%.1f s where only stops and takes differ", "sweep.stops.wall")
                .figure("%.1f CPU-seconds", "sweep.stops.cpu"),
            ReportRow.of("catalogue, 100 blocks × 500 instruments", "≤ 10 ms from memory", "5 ms")
                .figure("**%,.0f ns** of CPU", "CatalogBenchmark.fromMemory.cpu"));

    private SpeedReport() {
    }

    /**
     * Prints the table.
     * @param args the file of the figures
     */
    public static void main(String[] args) throws IOException {
        print(Measurements.read(Path.of(args[0])), System.out);
    }

    static void print(Measurements figures, PrintStream out) {
        out.println("| row | must | aim | measured |");
        out.println("|---|---|---|---|");
        for (ReportRow row : ALL) {
            String measured = row.measured(figures);
            if (!measured.isEmpty()) {
                out.printf("| %s | %s | %s | %s |%n", row.name(), row.must(), row.aim(), measured);
            }
        }
    }

}
