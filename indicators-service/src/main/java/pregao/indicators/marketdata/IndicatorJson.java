package pregao.indicators.marketdata;

import pregao.market.indicator.IndicatorSet;

/**
 * Computed values as JSON, in the order in which {@link CandleJsonSql#VALUES} has the
 * stored ones.
 */
final class IndicatorJson {

    private IndicatorJson() {
    }

    static void append(StringBuilder json, IndicatorSet indicatorSet) {
        append(json, "rsi", indicatorSet.rsi());
        append(json, "macd", indicatorSet.macd());
        append(json, "macd_signal", indicatorSet.macdSignal());
        append(json, "macd_hist", indicatorSet.macdHist());
        append(json, "atr", indicatorSet.atr());
        append(json, "bb_upper", indicatorSet.bbUpper());
        append(json, "bb_middle", indicatorSet.bbMiddle());
        append(json, "bb_lower", indicatorSet.bbLower());
    }

    private static void append(StringBuilder json, String name, double value) {
        json.append(",\"").append(name).append("\":");
        if (Double.isNaN(value)) {
            json.append("null");
        }
        else {
            json.append(value);
        }
    }

}
