package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * Reads candles as the broker writes them.
 */
final class KlineParser {

    private static final Map<Integer, String> INTERVALS_BY_SECONDS = Map.ofEntries(Map.entry(1, "1s"),
            Map.entry(60, "1m"), Map.entry(180, "3m"), Map.entry(300, "5m"), Map.entry(900, "15m"),
            Map.entry(1800, "30m"), Map.entry(3600, "1h"), Map.entry(7200, "2h"), Map.entry(14_400, "4h"),
            Map.entry(21_600, "6h"), Map.entry(28_800, "8h"), Map.entry(43_200, "12h"), Map.entry(86_400, "1d"));

    private KlineParser() {
    }

    /**
     * The broker's name of a length.
     * @param seconds of a candle
     * @return such as {@code 1m}, or null where there are none of this length
     */
    static @Nullable String findInterval(int seconds) {
        return INTERVALS_BY_SECONDS.get(seconds);
    }

    /**
     * Asks for candles.
     * @param symbol of what
     * @param interval as the broker says it
     * @return without a time
     */
    static RestRequest createRequest(String symbol, String interval) {
        return RestRequest.of("/v3/klines", 2).with("symbol", symbol).with("interval", interval);
    }

    /**
     * Reads an answer to a question for candles.
     * @param rows of arrays
     * @param seconds of a candle
     * @return oldest first, without what makes no sense
     */
    static List<BrokerCandle> parseCandles(JsonNode rows, int seconds) {
        List<BrokerCandle> candles = new ArrayList<>();
        for (JsonNode row : rows) {
            BrokerCandle candle = toCandle(row.path(0), seconds,
                    List.of(row.path(1), row.path(2), row.path(3), row.path(4)), row.path(5));
            if (candle != null) {
                candles.add(candle);
            }
        }
        return candles;
    }

    /**
     * Reads an event of a stream.
     * @param event a {@code kline}
     * @param seconds of a candle
     * @return null where it makes no sense
     */
    static @Nullable CandleUpdate parseUpdate(JsonNode event, int seconds) {
        JsonNode kline = event.path("k");
        BrokerCandle candle = toCandle(kline.path("t"), seconds,
                List.of(kline.path("o"), kline.path("h"), kline.path("l"), kline.path("c")), kline.path("v"));
        return (candle == null) ? null : new CandleUpdate(candle, kline.path("x").asBoolean(false));
    }

    private static @Nullable BrokerCandle toCandle(JsonNode openTime, int seconds, List<JsonNode> prices,
            JsonNode volume) {
        long from = Math.floorDiv(openTime.asLong(0), 1000L);
        try {
            return new BrokerCandle(from / seconds, from, seconds, toPrice(prices.get(0)), toPrice(prices.get(1)),
                    toPrice(prices.get(2)), toPrice(prices.get(3)), JsonTrees.parseDecimal(volume));
        }
        catch (IllegalArgumentException | ArithmeticException ex) {
            return null;
        }
    }

    private static long toPrice(JsonNode node) {
        return Prices.of(JsonTrees.parseDecimal(node));
    }

}
