package pregao.rows;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Prints the table of a run: row, must, aim, measured. A row of which nothing was
 * measured is left out.
 */
public final class Rows {

    static final List<Row> ALL = List.of(
            Row.of("candles accepted, batches of 1,000", "≥ 6 × the peer, ≥ 0.35 × COPY", "0.6 × COPY")
                .figure("%,.0f a second", "us.candles.rate")
                .ratio("**%.1f × the peer**", "us.candles.rate", "peer.candles.rate")
                .ratio("**%.2f × COPY**", "us.candles.rate", "copy.rate"),
            Row.of("ticks accepted, batches of 1,000", "≥ 10 × the peer; ≤ 2 µs CPU a tick in ingest", "≤ 1 µs")
                .figure("%,.0f a second", "us.ticks.rate")
                .ratio("**%.1f × the peer**", "us.ticks.rate", "peer.ticks.rate")
                .figure("**%.2f µs CPU**", "us.ticks.cpu.0"),
            Row.of("sustained, lag not growing", "≥ 10 k candles/s, ≥ 100 k ticks/s", "300 k ticks/s")
                .figure("%,.0f ticks/s", "sustained.ticks.rate")
                .figure("lag at most %,.0f", "sustained.ticks.lag")
                .figure("%,.0f candles/s", "sustained.candles.rate")
                .figure("lag at most %,.0f", "sustained.candles.lag"),
            Row.of("tick to forming candle, at Kafka", "p99 ≤ 100 ms at a WebSocket", "25 ms")
                .figure("p50 %.1f ms", "us.forming.p50")
                .figure("**p99 %.1f ms**", "us.forming.p99"),
            Row.of("minute end to indicators stored and published", "p99 ≤ 1,150 ms, of which 1,000 are `close_after`",
                    "1,050 ms")
                .figure("p50 %,.0f ms", "minute.p5")
                .figure("**p99 %,.0f ms**", "minute.p99"),
            Row.of("reads: last 500 candles", "p99 ≤ 20 ms", "5 ms")
                .figure("p50 %.1f ms", "us.reads.p50")
                .figure("**p99 %.1f ms**", "us.reads.p99"),
            Row.of("gateway, token and limits on", "≥ 0.9 × a stock Spring Cloud Gateway; adds p99 ≤ 3 ms at half load",
                    "1.5 ×")
                .figure("%,.0f requests a second", "door.us.rate")
                .ratio("**%.2f × stock**", "door.us.rate", "door.stock.rate")
                .ratio("%.2f × nginx", "door.us.rate", "door.nginx.rate")
                .figure("%.0f µs CPU a request", "door.us.cpu.0")
                .ratio("**%.2f × stock's CPU**", "door.us.cpu.0", "door.stock.cpu.0")
                .figure("**adds p99 %.1f ms** at half load", "half.us.p99 - half.direct.p99")
                .figure("stock adds %.1f ms", "half.stock.p99 - half.direct.p99"),
            Row.of("a login's token checked at the door", "≤ 50 µs", "")
                .figure("**%.0f ns CPU** where it comes again", "TokenCheck.comesAgain.cpu")
                .figure("**%,.0f ns** where it is seen first", "TokenCheck.seenFirst.cpu")
                .ratio("%.2f × Nimbus", "TokenCheck.seenFirst.cpu", "TokenCheck.nimbus.cpu"),
            Row.of("candle folding, late-tolerant", "≥ 10 M ticks/s a core; ≥ 3 × Kafka Streams' windows", "50 M")
                .figure("**%.1f M ticks/s** in order", "CandleFolding.lateTolerantInOrder.millions")
                .figure("%.1f M with 1 %% late", "CandleFolding.lateTolerantOnePercentLate.millions")
                .figure("%.0f M by the straight loop", "CandleFolding.inOrder.millions")
                .ratio("**%.0f × Kafka Streams** without what its test driver costs",
                        "StreamsFolding.windows.cpu - StreamsFolding.driverAlone.cpu",
                        "CandleFolding.lateTolerantInOrder.cpu")
                .ratio("%.0f × with it", "StreamsFolding.windows.cpu", "CandleFolding.lateTolerantInOrder.cpu"),
            Row.of("indicators, all four", "≤ 0.5 × TA-Lib (Java), ≥ 50 × faster than ta4j", "15 ns, Tulip C's time")
                .figure("%.1f ns a bar", "IndicatorSpeed.plain.cpu")
                .ratio("**%.2f × TA-Lib**", "IndicatorSpeed.plain.cpu", "IndicatorSpeed.taLib.cpu")
                .ratio("**%.0f × faster than ta4j**", "IndicatorSpeed.ta4j.cpu", "IndicatorSpeed.plain.cpu")
                .figure("%.1f ns where all conventions are in use", "IndicatorSpeed.plainAmongOthers.cpu")
                .figure("mt5 %.1f ns", "IndicatorSpeed.mt5.cpu")
                .figure("classic %.1f ns", "IndicatorSpeed.classic.cpu"),
            Row.of("backtest, RSI strategy, live engine", "≤ 30 ns a bar; 1,000 points × 1 year of M1 ≤ 10 s", "14 ns")
                .figure("**%.1f ns a bar**", "BacktestSpeed.ours.cpu")
                .figure("%.1f ns by M5", "BacktestSpeed.oursByFiveMinutes.cpu")
                .ratio("**%.0f × faster than ta4j**", "BacktestSpeed.ta4j.cpu", "BacktestSpeed.ours.cpu")
                .figure("**1,000 points × 1 year in %.1f s**", "sweep.wall")
                .figure("%.1f CPU-seconds", "sweep.cpu")
                .figure("%.1f s where only stops and takes differ", "sweep.stops.wall")
                .figure("%.1f CPU-seconds", "sweep.stops.cpu"),
            Row.of("catalogue, 100 blocks × 500 instruments", "≤ 10 ms from memory", "5 ms")
                .figure("**%,.0f ns** of CPU", "CatalogSpeed.fromMemory.cpu"));

    private Rows() {
    }

    /**
     * Prints the table.
     * @param args the file of the figures
     */
    public static void main(String[] args) throws IOException {
        print(Figures.read(Path.of(args[0])), System.out);
    }

    static void print(Figures figures, PrintStream out) {
        out.println("| row | must | aim | measured |");
        out.println("|---|---|---|---|");
        for (Row row : ALL) {
            String measured = row.measured(figures);
            if (!measured.isEmpty()) {
                out.printf("| %s | %s | %s | %s |%n", row.name(), row.must(), row.aim(), measured);
            }
        }
    }

}
