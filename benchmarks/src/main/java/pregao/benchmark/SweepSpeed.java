package pregao.benchmark;

import java.io.IOException;
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
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;
import pregao.market.rule.Value;
import pregao.market.spot.Costs;
import pregao.rows.Figures;

/**
 * A sweep of 1,000 points over a year of M1 on all cores, as the service does it: seconds
 * by the wall and by the CPU, where each point says something else, and where all say the
 * same. What was found is added to the file that the first argument names.
 */
public final class SweepSpeed {

    private static final int YEAR = 525_600;

    private static final int POINTS = 1_000;

    private SweepSpeed() {
    }

    public static void main(String[] args) throws IOException {
        Bars bars = Bars.of(new RandomWalk().minutes(YEAR));
        measure("warm", stops(), bars); // so that the code is
        double[] levels = measure("levels of the RSI", levels(), bars);
        double[] stops = measure("stops and takes", stops(), bars);
        if (args.length > 0) {
            Path figures = Path.of(args[0]);
            Figures.append(figures, "sweep.wall", levels[0]);
            Figures.append(figures, "sweep.cpu", levels[1]);
            Figures.append(figures, "sweep.stops.wall", stops[0]);
            Figures.append(figures, "sweep.stops.cpu", stops[1]);
        }
    }

    private static double[] measure(String what, List<BacktestSettings> points, Bars bars) {
        int threads = Runtime.getRuntime().availableProcessors();
        long wall = System.nanoTime();
        long cpu = cpu();
        List<Report> reports = Sweep.run(points, bars, Range.all(bars), threads, (done) -> {
        });
        double seconds = (System.nanoTime() - wall) / 1e9;
        double used = (cpu() - cpu) / 1e9;
        System.out.printf(Locale.ROOT,
                "%s: %d points x %,d minutes on %d threads: %.2f s, %.2f CPU-seconds, %.1f CPU ns a bar; %,d trades%n",
                what, points.size(), YEAR, threads, seconds, used, used * 1e9 / points.size() / YEAR,
                reports.stream().mapToLong(Report::count).sum());
        return new double[] { seconds, used };
    }

    /** Stops from 0.1 % to 4 % and takes from 0.1 % to 2.5 %: all say the same. */
    private static List<BacktestSettings> stops() {
        Strategy rsi = Strategy.rsi(Timeframe.M1);
        List<BacktestSettings> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(settings(rsi.buy(), rsi.sell(), BigDecimal.valueOf(1L + i / 25, 3),
                    BigDecimal.valueOf(1L + i % 25, 3)));
        }
        return points;
    }

    /**
     * Buys at or below 21 to 45, sells at or above 55 to 94: each says something else.
     */
    private static List<BacktestSettings> levels() {
        List<BacktestSettings> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(settings(rsi(Rule.Relation.AT_OR_BELOW, 21 + i % 25),
                    rsi(Rule.Relation.AT_OR_ABOVE, 55 + i / 25), new BigDecimal("0.03"), new BigDecimal("0.02")));
        }
        return points;
    }

    private static Rule rsi(Rule.Relation relation, int level) {
        return new Rule.Comparison(new Operand.Of(Value.RSI), relation, new Operand.Constant(level));
    }

    private static BacktestSettings settings(Rule buy, Rule sell, BigDecimal stop, BigDecimal take) {
        return new BacktestSettings(new Strategy("RSI", Timeframe.M1, buy, sell, stop, take, false), Convention.PLAIN,
                new BigDecimal(10_000), new BigDecimal(1_000), new Costs(1_000, 1_000, 0, 1_000_000), 252, List.of());
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

}
