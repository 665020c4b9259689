package pregao.market.backtest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.protection.Protection;
import pregao.market.rule.MarketField;
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;
import pregao.market.spot.Trade;
import pregao.market.spot.TransactionCosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of what lies around one backtest: warm-up, protections, many at once, and folds.
 */
class BacktestRunTests {

    private static final TransactionCosts COSTS = TransactionCosts.of(new BigDecimal("0.001"), BigDecimal.ZERO,
            BigDecimal.ZERO);

    @Property(tries = 300)
    void warmsUpToTheSameSignalsAndTradesNothingBefore(@ForAll Random random) {
        BarSeries bars = RandomWalkSeries.random(random, 6_500, 0.003);
        BacktestConfig plain = settings(Timeframe.M5, "0.03", 100, List.of());
        // Wilder's means look back further than any window.
        BacktestConfig settings = new BacktestConfig(plain.strategy(), IndicatorConvention.CLASSIC, plain.capital(),
                plain.money(), plain.costs(), plain.daysAYear(), plain.protections());
        long from = bars.times()[5_900 + random.nextInt(300)];
        List<String> all = new ArrayList<>();
        new Backtest(settings).listen(bars, BacktestWindow.all(bars), (time, signal) -> all.add(time + " " + signal));
        List<String> late = new ArrayList<>();
        BacktestReport report = new Backtest(settings).listen(bars,
                BacktestWindow.of(bars, from, Long.MAX_VALUE, Timeframe.M5),
                (time, signal) -> late.add(time + " " + signal));
        List<String> expected = all.stream().filter((said) -> Long.parseLong(said.split(" ", 2)[0]) > from).toList();
        assertThat(late.stream().filter((said) -> Long.parseLong(said.split(" ", 2)[0]) > from)).isEqualTo(expected);
        assertThat(report.trades()).allMatch((trade) -> trade.openedAt() >= from);
        assertThat(report.bars()).isEqualTo((int) Arrays.stream(bars.times()).filter((t) -> t >= from).count());
    }

    @Property(tries = 200)
    void doesNotOpenWhileAProtectionHolds(@ForAll Random random) {
        BarSeries bars = RandomWalkSeries.random(random, 2_000, 0.01);
        Duration rest = Duration.ofMinutes(30);
        List<Trade> trades = new Backtest(settings(Timeframe.M1, "0.03", 100, List.of(new Protection.Cooldown(rest))))
            .run(bars)
            .trades();
        for (int i = 1; i < trades.size(); i++) {
            assertThat(trades.get(i).openedAt()).isGreaterThanOrEqualTo(trades.get(i - 1).closedAt() + rest.toMillis());
        }
    }

    @Test
    void opensNothingWithMoneyItHasLost() {
        BarSeries bars = RandomWalkSeries.random(new Random(1), 60_000, 0.02);
        BacktestReport report = new Backtest(settings(Timeframe.M1, "0.001", 1_000, List.of())).run(bars);
        assertThat(report.brokeAt()).isNotNull();
        long broke = Objects.requireNonNull(report.brokeAt());
        assertThat(report.trades()).allMatch((trade) -> trade.openedAt() < broke);
    }

