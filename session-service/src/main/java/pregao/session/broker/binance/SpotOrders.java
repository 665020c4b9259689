package pregao.session.broker.binance;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.OwnershipCheck;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.SpotOrder;

/**
 * Spot orders of one account. Each order is written at most once. Binance accepts the
 * same client order id twice, so if the outcome of an order is unknown, its state is
 * queried and the order isn't sent again.
 */
final class SpotOrders {

    private static final Logger log = LoggerFactory.getLogger(SpotOrders.class);

    private final OrderTracker tracker = new OrderTracker();

    private final SignedRestClient restClient;

    private final OrderQueries queries;

    private final Consumer<BrokerOrderState> updateConsumer;

    /**
     * Creates the orders of an account without any known order.
     * @param restClient the client with the user's API key
     * @param timeouts the timeouts
     * @param updateConsumer receives each update once
     */
    SpotOrders(SignedRestClient restClient, BinanceTimeouts timeouts, Consumer<BrokerOrderState> updateConsumer) {
        this.restClient = restClient;
        this.queries = new OrderQueries(restClient, timeouts);
        this.updateConsumer = updateConsumer;
    }

    /**
     * Places an order.
     * @param order the order to place
     * @param filters the filters of its symbol
     * @param ownershipCheck the check that runs right before the order is written
     * @param written set to true once the order may have left
     * @return the result
     */
    Mono<PlaceOrderResult> place(SpotOrder order, SymbolFilters filters, OwnershipCheck ownershipCheck,
            AtomicBoolean written) {
        PlaceOrderResult rejection = reserveOrReject(order, filters);
        return (rejection != null) ? Mono.just(rejection) : sendOrder(order, ownershipCheck, written);
    }

