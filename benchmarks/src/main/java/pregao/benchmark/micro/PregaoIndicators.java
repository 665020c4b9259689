package pregao.benchmark.micro;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.market.indicator.IndicatorSet;

/**
 * All four by our class, a candle at a time.
 */
final class PregaoIndicators {

    private PregaoIndicators() {
    }

    static double[][] fill(IndicatorConvention convention, BenchmarkBars bars, double[][] rows) {
        IndicatorSet indicators = new IndicatorSet(convention);
        double[] rsi = rows[0];
        double[] macd = rows[1];
        double[] signal = rows[2];
        double[] hist = rows[3];
        double[] atr = rows[4];
        double[] upper = rows[5];
        double[] middle = rows[6];
        double[] lower = rows[7];
        for (int i = 0; i < bars.size(); i++) {
            indicators.add(bars.highUnits[i], bars.lowUnits[i], bars.closeUnits[i]);
            rsi[i] = indicators.rsi();
            macd[i] = indicators.macd();
            signal[i] = indicators.macdSignal();
            hist[i] = indicators.macdHist();
            atr[i] = indicators.atr();
            upper[i] = indicators.bbUpper();
            middle[i] = indicators.bbMiddle();
            lower[i] = indicators.bbLower();
        }
        return rows;
    }

}
