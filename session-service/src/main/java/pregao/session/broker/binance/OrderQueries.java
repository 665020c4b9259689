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
 * Queries for the state of orders, shared by spot orders and protective orders.
 */
final class OrderQueries {

    /**
     * How long after its end of validity an order can still show up: Binance accepts it
     * within the receive window, and it becomes visible a little later.
     */
    static final Duration ARRIVAL_TIMEOUT = Duration.ofMillis(RestRequest.RECV_WINDOW_MILLIS + 2000);

    /**
     * The delay before a second lookup. An existing order may not be found for a while,
     * so a single "not found" proves nothing.
     */
    private static final Duration RECHECK_DELAY = Duration.ofSeconds(3);

    private static final int MAX_NOT_FOUND = 2000;

    /**
     * When each order wasn't found for the first time after it could no longer arrive.
     */
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
     * Returns whether an order that hasn't arrived by now can no longer arrive.
     * @param validUntil the end of the order's validity; it isn't written later
     * @return true once everything that was written until then is visible
     */
    boolean canNoLongerArrive(Instant validUntil) {
        return now().isAfter(validUntil.plus(ARRIVAL_TIMEOUT));
    }

    /**
     * Returns the state of an order that wasn't found and can no longer arrive.
     * @param id the order id
     * @return absent if a lookup some seconds ago didn't find it either, else unknown
     */
    BrokerOrderState resolveNotFound(UUID id) {
        Instant firstNotFound = this.firstNotFoundAt.computeIfAbsent(id, (newId) -> now());
        return now().isBefore(firstNotFound.plus(RECHECK_DELAY)) ? new BrokerOrderState.Unknown()
                : new BrokerOrderState.Absent();
    }

    /**
     * Clears the record of a lookup that didn't find an order, because it was found now.
     * @param id the order id
     */
    void clearNotFound(UUID id) {
        this.firstNotFoundAt.remove(id);
    }

    /**
     * Fetches the trades of an order.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @param brokerId the order id of Binance
     * @return an array of trades
     */
    Mono<JsonNode> fetchTrades(String symbol, long brokerId) {
        return this.restClient.get(RestRequest.of("/v3/myTrades", 5)
            .asUrgent()
            .with("symbol", symbol)
            .with("orderId", brokerId)
            .with("limit", KlinePager.MAX_PAGE_SIZE));
    }

    /**
     * Polls the state of an order until it's resolved or the polling times out.
     * @param query the query to repeat
     * @param isPending whether to poll again after a state
     * @return the last state
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
