package pregao.indicators.marketdata;

import pregao.market.indicator.Indicators;

/**
 * Computed values as JSON, in the order in which {@link CandleText#VALUES} has the stored
 * ones.
 */
final class ValuesText {

    private ValuesText() {
    }

    static void append(StringBuilder json, Indicators of) {
        append(json, "rsi", of.rsi());
        append(json, "macd", of.macd());
        append(json, "macd_signal", of.macdSignal());
        append(json, "macd_hist", of.macdHist());
        append(json, "atr", of.atr());
        append(json, "bb_upper", of.bbUpper());
        append(json, "bb_middle", of.bbMiddle());
        append(json, "bb_lower", of.bbLower());
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
