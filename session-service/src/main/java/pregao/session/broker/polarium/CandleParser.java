package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.session.broker.api.BrokerCandle;

/**
 * Reads candles; one that makes no sense is left out.
 */
final class CandleParser {

    private CandleParser() {
    }

    /**
     * Reads a reply's candles.
     * @param message of the reply
     * @return those that make sense, in its order
     */
    static List<BrokerCandle> parseCandles(JsonNode message) {
        List<BrokerCandle> candles = new ArrayList<>();
        for (JsonNode node : message.path("candles")) {
            BrokerCandle candle = parseCandle(node);
            if (candle != null) {
                candles.add(candle);
            }
        }
        return candles;
    }

    static @Nullable BrokerCandle parseCandle(JsonNode node) {
        long from = node.path("from").asLong(0);
        int seconds = (int) (node.path("to").asLong(0) - from);
        try {
            return (seconds <= 0) ? null
                    : new BrokerCandle(node.path("id").asLong(0), from, seconds, parsePrice(node, "open"),
                            parsePrice(node, "max"), parsePrice(node, "min"), parsePrice(node, "close"),
                            node.path("volume").asLong(0));
        }
        catch (ArithmeticException | IllegalArgumentException ex) {
            return null;
        }
    }

    private static long parsePrice(JsonNode node, String field) {
        return Prices.rounded(node.path(field).asDecimal(BigDecimal.ZERO));
    }

}
