package pregao.benchmark.micro;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;

import pregao.benchmark.report.Measurements;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.backtest.BacktestWindow;
import pregao.market.backtest.BarSeries;
import pregao.market.backtest.ParameterSweep;
import pregao.market.rule.MarketField;
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;

/**
 * A sweep of 1,000 points over a year of M1 on all cores, as the service does it: seconds
 * by the wall and by the CPU, where each point says something else, and where all say the
 * same. What was found is added to the file that the first argument names.
 */
public final class SweepBenchmark {

    private static final int YEAR = 525_600;

    private static final int POINTS = 1_000;

    private SweepBenchmark() {
    }

    public static void main(String[] args) throws IOException {
        BarSeries bars = BarSeries.of(new RandomWalk().minutes(YEAR));
        measure("warm", stops(), bars); // so that the code is
        double[] levels = measure("levels of the RSI", levels(), bars);
        double[] stops = measure("stops and takes", stops(), bars);
        if (args.length > 0) {
            Path figures = Path.of(args[0]);
            Measurements.append(figures, "sweep.wall", levels[0]);
            Measurements.append(figures, "sweep.cpu", levels[1]);
            Measurements.append(figures, "sweep.stops.wall", stops[0]);
            Measurements.append(figures, "sweep.stops.cpu", stops[1]);
        }
    }

    private static double[] measure(String what, List<BacktestConfig> points, BarSeries bars) {
        int threads = Runtime.getRuntime().availableProcessors();
        long wall = System.nanoTime();
        long cpu = cpu();
        List<BacktestReport> reports = ParameterSweep.run(points, bars, BacktestWindow.all(bars), threads, (done) -> {
        });
        double seconds = (System.nanoTime() - wall) / 1e9;
        double used = (cpu() - cpu) / 1e9;
        System.out.printf(Locale.ROOT,
                "%s: %d points x %,d minutes on %d threads: %.2f s, %.2f CPU-seconds, %.1f CPU ns a bar; %,d trades%n",
                what, points.size(), YEAR, threads, seconds, used, used * 1e9 / points.size() / YEAR,
                reports.stream().mapToLong(BacktestReport::count).sum());
        return new double[] { seconds, used };
    }

    /** Stops from 0.1 % to 4 % and takes from 0.1 % to 2.5 %: all say the same. */
    private static List<BacktestConfig> stops() {
        Strategy rsi = Strategy.rsi(Timeframe.M1);
        List<BacktestConfig> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(settings(rsi.buy(), rsi.sell(), BigDecimal.valueOf(1L + i / 25, 3),
                    BigDecimal.valueOf(1L + i % 25, 3)));
        }
        return points;
    }

    /**
     * Buys at or below 21 to 45, sells at or above 55 to 94: each says something else.
     */
    private static List<BacktestConfig> levels() {
        List<BacktestConfig> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(settings(rsi(Rule.Relation.AT_OR_BELOW, 21 + i % 25),
                    rsi(Rule.Relation.AT_OR_ABOVE, 55 + i / 25), new BigDecimal("0.03"), new BigDecimal("0.02")));
        }
        return points;
    }

    private static Rule rsi(Rule.Relation relation, int level) {
        return new Rule.Comparison(new Operand.Field(MarketField.RSI), relation, new Operand.Constant(level));
    }

    private static BacktestConfig settings(Rule buy, Rule sell, BigDecimal stop, BigDecimal take) {
        return new BacktestConfig(new Strategy("RSI", Timeframe.M1, buy, sell, stop, take, false),
                IndicatorConvention.PLAIN, new BigDecimal(10_000), new BigDecimal(1_000),
                new TransactionCosts(1_000, 1_000, 0, 1_000_000), 252, List.of());
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

}
