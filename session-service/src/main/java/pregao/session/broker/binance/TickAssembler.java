package pregao.session.broker.binance;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;

/**
 * Makes ticks of what two streams of a pair say: its best prices, which bear no time, and
 * its trades. What two connections say is told once.
 */
final class TickAssembler {

    private long lastBookId;

    private long lastTradeId;

    private long bid;

    private long ask;

    /**
     * Takes the best prices.
     * @param event a {@code bookTicker}
     * @param nowMillis the broker's time, epoch milliseconds
     * @return null where it says nothing new
     */
    @Nullable MarketTick applyBookTicker(JsonNode event, long nowMillis) {
        long id = event.path("u").asLong(0);
        if (id <= this.lastBookId) {
            return null;
        }
        this.lastBookId = id;
        this.bid = parsePrice(event.path("b"));
        this.ask = parsePrice(event.path("a"));
        return createTick(nowMillis, 0);
    }

    /**
     * Takes a trade.
     * @param event a {@code trade}
     * @return null where it says nothing new, or the best prices are not known yet
     */
    @Nullable MarketTick applyTrade(JsonNode event) {
        long id = event.path("t").asLong(0);
        if (id <= this.lastTradeId) {
            return null;
        }
        this.lastTradeId = id;
        return createTick(event.path("T").asLong(0), parsePrice(event.path("p")));
    }

    /** The connection was lost; the broker may count anew. */
    void reset() {
        this.lastBookId = 0;
        this.lastTradeId = 0;
        this.bid = 0;
        this.ask = 0;
    }

    private @Nullable MarketTick createTick(long timeMillis, long last) {
        boolean isValid = this.bid > 0 && this.ask > 0 && Math.max(this.bid, this.ask) <= Prices.MAX && last >= 0;
        return isValid ? new MarketTick(Instant.ofEpochMilli(timeMillis), this.bid, this.ask, last) : null;
    }

    private static long parsePrice(JsonNode node) {
        try {
            return Prices.of(JsonTrees.parseDecimal(node));
        }
        catch (ArithmeticException ex) {
            return 0;
        }
    }

}
