package pregao.market.indicator;

import pregao.contracts.indicator.IndicatorConvention;
import pregao.contracts.indicator.IndicatorValues;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether two ways to calculate give the same.
 */
final class NumericAssertions {

    private static final double TOLERANCE = 1e-9;

    private NumericAssertions() {
    }

    static void check(IndicatorConvention convention, Series series) {
        NaiveIndicators naive = new NaiveIndicators(convention, series);
        IndicatorSet indicators = new IndicatorSet(convention);
        for (int i = 0; i < series.size(); i++) {
            series.addTo(indicators, i);
            IndicatorValues expected = naive.at(i);
            IndicatorValues values = indicators.values();
            if (!close(values, expected, series.scale(i))) {
                assertThat(values).as("%s at %s of %s", convention, i, series.size()).isEqualTo(expected);
            }
        }
    }

    static boolean close(IndicatorValues values, IndicatorValues expected, double scale) {
        double allowed = TOLERANCE * scale;
        return close(values.rsi(), expected.rsi(), TOLERANCE) && close(values.macd(), expected.macd(), allowed)
                && close(values.macdSignal(), expected.macdSignal(), allowed)
                && close(values.macdHist(), expected.macdHist(), allowed)
                && close(values.atr(), expected.atr(), allowed) && close(values.bbUpper(), expected.bbUpper(), allowed)
                && close(values.bbMiddle(), expected.bbMiddle(), allowed)
                && close(values.bbLower(), expected.bbLower(), allowed);
    }

    private static boolean close(double value, double expected, double allowed) {
        return Double.isNaN(expected) ? Double.isNaN(value) : Math.abs(value - expected) <= allowed;
    }

}
