package pregao.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

import pregao.contracts.Timeframe;
import pregao.contracts.indicator.Convention;
import pregao.market.backtest.BacktestSettings;
import pregao.market.backtest.Bars;
import pregao.market.backtest.Range;
import pregao.market.backtest.Report;
import pregao.market.backtest.Sweep;
import pregao.market.rule.Strategy;
import pregao.market.spot.Costs;
import pregao.rows.Figures;

/**
 * A sweep of 1,000 points over a year of M1 on all cores, as the service does it: seconds
 * by the wall and by the CPU, the first and a second time. What the second found is added
 * to the file that the first argument names.
 */
public final class SweepSpeed {

    private static final int YEAR = 525_600;

    private static final int POINTS = 1_000;

    private SweepSpeed() {
    }

    public static void main(String[] args) throws IOException {
        Bars bars = Bars.of(new RandomWalk().minutes(YEAR));
        int threads = Runtime.getRuntime().availableProcessors();
        double[] measured = {};
        for (int i = 0; i < 2; i++) {
            measured = measure(bars, threads, System.out);
        }
        if (args.length > 0) {
            Figures.append(Path.of(args[0]), "sweep.wall", measured[0]);
            Figures.append(Path.of(args[0]), "sweep.cpu", measured[1]);
        }
    }

    private static double[] measure(Bars bars, int threads, PrintStream out) {
        long wall = System.nanoTime();
        long cpu = cpu();
        List<Report> reports = Sweep.run(points(), bars, Range.all(bars), threads, (done) -> {
        });
        double seconds = (System.nanoTime() - wall) / 1e9;
        double used = (cpu() - cpu) / 1e9;
        out.printf(Locale.ROOT,
                "%d points x %,d minutes on %d threads: %.2f s, %.2f CPU-seconds, %.1f CPU ns a bar; " + "%,d trades%n",
                POINTS, YEAR, threads, seconds, used, used * 1e9 / POINTS / YEAR,
                reports.stream().mapToLong(Report::count).sum());
        return new double[] { seconds, used };
    }

    /** Stops from 0.1 % to 4 % and takes from 0.1 % to 2.5 %. */
    private static List<BacktestSettings> points() {
        List<BacktestSettings> points = new ArrayList<>();
        Strategy rsi = Strategy.rsi(Timeframe.M1);
        for (int i = 0; i < POINTS; i++) {
            Strategy strategy = new Strategy(rsi.name(), rsi.timeframe(), rsi.buy(), rsi.sell(),
                    BigDecimal.valueOf(1L + i / 25, 3), BigDecimal.valueOf(1L + i % 25, 3), false);
            points.add(new BacktestSettings(strategy, Convention.PLAIN, new BigDecimal(10_000), new BigDecimal(1_000),
                    new Costs(1_000, 1_000, 0), 252, List.of()));
        }
        return points;
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

}
