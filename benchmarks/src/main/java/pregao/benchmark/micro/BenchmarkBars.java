package pregao.benchmark.micro;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;

/**
 * The same candles as whole numbers for us and as {@code double}s for the peers.
 */
final class BenchmarkBars {

    /** What calculates all four fills one row for each, in this order. */
    static final List<String> ROWS = List.of("rsi", "macd", "signal", "hist", "atr", "upper", "middle", "lower");

    /** As of a pair in yen: TA-Lib takes a variance below 1e-8 for none at all. */
    private static final long TIMES = 100;

    final long[] highUnits;

    final long[] lowUnits;

    final long[] closeUnits;

    final double[] highs;

    final double[] lows;

    final double[] closes;

    BenchmarkBars(List<Candle> candles) {
        this.highUnits = units(candles, Candle::high);
        this.lowUnits = units(candles, Candle::low);
        this.closeUnits = units(candles, Candle::close);
        this.highs = decimals(this.highUnits);
        this.lows = decimals(this.lowUnits);
        this.closes = decimals(this.closeUnits);
    }

    private static long[] units(List<Candle> candles, ToLongFunction<Candle> price) {
        return candles.stream().mapToLong(price).map((units) -> units * TIMES).toArray();
    }

    private static double[] decimals(long[] units) {
        return LongStream.of(units).mapToDouble((each) -> (double) each / Prices.ONE).toArray();
    }

    int size() {
        return this.closes.length;
    }

    /**
     * Room for what calculates all four.
     * @return a row each
     */
    double[][] rows() {
        return new double[ROWS.size()][size()];
    }

}
