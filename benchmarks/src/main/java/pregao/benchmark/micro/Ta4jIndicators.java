package pregao.benchmark.micro;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * All four by ta4j, with its fastest numbers, over a series that is already built.
 */
final class Ta4jIndicators {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final BarSeries series = new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();

    Ta4jIndicators(BenchmarkBars bars) {
        for (int i = 0; i < bars.size(); i++) {
            this.series.barBuilder()
                .timePeriod(MINUTE)
                .endTime(Instant.EPOCH.plus(MINUTE.multipliedBy(i + 1L)))
                .openPrice(bars.closes[i])
                .highPrice(bars.highs[i])
                .lowPrice(bars.lows[i])
                .closePrice(bars.closes[i])
                .volume(1)
                .add();
        }
    }

    /**
     * The bars, as ta4j keeps them.
     */
    BarSeries series() {
        return this.series;
    }

    double[][] fill(double[][] rows) {
        ClosePriceIndicator close = new ClosePriceIndicator(this.series);
        MACDIndicator macd = new MACDIndicator(close, 12, 26);
        EMAIndicator signal = macd.getSignalLine(9);
        BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(new SMAIndicator(close, 20));
        StandardDeviationIndicator deviation = new StandardDeviationIndicator(close, 20);
        List<Indicator<Num>> all = List.of(new RSIIndicator(close, 14), macd, signal, macd.getHistogram(9),
                new ATRIndicator(this.series, 14), new BollingerBandsUpperIndicator(middle, deviation), middle,
                new BollingerBandsLowerIndicator(middle, deviation));
        for (int i = 0; i < this.series.getBarCount(); i++) {
            for (int row = 0; row < rows.length; row++) {
                rows[row][i] = all.get(row).getValue(i).doubleValue();
            }
        }
        return rows;
    }

}
