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

    private long bookId;

    private long tradeId;

    private long bid;

    private long ask;

    /**
     * Takes the best prices.
     * @param event a {@code bookTicker}
     * @param now the broker's time, epoch milliseconds
     * @return null where it says nothing new
     */
    @Nullable MarketTick book(JsonNode event, long now) {
        long id = event.path("u").asLong(0);
        if (id <= this.bookId) {
            return null;
        }
        this.bookId = id;
        this.bid = price(event.path("b"));
        this.ask = price(event.path("a"));
        return tick(now, 0);
    }

    /**
     * Takes a trade.
     * @param event a {@code trade}
     * @return null where it says nothing new, or the best prices are not known yet
     */
    @Nullable MarketTick trade(JsonNode event) {
        long id = event.path("t").asLong(0);
        if (id <= this.tradeId) {
            return null;
        }
        this.tradeId = id;
        return tick(event.path("T").asLong(0), price(event.path("p")));
    }

    /** The connection was lost; the broker may count anew. */
    void interrupt() {
        this.bookId = 0;
        this.tradeId = 0;
        this.bid = 0;
        this.ask = 0;
    }

    private @Nullable MarketTick tick(long millis, long last) {
        boolean sensible = this.bid > 0 && this.ask > 0 && Math.max(this.bid, this.ask) <= Prices.MAX && last >= 0;
        return sensible ? new MarketTick(Instant.ofEpochMilli(millis), this.bid, this.ask, last) : null;
    }

    private static long price(JsonNode node) {
        try {
            return Prices.of(JsonTrees.decimal(node));
        }
        catch (ArithmeticException ex) {
            return 0;
        }
    }

}
