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
    static final Duration ARRIVAL_TIMEOUT = Duration.ofMillis(RestRequest.RECV_WINDOW_MILLIS + 2000);

    /** An order that is there may not be found for a while, so one answer is none. */
    private static final Duration RECHECK_DELAY = Duration.ofSeconds(3);

    private static final int MAX_NOT_FOUND = 2000;

    /** Orders that were not found once they were over, and when that was. */
    private final Map<UUID, Instant> firstNotFoundAt = Caffeine.newBuilder()
        .maximumSize(MAX_NOT_FOUND)
        .expireAfterAccess(Duration.ofDays(1))
        .<UUID, Instant>build()
        .asMap();

    private final SignedRestClient restClient;

    private final BinanceTimeouts timeouts;

    OrderQueries(SignedRestClient restClient, BinanceTimeouts timeouts) {
        this.restClient = restClient;
        this.timeouts = timeouts;
    }

    Instant now() {
        return Instant.ofEpochMilli(this.restClient.localMillis());
    }

    /**
     * Whether an order cannot arrive any more that has not by now.
     * @param validUntil until when it may be written
     * @return true once all that was written until then is seen
     */
    boolean canNoLongerArrive(Instant validUntil) {
        return now().isAfter(validUntil.plus(ARRIVAL_TIMEOUT));
    }

    /**
     * Judges that an order was not found that cannot arrive any more.
     * @param id of the order
     * @return absent at a second look some seconds after the first, else unknown
     */
    BrokerOrderState resolveNotFound(UUID id) {
        Instant firstNotFound = this.firstNotFoundAt.computeIfAbsent(id, (newId) -> now());
        return now().isBefore(firstNotFound.plus(RECHECK_DELAY)) ? new BrokerOrderState.Unknown()
                : new BrokerOrderState.Absent();
    }

    /**
     * Takes that an order was found after all: not finding it later is the first time.
     * @param id of the order
     */
    void clearNotFound(UUID id) {
        this.firstNotFoundAt.remove(id);
    }

    /**
     * Asks for the trades of an order.
     * @param symbol of what
     * @param brokerId the broker's
     * @return a list of trades
     */
    Mono<JsonNode> fetchTrades(String symbol, long brokerId) {
        return this.restClient.get(RestRequest.of("/v3/myTrades", 5)
            .asUrgent()
            .with("symbol", symbol)
            .with("orderId", brokerId)
            .with("limit", KlinePager.MAX_PAGE_SIZE));
    }

    /**
     * Asks until the broker knows, or cannot know any more, or could not be asked.
     * @param query asks once
     * @param isPending whether an answer is not the last one
     * @return the last answer
     */
    Mono<BrokerOrderState> pollUntilResolved(Mono<BrokerOrderState> query, Predicate<BrokerOrderState> isPending) {
        return Mono.defer(() -> {
            Instant deadline = now().plus(this.timeouts.giveUp());
            return query.expand((lastState) -> isPending.test(lastState) && now().isBefore(deadline)
                    ? Mono.delay(this.timeouts.poll(), this.restClient.scheduler()).flatMap((tick) -> query)
                    : Mono.empty())
                .last();
        });
    }

}
