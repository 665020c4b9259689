package pregao.session.broker.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerOrderState;

/**
 * How the broker is asked for what became of orders, be they filled at once or lie there.
 */
final class OrderQueries {

    /**
     * What was written until its end is accepted so long after it, and seen a bit later.
     */
    static final Duration ARRIVAL_TIMEOUT = Duration.ofMillis(RestRequest.WINDOW + 2000);

    /** An order that is there may not be found for a while, so one answer is none. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final int MAX_COUNT = 2000;

    /** Orders that were not found once they were over, and when that was. */
    private final Map<UUID, Instant> missed = Caffeine.newBuilder()
        .maximumSize(MAX_COUNT)
        .expireAfterAccess(Duration.ofDays(1))
        .<UUID, Instant>build()
        .asMap();

    private final SignedRestClient broker;

    private final BinanceTimeouts timeouts;

    OrderQueries(SignedRestClient broker, BinanceTimeouts timeouts) {
        this.broker = broker;
        this.timeouts = timeouts;
    }

    Instant now() {
        return Instant.ofEpochMilli(this.broker.ours());
    }

    /**
     * Whether an order cannot arrive any more that has not by now.
     * @param validUntil until when it may be written
     * @return true once all that was written until then is seen
     */
    boolean isOver(Instant validUntil) {
        return now().isAfter(validUntil.plus(ARRIVAL_TIMEOUT));
    }

    /**
     * Judges that an order was not found that cannot arrive any more.
     * @param id of the order
     * @return absent at a second look some seconds after the first, else unknown
     */
    BrokerOrderState notFound(UUID id) {
        Instant first = this.missed.computeIfAbsent(id, (fresh) -> now());
        return now().isBefore(first.plus(SECOND_LOOK)) ? new BrokerOrderState.Unknown() : new BrokerOrderState.Absent();
    }

    /**
     * Takes that an order was found after all: not finding it later is the first time.
     * @param id of the order
     */
    void found(UUID id) {
        this.missed.remove(id);
    }

    /**
     * Asks for the trades of an order.
     * @param symbol of what
     * @param number the broker's
     * @return a list of trades
     */
    Mono<JsonNode> trades(String symbol, long number) {
        return this.broker.ask(RestRequest.of("/v3/myTrades", 5)
            .asUrgent()
            .with("symbol", symbol)
            .with("orderId", number)
            .with("limit", KlinePager.MAX_COUNT));
    }

    /**
     * Asks until the broker knows, or cannot know any more, or could not be asked.
     * @param state asks once
     * @param isOpen whether an answer is not the last one
     * @return the last answer
     */
    Mono<BrokerOrderState> poll(Mono<BrokerOrderState> state, Predicate<BrokerOrderState> isOpen) {
        return Mono.defer(() -> {
            Instant end = now().plus(this.timeouts.giveUp());
            return state.expand((last) -> isOpen.test(last) && now().isBefore(end)
                    ? Mono.delay(this.timeouts.poll(), this.broker.scheduler()).flatMap((tick) -> state) : Mono.empty())
                .last();
        });
    }

}
