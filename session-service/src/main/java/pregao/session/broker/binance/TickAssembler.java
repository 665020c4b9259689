package pregao.session.broker.binance;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;

/**
 * Assembler of ticks from two streams of a symbol: the best prices, which have no time,
 * and the trades. An event that arrives on two connections yields one tick.
 */
final class TickAssembler {

    private long lastBookId;

    private long lastTradeId;

    private long bid;

    private long ask;

    /**
     * Applies an update of the best prices.
     * @param event an event of the {@code bookTicker} stream
     * @param nowMillis the server time in epoch milliseconds
     * @return the tick, or null if the event isn't new
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
     * Applies a trade.
     * @param event an event of the {@code trade} stream
     * @return the tick, or null if the event isn't new or the best prices aren't known
     * yet
     */
    @Nullable MarketTick applyTrade(JsonNode event) {
        long id = event.path("t").asLong(0);
        if (id <= this.lastTradeId) {
            return null;
        }
        this.lastTradeId = id;
        return createTick(event.path("T").asLong(0), parsePrice(event.path("p")));
    }

    /**
     * Resets the state after the connection was lost, because Binance's ids may start
     * again.
     */
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
