package pregao.pipeline.candle;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * Converts candle keys to and from JSON, such as
 * {@code [["mt5|EURUSD","M1",1398902400000],…]}.
 */
public final class CandleKeyJson {

    private static final JsonFactory JSON = new JsonFactory();

    private CandleKeyJson() {
    }

    /**
     * Writes the keys of candles.
     * @param candles the candles
     * @return a JSON array of {@code [instrument, timeframe, open time]} arrays; no part
     * of a key needs escaping
     */
    public static String write(List<Candle> candles) {
        StringBuilder json = new StringBuilder(candles.size() * 40 + 2).append('[');
        for (Candle candle : candles) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append("[\"")
                .append(candle.instrument().key())
                .append("\",\"")
                .append(candle.timeframe())
                .append("\",")
                .append(candle.openTime())
                .append(']');
        }
        return json.append(']').toString();
    }

    /**
     * Reads keys.
     * @param json a JSON array as written by {@link #write}
     * @return the keys, in the order of the array
     * @throws IllegalArgumentException if an instrument or a timeframe is invalid
     */
    public static List<CandleKey> read(String json) {
        List<CandleKey> keys = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                parser.nextToken();
                Instrument instrument = Instrument.ofKey(parser.getString());
                parser.nextToken();
                Timeframe timeframe = Timeframe.valueOf(parser.getString());
                parser.nextToken();
                keys.add(new CandleKey(instrument, timeframe, parser.getLongValue()));
                parser.nextToken();
            }
        }
        return keys;
    }

}
