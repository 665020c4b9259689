package pregao.market.indicator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorValues;

/**
 * The indicators of a whole series, written down from their definitions with no thought
 * of speed.
 */
final class NaiveIndicators {

    private final IndicatorConvention convention;

    private final Series series;

    private final double[] changes;

    private final double[] ranges;

    private final double[] macd;

    private final double[] signal;

    private final double[] gains;

    private final double[] losses;

    private final double[] atr;

    NaiveIndicators(IndicatorConvention convention, Series series) {
        this.convention = convention;
        this.series = series;
        int size = series.size();
        this.changes = IntStream.range(0, size)
            .mapToDouble((i) -> (i == 0) ? 0 : series.close(i) - series.close(i - 1))
            .toArray();
        this.ranges = IntStream.range(0, size)
            .mapToDouble((i) -> (i == 0) ? 0
                    : LongStream
                        .of(series.high(i) - series.low(i), Math.abs(series.high(i) - series.close(i - 1)),
                                Math.abs(series.low(i) - series.close(i - 1)))
                        .max()
                        .orElseThrow())
            .toArray();
        this.macd = macd();
        this.signal = signal();
        boolean plain = convention == IndicatorConvention.PLAIN;
        double[] ups = Arrays.stream(this.changes).map((change) -> Math.max(change, 0)).toArray();
        double[] downs = Arrays.stream(this.changes).map((change) -> Math.max(-change, 0)).toArray();
        this.gains = plain ? means(ups) : wilder(ups);
        this.losses = plain ? means(downs) : wilder(downs);
        this.atr = (convention == IndicatorConvention.CLASSIC) ? wilder(this.ranges) : means(this.ranges);
    }

    IndicatorValues at(int i) {
        double line = (i < 25) ? Double.NaN : this.macd[i] / 1e8;
        double mean = (i < 33) ? Double.NaN : this.signal[i] / 1e8;
        if (i < 19) {
            return new IndicatorValues(rsi(i), line, mean, line - mean, this.atr[i] / 1e8, Double.NaN, Double.NaN,
                    Double.NaN);
        }
        double middle = middle(i) / 1e8;
        double width = 2 * deviation(i) / 1e8;
        return new IndicatorValues(rsi(i), line, mean, line - mean, this.atr[i] / 1e8, middle + width, middle,
                middle - width);
    }

    private double rsi(int i) {
        double gain = this.gains[i];
        double loss = this.losses[i];
        if (Double.isNaN(gain)) {
            return Double.NaN;
        }
        if (loss == 0) {
            double flat = (this.convention == IndicatorConvention.MT5) ? 50 : Double.NaN;
            return (gain == 0) ? flat : 100;
        }
        return 100 - 100 / (1 + gain / loss);
    }

    private double middle(int i) {
        return LongStream.range(i - 19, i + 1)
            .mapToObj((each) -> BigDecimal.valueOf(this.series.close((int) each)))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(20), MathContext.DECIMAL128)
            .doubleValue();
    }

    private double deviation(int i) {
        // About the newest, because differences of whole numbers are exact.
        long about = this.series.close(i);
        double mean = IntStream.rangeClosed(i - 19, i).mapToDouble((each) -> this.series.close(each) - about).sum()
                / 20;
        double squares = IntStream.rangeClosed(i - 19, i)
            .mapToDouble((each) -> Math.pow(this.series.close(each) - about - mean, 2))
            .sum();
        return Math.sqrt(squares / 20);
    }

    private static double[] means(double[] values) {
        double[] means = new double[values.length];
        Arrays.fill(means, Double.NaN);
        for (int i = 14; i < values.length; i++) {
            means[i] = Arrays.stream(values, i - 13, i + 1).sum() / 14;
        }
        return means;
    }

    private static double[] wilder(double[] values) {
        double[] means = means(values);
        for (int i = 15; i < values.length; i++) {
            double mean = (means[i - 1] * 13 + values[i]) / 14;
            means[i] = (mean < 1e-9) ? 0 : mean;
        }
        return means;
    }

    private double[] macd() {
        double[] closes = IntStream.range(0, this.series.size()).mapToDouble((i) -> this.series.close(i)).toArray();
        boolean classic = this.convention == IndicatorConvention.CLASSIC;
        double[] fast = exponential(closes, 0, 12, classic ? 12 : 1);
        double[] slow = exponential(closes, 0, 26, classic ? 26 : 1);
        return IntStream.range(0, closes.length).mapToDouble((i) -> fast[i] - slow[i]).toArray();
    }

    private double[] signal() {
        return switch (this.convention) {
            case PLAIN -> exponential(this.macd, 0, 9, 1);
            case CLASSIC -> exponential(this.macd, 25, 9, 9);
            case MT5 -> IntStream.range(0, this.macd.length)
                .mapToDouble((i) -> (i < 33) ? Double.NaN : Arrays.stream(this.macd, i - 8, i + 1).sum() / 9)
                .toArray();
        };
    }

    private static double[] exponential(double[] values, int from, int period, int seed) {
        double weight = 2.0 / (period + 1);
        double[] means = new double[values.length];
        Arrays.fill(means, Double.NaN);
        int first = from + seed - 1;
        for (int i = first; i < values.length; i++) {
            means[i] = (i == first) ? Arrays.stream(values, from, i + 1).sum() / seed
                    : weight * values[i] + (1 - weight) * means[i - 1];
        }
        return means;
    }

}
