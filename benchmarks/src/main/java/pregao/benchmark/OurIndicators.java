package pregao.benchmark;

import pregao.contracts.indicator.Convention;
import pregao.market.indicator.Indicators;

/**
 * All four by our class, a candle at a time.
 */
final class OurIndicators {

    private OurIndicators() {
    }

    static double[][] fill(Convention convention, Bars bars, double[][] rows) {
        Indicators indicators = new Indicators(convention);
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