    @Property(tries = 50)
    void aPointOfASweepIsWhatComesOfItAlone(@ForAll Random random) {
        BarSeries bars = RandomWalkSeries.random(random, 1_500, 0.005);
        List<BacktestConfig> points = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            points.add(settings(Timeframe.M5, "0.0" + i, 100, List.of()));
            points.add(points.getFirst().with(crossing(i % 2 == 0)));
        }
        BacktestWindow range = BacktestWindow.of(bars, bars.times()[500], bars.times()[1_400], Timeframe.M5);
        List<BacktestReport> together = ParameterSweep.run(points, bars, range, 1 + random.nextInt(4), (done) -> {
        });
        List<BacktestReport> alone = points.stream()
            .map((point) -> new Backtest(point).run(bars, range, null).withoutTrades())
            .toList();
        assertThat(together).isEqualTo(alone);
    }

    private static Strategy crossing(boolean shorts) {
        Operand macd = new Operand.Field(MarketField.MACD);
        Operand signal = new Operand.Field(MarketField.MACD_SIGNAL);
        return new Strategy("macd", Timeframe.M5, new Rule.Crossing(macd, true, signal),
                new Rule.Crossing(macd, false, signal), new BigDecimal("0.02"), null, shorts);
    }

    @Test
    void aSweepEndsWhereItIsToldTo() {
        BarSeries bars = RandomWalkSeries.random(new Random(2), 500, 0.005);
        List<BacktestConfig> points = Collections.nCopies(1_000, settings(Timeframe.M1, "0.03", 100, List.of()));
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        assertThatIllegalStateException()
            .isThrownBy(() -> ParameterSweep.run(points, bars, BacktestWindow.all(bars), 3, (done) -> {
                heard.add(done);
                if (done == 10) {
                    throw new IllegalStateException("enough");
                }
            }))
            .withMessage("enough");
        assertThat(heard).as("the other threads may go on for some points until they see it").hasSizeLessThan(500);
    }

    @Property(tries = 30)
    void walksForwardAsOneWouldByHand(@ForAll Random random) {
        BarSeries bars = RandomWalkSeries.random(random, 4_000, 0.004);
        List<BacktestConfig> points = List.of(settings(Timeframe.M5, "0.005", 100, List.of()),
                settings(Timeframe.M5, "0.01", 100, List.of()), settings(Timeframe.M5, "0.05", 100, List.of()));
        List<WalkForwardFold> folds = WalkForwardFold.of(bars.times()[0], bars.times()[3_999] + 60_000,
                Duration.ofHours(20), Duration.ofHours(10));
        WalkForward.WalkForwardResult walked = new WalkForward(points, ObjectiveMetric.RETURN, 1).run(bars, folds, 2,
                new EquityCurve(4_000), (done) -> {
                });
        List<Trade> trades = new ArrayList<>();
        for (WalkForwardFold fold : folds) {
            BacktestConfig best = null;
            double most = Double.NEGATIVE_INFINITY;
            for (BacktestConfig point : points) {
                BacktestReport learned = run(point, bars, fold.begin(), fold.split());
                if (learned.count() > 0 && learned.returned() > most) {
                    most = learned.returned();
                    best = point;
                }
            }
            if (best != null) {
                trades.addAll(run(best, bars, fold.split(), fold.end()).trades());
            }
        }
        assertThat(walked.report().trades()).isEqualTo(trades);
        assertThat(Prices.of(walked.report().profit())).isEqualTo(trades.stream().mapToLong(Trade::profit).sum());
    }

    private static BacktestReport run(BacktestConfig point, BarSeries bars, long from, long to) {
        return new Backtest(point).run(bars, BacktestWindow.of(bars, from, to, Timeframe.M5), null);
    }

    @Test
    void drawsACurveOfFewPointsThatEndsWithTheProfit() {
        BarSeries bars = RandomWalkSeries.random(new Random(4), 12_345, 0.005);
        EquityCurve curve = new EquityCurve(bars.size());
        BacktestReport report = new Backtest(settings(Timeframe.M1, "0.03", 100, List.of())).run(bars,
                BacktestWindow.all(bars), curve);
        List<EquityCurve.Point> points = curve.points();
        assertThat(points).hasSizeBetween(900, 1_000);
        assertThat(points.getLast().time()).isEqualTo(bars.times()[12_344] + 60_000);
        assertThat(points.getLast().equity()).isCloseTo(1_000 + report.profit().doubleValue(), within(1e-6));
        assertThat(points).allMatch((point) -> point.low() <= point.equity());
        double peak = 1_000;
        double fall = 0;
        for (EquityCurve.Point point : points) {
            fall = Math.max(fall, 1 - point.low() / peak);
            peak = Math.max(peak, point.equity());
        }
        assertThat(fall).isLessThanOrEqualTo(report.drawdown() + 1e-12).isGreaterThan(report.drawdown() / 2);
    }

    @Test
    void momentsOfDaysAreThoseOfTheTextbook() {
        double[] returns = { 0.01, -0.02, 0.005, 0.03, -0.001, 0.0 };
        double[] sums = new double[4];
        double mean = 0;
        for (double one : returns) {
            mean += one / returns.length;
            for (int power = 1; power <= 4; power++) {
                sums[power - 1] += Math.pow(one, power);
            }
        }
        double[] central = new double[5];
        for (double one : returns) {
            for (int power = 2; power <= 4; power++) {
                central[power] += Math.pow(one - mean, power) / returns.length;
            }
        }
        DailyReturnStatistics daily = DailyReturnStatistics.of(returns.length, sums);
        assertThat(daily.mean()).isCloseTo(0.004, within(1e-15));
        assertThat(daily.deviation()).isCloseTo(Math.sqrt(central[2] * 6 / 5), within(1e-12));
        assertThat(daily.skewness()).isCloseTo(central[3] / Math.pow(central[2], 1.5), within(1e-9));
        assertThat(daily.kurtosis()).isCloseTo(central[4] / (central[2] * central[2]), within(1e-9));
        assertThat(DailyReturnStatistics.of(1, new double[] { 0.1, 0.01, 0.001, 0.0001 }).sharpe()).isNaN();
    }

    private static BacktestConfig settings(Timeframe timeframe, String stop, int money, List<Protection> protections) {
        Strategy rsi = Strategy.rsi(timeframe);
        return new BacktestConfig(
                new Strategy(rsi.name(), timeframe, rsi.buy(), rsi.sell(), new BigDecimal(stop), rsi.take(), true),
                IndicatorConvention.PLAIN, new BigDecimal(1_000), new BigDecimal(money), COSTS, 365, protections);
    }

}
