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

import pregao.contracts.Price;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.Convention;
import pregao.market.protection.Protection;
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;
import pregao.market.rule.Value;
import pregao.market.spot.Costs;
import pregao.market.spot.Trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests of what lies around one backtest: warm-up, protections, many at once, and folds.
 */
class CourseTests {

    private static final Costs COSTS = Costs.of(new BigDecimal("0.001"), BigDecimal.ZERO, BigDecimal.ZERO);

    @Property(tries = 300)
    void warmsUpToTheSameSignalsAndTradesNothingBefore(@ForAll Random random) {
        Bars bars = Walk.random(random, 6_500, 0.003);
        BacktestSettings plain = settings(Timeframe.M5, "0.03", 100, List.of());
        // Wilder's means look back further than any window.
        BacktestSettings settings = new BacktestSettings(plain.strategy(), Convention.CLASSIC, plain.capital(),
                plain.money(), plain.costs(), plain.daysAYear(), plain.protections());
        long from = bars.times()[5_900 + random.nextInt(300)];
        List<String> all = new ArrayList<>();
        new Backtest(settings).listen(bars, Range.all(bars), (time, signal) -> all.add(time + " " + signal));
        List<String> late = new ArrayList<>();
        Report report = new Backtest(settings).listen(bars, Range.of(bars, from, Long.MAX_VALUE, Timeframe.M5),
                (time, signal) -> late.add(time + " " + signal));
        List<String> expected = all.stream().filter((said) -> Long.parseLong(said.split(" ", 2)[0]) > from).toList();
        assertThat(late.stream().filter((said) -> Long.parseLong(said.split(" ", 2)[0]) > from)).isEqualTo(expected);
        assertThat(report.trades()).allMatch((trade) -> trade.openedAt() >= from);
        assertThat(report.bars()).isEqualTo((int) Arrays.stream(bars.times()).filter((t) -> t >= from).count());
    }

    @Property(tries = 200)
    void doesNotOpenWhileAProtectionHolds(@ForAll Random random) {
        Bars bars = Walk.random(random, 2_000, 0.01);
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
        Bars bars = Walk.random(new Random(1), 60_000, 0.02);
        Report report = new Backtest(settings(Timeframe.M1, "0.001", 1_000, List.of())).run(bars);
        assertThat(report.brokeAt()).isNotNull();
        long broke = Objects.requireNonNull(report.brokeAt());
        assertThat(report.trades()).allMatch((trade) -> trade.openedAt() < broke);
    }

    @Property(tries = 50)
    void aPointOfASweepIsWhatComesOfItAlone(@ForAll Random random) {
        Bars bars = Walk.random(random, 1_500, 0.005);
        List<BacktestSettings> points = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            points.add(settings(Timeframe.M5, "0.0" + i, 100, List.of()));
            points.add(points.getFirst().with(crossing(i % 2 == 0)));
        }
        Range range = Range.of(bars, bars.times()[500], bars.times()[1_400], Timeframe.M5);
        List<Report> together = Sweep.run(points, bars, range, 1 + random.nextInt(4), (done) -> {
        });
        List<Report> alone = points.stream()
            .map((point) -> new Backtest(point).run(bars, range, null).withoutTrades())
            .toList();
        assertThat(together).isEqualTo(alone);
    }

    private static Strategy crossing(boolean shorts) {
        Operand macd = new Operand.Of(Value.MACD);
        Operand signal = new Operand.Of(Value.MACD_SIGNAL);
        return new Strategy("macd", Timeframe.M5, new Rule.Crossing(macd, true, signal),
                new Rule.Crossing(macd, false, signal), new BigDecimal("0.02"), null, shorts);
    }

    @Test
    void aSweepEndsWhereItIsToldTo() {
        Bars bars = Walk.random(new Random(2), 500, 0.005);
        List<BacktestSettings> points = Collections.nCopies(1_000, settings(Timeframe.M1, "0.03", 100, List.of()));
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        assertThatIllegalStateException().isThrownBy(() -> Sweep.run(points, bars, Range.all(bars), 3, (done) -> {
            heard.add(done);
            if (done == 10) {
                throw new IllegalStateException("enough");
            }
        })).withMessage("enough");
        assertThat(heard).as("the other threads may go on for some points until they see it").hasSizeLessThan(500);
    }

    @Property(tries = 30)
    void walksForwardAsOneWouldByHand(@ForAll Random random) {
        Bars bars = Walk.random(random, 4_000, 0.004);
        List<BacktestSettings> points = List.of(settings(Timeframe.M5, "0.005", 100, List.of()),
                settings(Timeframe.M5, "0.01", 100, List.of()), settings(Timeframe.M5, "0.05", 100, List.of()));
        List<Fold> folds = Fold.of(bars.times()[0], bars.times()[3_999] + 60_000, Duration.ofHours(20),
                Duration.ofHours(10));
        WalkForward.Walked walked = new WalkForward(points, Measure.RETURN, 1).run(bars, folds, 2, new Curve(4_000),
                (done) -> {
                });
        List<Trade> trades = new ArrayList<>();
        for (Fold fold : folds) {
            BacktestSettings best = null;
            double most = Double.NEGATIVE_INFINITY;
            for (BacktestSettings point : points) {
                Report learned = run(point, bars, fold.begin(), fold.split());
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
        assertThat(Price.of(walked.report().profit())).isEqualTo(trades.stream().mapToLong(Trade::profit).sum());
    }

    private static Report run(BacktestSettings point, Bars bars, long from, long to) {
        return new Backtest(point).run(bars, Range.of(bars, from, to, Timeframe.M5), null);
    }

    @Test
    void drawsACurveOfFewPointsThatEndsWithTheProfit() {
        Bars bars = Walk.random(new Random(4), 12_345, 0.005);
        Curve curve = new Curve(bars.size());
        Report report = new Backtest(settings(Timeframe.M1, "0.03", 100, List.of())).run(bars, Range.all(bars), curve);
        List<Curve.Point> points = curve.points();
        assertThat(points).hasSizeBetween(900, 1_000);
        assertThat(points.getLast().time()).isEqualTo(bars.times()[12_344] + 60_000);
        assertThat(points.getLast().equity()).isCloseTo(1_000 + report.profit().doubleValue(), within(1e-6));
        assertThat(points).allMatch((point) -> point.low() <= point.equity());
        double peak = 1_000;
        double fall = 0;
        for (Curve.Point point : points) {
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
        Daily daily = Daily.of(returns.length, sums);
        assertThat(daily.mean()).isCloseTo(0.004, within(1e-15));
        assertThat(daily.deviation()).isCloseTo(Math.sqrt(central[2] * 6 / 5), within(1e-12));
        assertThat(daily.skewness()).isCloseTo(central[3] / Math.pow(central[2], 1.5), within(1e-9));
        assertThat(daily.kurtosis()).isCloseTo(central[4] / (central[2] * central[2]), within(1e-9));
        assertThat(Daily.of(1, new double[] { 0.1, 0.01, 0.001, 0.0001 }).sharpe()).isNaN();
    }

    private static BacktestSettings settings(Timeframe timeframe, String stop, int money,
            List<Protection> protections) {
        Strategy rsi = Strategy.rsi(timeframe);
        return new BacktestSettings(
                new Strategy(rsi.name(), timeframe, rsi.buy(), rsi.sell(), new BigDecimal(stop), rsi.take(), true),
                Convention.PLAIN, new BigDecimal(1_000), new BigDecimal(money), COSTS, 365, protections);
    }

}
