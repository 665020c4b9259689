package pregao.indicators.marketdata;

import pregao.market.indicator.IndicatorSet;

/**
 * Writes computed values as JSON, in the order of {@link CandleJsonSql#INDICATORS_JSON}.
 */
final class IndicatorJson {

    private IndicatorJson() {
    }

    static void append(StringBuilder json, IndicatorSet indicators) {
        append(json, "rsi", indicators.rsi());
        append(json, "macd", indicators.macd());
        append(json, "macd_signal", indicators.macdSignal());
        append(json, "macd_hist", indicators.macdHist());
        append(json, "atr", indicators.atr());
        append(json, "bb_upper", indicators.bbUpper());
        append(json, "bb_middle", indicators.bbMiddle());
        append(json, "bb_lower", indicators.bbLower());
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
