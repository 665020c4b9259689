package pregao.market.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.rule.Strategy;
import pregao.market.spot.Trade;
import pregao.market.spot.TransactionCosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class BacktestTests {

    private static final TransactionCosts COSTS = TransactionCosts.of(new BigDecimal("0.001"),
            new BigDecimal("0.0000001"), BigDecimal.ZERO);

    @Property(tries = 10_000)
    void tradesLikeTheNaiveWay(@ForAll Random random) {
        Timeframe timeframe = List.of(Timeframe.M1, Timeframe.M5, Timeframe.M15).get(random.nextInt(3));
        boolean shorts = random.nextBoolean();
        BarSeries bars = RandomWalkSeries.random(random, 50 + random.nextInt(300),
                List.of(0.0005, 0.005, 0.03).get(random.nextInt(3)));
        List<String> trades = new Backtest(settings(timeframe, shorts)).run(bars)
            .trades()
            .stream()
            .map(BacktestTests::text)
            .toList();
        assertThat(trades).isEqualTo(NaiveBacktest.run(bars, timeframe, shorts));
    }

    /** What is decided at a minute does not depend on the minutes behind it. */
    @Property(tries = 500)
    void saysTheSameWithTheFutureCutOff(@ForAll Random random) {
        BarSeries bars = RandomWalkSeries.random(random, 400, 0.003);
        int cut = 30 + random.nextInt(370);
        Backtest backtest = new Backtest(settings(Timeframe.M5, true));
        List<String> all = new ArrayList<>();
        backtest.listen(bars, BacktestWindow.all(bars), (time, signal) -> all.add(time + " " + signal));
        List<String> past = new ArrayList<>();
        BarSeries before = cut(bars, cut);
        backtest.listen(before, BacktestWindow.all(before), (time, signal) -> past.add(time + " " + signal));
        assertThat(all.subList(0, past.size())).isEqualTo(past);
        long now = bars.times()[cut - 1] + 60_000;
        assertThat(all.subList(past.size(), all.size()))
            .allMatch((said) -> Long.parseLong(said.split(" ", 2)[0]) >= now);
    }

    @Test
    void givesTheSameReportEachTime() {
        BarSeries bars = RandomWalkSeries.random(new Random(7), 5000, 0.003);
        Backtest backtest = new Backtest(settings(Timeframe.M1, true));
        assertThat(backtest.run(bars)).isEqualTo(backtest.run(bars));
    }

    @Test
    void sumsUpWhatCameOfIt() {
        BarSeries bars = RandomWalkSeries.random(new Random(3), 20_000, 0.003);
        BacktestReport report = new Backtest(settings(Timeframe.M5, false)).run(bars);
        BigDecimal profit = Prices.toDecimal(report.trades().stream().mapToLong(Trade::profit).sum());
        assertThat(report.trades()).hasSizeGreaterThan(20);
        assertThat(report.profit()).isEqualByComparingTo(profit);
        assertThat(report.returned()).isCloseTo(profit.doubleValue() / 1000, within(1e-12));
        assertThat(report.drawdown()).isBetween(0.0, 1.0);
        assertThat(report.exposure()).isBetween(0.01, 0.99);
        assertThat(report.expectancy().doubleValue()).isCloseTo(profit.doubleValue() / report.trades().size(),
                within(1e-8));
        assertThat(report.interval().low()).isLessThan(report.winRate());
        assertThat(report.chance()).isBetween(0.0, report.breakEven());
        double won = 0;
        double lost = 0;
        for (Trade trade : report.trades()) {
            won += Math.max(0, trade.profit());
            lost -= Math.min(0, trade.profit());
        }
        assertThat(report.profitFactor()).isCloseTo(won / lost, within(1e-9));
    }

    @Test
    void saysNothingOfNothing() {
        BacktestReport report = new Backtest(settings(Timeframe.M1, false))
            .run(new BarSeries(new long[0], new long[0], new long[0], new long[0], new long[0]));
        assertThat(report.trades()).isEmpty();
        assertThat(report.winRate()).isNaN();
        assertThat(report.sharpe()).isNaN();
        assertThatIllegalArgumentException().isThrownBy(
                () -> new BarSeries(new long[] { 60_000, 60_000 }, new long[2], new long[2], new long[2], new long[2]));
    }

    private static BacktestConfig settings(Timeframe timeframe, boolean shorts) {
        Strategy rsi = Strategy.rsi(timeframe);
        return new BacktestConfig(
                new Strategy(rsi.name(), timeframe, rsi.buy(), rsi.sell(), rsi.stop(), rsi.take(), shorts),
                IndicatorConvention.PLAIN, new BigDecimal(1000), new BigDecimal(100), COSTS, 365, List.of());
    }

    private static BarSeries cut(BarSeries bars, int size) {
        return new BarSeries(Arrays.copyOf(bars.times(), size), Arrays.copyOf(bars.opens(), size),
                Arrays.copyOf(bars.highs(), size), Arrays.copyOf(bars.lows(), size),
                Arrays.copyOf(bars.closes(), size));
    }

    private static String text(Trade trade) {
        return "%s %d %d %s%s %s".formatted(trade.isLong() ? "LONG" : "SHORT", trade.openedAt(), trade.closedAt(),
                trade.reason(), trade.ambiguous() ? "?" : "", Prices.toDecimal(trade.profit()));
    }

}
