package pregao.system;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Candles and ticks as JSON, of named kinds.
 */
final class Quotes {

    private Quotes() {
    }

    /**
     * A candle of one minute, marked as final.
     * @param symbol whose
     * @param ts its open time
     * @param prices open, high, low, close
     * @return with volume 100 and a spread of 2 points
     */
    static String m1(String symbol, Instant ts, String... prices) {
        return candle(symbol, "M1", ts.toString(), prices[0], prices[1], prices[2], prices[3]).replace("}",
                ",\"final\":true}");
    }

    static String candle(String symbol, String timeframe, String ts, String open, String high, String low,
            String close) {
        return ("{\"symbol\":\"%s\",\"timeframe\":\"%s\",\"ts\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,"
                + "\"close\":%s,\"volume\":100,\"spread\":2}")
            .formatted(symbol, timeframe, ts, open, high, low, close);
    }

    /**
     * A tick.
     * @param symbol whose
     * @param ts when
     * @param bid the bid
     * @return with an ask 0.0002 above
     */
    static String tick(String symbol, Instant ts, String bid) {
        return "{\"symbol\":\"%s\",\"ts\":\"%s\",\"bid\":%s,\"ask\":%s}".formatted(symbol, ts, bid,
                new BigDecimal(bid).add(new BigDecimal("0.0002")).toPlainString());
    }

}
