package pregao.benchmark.micro;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Rule;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.StopGainRule;
import org.ta4j.core.rules.StopLossRule;
import org.ta4j.core.rules.UnderIndicatorRule;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.backtest.Backtest;
import pregao.market.backtest.BacktestConfig;
import pregao.market.backtest.BacktestReport;
import pregao.market.rule.Strategy;
import pregao.market.spot.TransactionCosts;

/**
 * The RSI strategy over the same minutes by us, with fees and stops within the minute,
 * and by ta4j, with stops at closes and without fees; ns a bar.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class BacktestBenchmark {

    private static final int BARS = 100_000;

    private final List<Candle> minutes = new RandomWalk().minutes(BARS);

    private final pregao.market.backtest.BarSeries bars = pregao.market.backtest.BarSeries.of(this.minutes);

    private final Backtest minute = new Backtest(settings(Timeframe.M1));

    private final Backtest five = new Backtest(settings(Timeframe.M5));

    private static BacktestConfig settings(Timeframe timeframe) {
        return new BacktestConfig(Strategy.rsi(timeframe), IndicatorConvention.CLASSIC, new BigDecimal(10_000),
                new BigDecimal(1_000), new TransactionCosts(100_000, 1_000, 0, 1_000_000), 252, List.of());
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public BacktestReport ours() {
        return this.minute.run(this.bars);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public BacktestReport oursByFiveMinutes() {
        return this.five.run(this.bars);
    }

    @Benchmark
    @OperationsPerInvocation(BARS)
    public TradingRecord ta4j(Peer peer) {
        ClosePriceIndicator close = new ClosePriceIndicator(peer.series);
        RSIIndicator rsi = new RSIIndicator(close, 14);
        Rule exit = new OverIndicatorRule(rsi, 60).or(new StopLossRule(close, 3)).or(new StopGainRule(close, 2));
        return new BarSeriesManager(peer.series).run(new BaseStrategy(new UnderIndicatorRule(rsi, 40), exit));
    }

    /**
     * The same minutes as ta4j keeps them.
     */
    @State(Scope.Thread)
    public static class Peer {

        private final BarSeries series = new Ta4jIndicators(new BenchmarkBars(new RandomWalk().minutes(BARS))).series();

    }

}
