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
 * Parser for candles, which Binance calls klines.
 */
final class KlineParser {

    private static final Map<Integer, String> INTERVALS_BY_SECONDS = Map.ofEntries(Map.entry(1, "1s"),
            Map.entry(60, "1m"), Map.entry(180, "3m"), Map.entry(300, "5m"), Map.entry(900, "15m"),
            Map.entry(1800, "30m"), Map.entry(3600, "1h"), Map.entry(7200, "2h"), Map.entry(14_400, "4h"),
            Map.entry(21_600, "6h"), Map.entry(28_800, "8h"), Map.entry(43_200, "12h"), Map.entry(86_400, "1d"));

    private KlineParser() {
    }

    /**
     * Returns Binance's name of a candle length.
     * @param seconds the length of a candle in seconds
     * @return the interval, such as {@code 1m}, or null if Binance has no candles of this
     * length
     */
    static @Nullable String findInterval(int seconds) {
        return INTERVALS_BY_SECONDS.get(seconds);
    }

    /**
     * Creates a request for candles.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param interval Binance's name of the candle length
     * @return a request without a time range
     */
    static RestRequest createRequest(String symbol, String interval) {
        return RestRequest.of("/v3/klines", 2).with("symbol", symbol).with("interval", interval);
    }

    /**
     * Parses a response of {@code GET /v3/klines}.
     * @param rows the response, an array with one array per candle
     * @param seconds the length of a candle in seconds
     * @return the candles, oldest first; malformed ones are left out
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
     * Parses an event of a kline stream.
     * @param event an event of type {@code kline}
     * @param seconds the length of a candle in seconds
     * @return the update, or null if it's malformed
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