    /**
     * Checks an order before it's sent. If the order passes, it counts against the order
     * rate limit.
     * @param order the order to check
     * @param filters the filters of its symbol
     * @return why the order isn't sent, or null if it may be sent
     */
    @Nullable PlaceOrderResult reserveOrReject(SpotOrder order, SymbolFilters filters) {
        if (!filters.isOpen()) {
            return new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.CLOSED, "the market is closed");
        }
        String violation = filters.findViolation(order);
        if (violation != null) {
            return new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID, violation);
        }
        long waitMillis = this.restClient.orderRateLimiter().tryAcquire();
        return (waitMillis > 0) ? new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REJECTED,
                "the broker takes no more orders of this account for %d s".formatted(Math.ceilDiv(waitMillis, 1000L)))
                : null;
    }

    /**
     * Places the remainder of an order that has passed {@link #reserveOrReject}.
     * @param remainder the order with the remaining quantity
     * @param filters the filters of its symbol
     * @param ownershipCheck the check that runs right before the order is written
     * @param written set to true once the order may have left
     * @return the result
     */
    Mono<PlaceOrderResult> placeRemainder(SpotOrder remainder, SymbolFilters filters, OwnershipCheck ownershipCheck,
            AtomicBoolean written) {
        String violation = filters.findViolation(remainder);
        return (violation != null)
                ? Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID, violation))
                : sendOrder(remainder, ownershipCheck, written);
    }

    private Mono<PlaceOrderResult> sendOrder(SpotOrder order, OwnershipCheck ownershipCheck, AtomicBoolean written) {
        return this.restClient.sendOrder(OrderResponseMapper.toRequest(order), () -> {
            checkMayBeSent(order, ownershipCheck, this.queries.now());
            written.set(true);
        })
            .flatMap((reply) -> handleReply(order, reply))
            .onErrorResume(BrokerException.class, (failure) -> handleFailure(order, failure, written.get()));
    }

    /**
     * Fetches the state of an order.
     * @param order the order
     * @return the state
     */
    Mono<BrokerOrderState> fetchState(SpotOrder order) {
        Fill fill = this.tracker.findFill(order.id().toString());
        if (fill != null) {
            return Mono.just(new BrokerOrderState.Filled(order.symbol(), fill));
        }
        boolean canNoLongerArrive = this.queries.canNoLongerArrive(order.validUntil());
        RestRequest request = createQuery(order.symbol()).with("origClientOrderId", order.id());
        return this.restClient.get(request)
            .doOnNext((response) -> this.queries.clearNotFound(order.id()))
            .flatMap(this::fetchState)
            .onErrorResume(BrokerException.class,
                    (failure) -> Mono.just(resolveFailedQuery(order, failure, canNoLongerArrive)));
    }

    /**
     * Applies an execution report.
     * @param report an event of type {@code executionReport}
     * @return completes when the trades that were missed are known
     */
    Mono<Void> applyReport(JsonNode report) {
        publish(this.tracker.applyReport(report));
        return fetchMissed(true);
    }

    /**
     * Fetches the state of all orders whose updates may have been missed.
     * @param finalOnly whether to skip orders that may still be open
     * @return completes when the states are known
     */
    Mono<Void> fetchMissed(boolean finalOnly) {
        return Flux.fromIterable(this.tracker.findUnresolved())
            .filter((trackedOrder) -> trackedOrder.over() || !finalOnly)
            .concatMap((trackedOrder) -> this.restClient
                .get(createQuery(trackedOrder.symbol()).with("orderId", trackedOrder.id()))
                .flatMap(this::fetchState)
                .onErrorResume(BrokerException.class, (failure) -> forgetIfUnknown(trackedOrder, failure)))
            .then();
    }

    /** Throws a {@link BrokerException} if an order must not be sent. */
    static void checkMayBeSent(BrokerOrder order, OwnershipCheck ownershipCheck, Instant now) {
        if (!ownershipCheck.isOwner()) {
            throw new BrokerException(BrokerException.Kind.NOT_OWNER, "another process speaks for the account");
        }
        if (now.isAfter(order.validUntil())) {
            throw new BrokerException(BrokerException.Kind.TOO_LATE, "the order was valid until " + order.validUntil());
        }
    }

    private Mono<PlaceOrderResult> handleReply(SpotOrder order, JsonNode reply) {
        if (OrderResponseMapper.isFinal(reply.path("status").asString("")) && reply.path("fills").isArray()) {
            return Mono.just(toPlaceOrderResult(recordFill(reply, reply.path("fills"))));
        }
        return pollOutcome(order);
    }

    private Mono<PlaceOrderResult> handleFailure(SpotOrder order, BrokerException failure, boolean written) {
        return switch (failure.kind()) {
            case NOT_OWNER -> toNotSent(PlaceOrderResult.RejectReason.NOT_OWNER, failure);
            case TOO_LATE -> toNotSent(PlaceOrderResult.RejectReason.TOO_LATE, failure);
            case REFUSED -> {
                if (!written) {
                    yield toNotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, failure);
                }
                yield OrderResponseMapper.isDuplicate(failure) ? pollOutcome(order)
                        : Mono.just(OrderResponseMapper.toRefused(failure));
            }
            default -> written ? pollOutcome(order) : toNotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, failure);
        };
    }

    private static Mono<PlaceOrderResult> toNotSent(PlaceOrderResult.RejectReason reason, BrokerException failure) {
        return Mono.just(new PlaceOrderResult.NotSent(reason, String.valueOf(failure.getMessage())));
    }

    private Mono<PlaceOrderResult> pollOutcome(SpotOrder order) {
        return this.queries.pollUntilResolved(Mono.defer(() -> fetchState(order)), SpotOrders::isPending)
            .map(SpotOrders::toPlaceOrderResult);
    }

    private static boolean isPending(BrokerOrderState state) {
        return state instanceof BrokerOrderState.Unknown || state instanceof BrokerOrderState.Running;
    }

    private static PlaceOrderResult toPlaceOrderResult(BrokerOrderState state) {
        return switch (state) {
            case BrokerOrderState.Filled filled -> new PlaceOrderResult.Filled(filled.fill());
            case BrokerOrderState.Absent _ -> new PlaceOrderResult.Absent();
            default -> new PlaceOrderResult.Unknown();
        };
    }

    private Mono<BrokerOrderState> fetchState(JsonNode order) {
        long id = order.path("orderId").asLong(0);
        if (!OrderResponseMapper.isFinal(order.path("status").asString(""))) {
            return Mono.just((id > 0) ? new BrokerOrderState.Running(id) : new BrokerOrderState.Unknown());
        }
        if (JsonTrees.parseDecimal(order.path("executedQty")).signum() == 0) {
            return Mono.just(recordFill(order, JsonTrees.createObject()));
        }
        return this.queries.fetchTrades(order.path("symbol").asString(""), id)
            .map((trades) -> recordFill(order, trades));
    }

    private BrokerOrderState recordFill(JsonNode order, JsonNode trades) {
        Fill fill = OrderResponseMapper.toFill(order, trades);
        String symbol = order.path("symbol").asString("");
        publish(this.tracker.recordFill(order.path("clientOrderId").asString(""), symbol, fill));
        return new BrokerOrderState.Filled(symbol, fill);
    }

    private BrokerOrderState resolveFailedQuery(SpotOrder order, BrokerException failure, boolean canNoLongerArrive) {
        if (!canNoLongerArrive || !BinanceErrorMapper.isRefusedWith(failure, BinanceErrorMapper.NO_SUCH_ORDER)) {
            return new BrokerOrderState.Unknown();
        }
        BrokerOrderState state = this.queries.resolveNotFound(order.id());
        if (state instanceof BrokerOrderState.Absent) {
            log.info("the broker does not know order {}: it never arrived, or the test network was reset since",
                    order.id());
        }
        return state;
    }

    private Mono<BrokerOrderState> forgetIfUnknown(OrderTracker.TrackedOrder trackedOrder, BrokerException failure) {
        if (BinanceErrorMapper.isRefusedWith(failure, BinanceErrorMapper.NO_SUCH_ORDER)) {
            log.info("the broker does not know order {} any more; the test network was reset", trackedOrder.id());
            this.tracker.forget(trackedOrder);
        }
        return Mono.empty();
    }

    private void publish(@Nullable BrokerOrderState update) {
        if (update != null) {
            this.updateConsumer.accept(update);
        }
    }

    private static RestRequest createQuery(String symbol) {
        return RestRequest.of("/v3/order", 4).asUrgent().with("symbol", symbol);
    }

}
