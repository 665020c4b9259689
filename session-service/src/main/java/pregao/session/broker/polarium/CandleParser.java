package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.session.broker.api.BrokerCandle;

/**
 * Parser for candles. Malformed candles are left out.
 */
final class CandleParser {

    private CandleParser() {
    }

    /**
     * Parses the candles of a reply.
     * @param message the message of the reply
     * @return the well-formed candles, in the order of the reply
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
