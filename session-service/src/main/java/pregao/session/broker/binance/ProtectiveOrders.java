package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.OwnershipCheck;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.SpotOrder;

/**
 * Protective orders of one account, which rest at Binance. Each consists of one or two
 * orders, its legs. The client order ids of the legs derive from the order id, so a
 * lookup needs nothing but that id.
 */
final class ProtectiveOrders {

    private static final Logger log = LoggerFactory.getLogger(ProtectiveOrders.class);

    private final SignedRestClient restClient;

    private final OrderQueries queries;

    private final Consumer<BrokerOrderState> updateConsumer;

    private final Instant startedAt;

    /**
     * Creates the orders of an account without any known order.
     * @param restClient the client with the user's API key
     * @param timeouts the timeouts
     * @param updateConsumer receives the fill of each order that becomes final
     */
    ProtectiveOrders(SignedRestClient restClient, BinanceTimeouts timeouts, Consumer<BrokerOrderState> updateConsumer) {
        this.restClient = restClient;
        this.queries = new OrderQueries(restClient, timeouts);
        this.updateConsumer = updateConsumer;
        this.startedAt = this.queries.now();
    }

    /**
     * Places an order.
     * @param order the order to place
     * @param filters the filters of its symbol
     * @param ownershipCheck the check that runs right before the order is written
     * @param written set to true once the order may have left
     * @return resting if Binance has the order, else why not
     */
    Mono<PlaceOrderResult> place(ProtectiveOrder order, SymbolFilters filters, OwnershipCheck ownershipCheck,
            AtomicBoolean written) {
        if (!filters.isOpen()) {
            return Mono
                .just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.CLOSED, "the market is closed"));
        }
        ProtectiveOrder fitted = filters.roundToTicks(order);
        String violation = filters.findViolation(fitted);
        if (violation != null) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID, violation));
        }
        if (this.restClient.orderRateLimiter().tryAcquire() > 0) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REJECTED,
                    "the broker takes no more orders for a while"));
        }
        return this.restClient
            .sendOrder(ProtectiveOrderLegs.toRequest(fitted), () -> checkMayBeSent(order, ownershipCheck, written))
            .map(ProtectiveOrderLegs::of)
            .flatMap((legs) -> legs.isOpen()
                    ? Mono.<PlaceOrderResult>just(new PlaceOrderResult.Resting(legs.brokerId())) : pollOutcome(order))
            .onErrorResume(BrokerException.class, (failure) -> handleFailure(order, failure, written.get()));
    }

    private void checkMayBeSent(ProtectiveOrder order, OwnershipCheck ownershipCheck, AtomicBoolean written) {
        SpotOrders.checkMayBeSent(order, ownershipCheck, this.queries.now());
        written.set(true);
    }

    private Mono<PlaceOrderResult> handleFailure(ProtectiveOrder order, BrokerException failure, boolean written) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NOT_OWNER -> Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_OWNER, message));
            case TOO_LATE -> Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.TOO_LATE, message));
            case REFUSED -> (written && OrderResponseMapper.isDuplicate(failure)) ? pollOutcome(order)
                    : Mono.just(written ? OrderResponseMapper.toRefused(failure)
                            : new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, message));
            default -> written ? pollOutcome(order)
                    : Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, message));
        };
    }

    /**
     * Returns the result for an order that this session hasn't been asked to place and
     * won't place any more. Another session may have sent it, as long as such an order
     * can still arrive.
     * @return not sent, or unknown while the order can still arrive
     */
    PlaceOrderResult resolveNeverPlaced() {
        return this.queries.canNoLongerArrive(this.startedAt)
                ? new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.ALREADY_SOLD,
                        "the position was sold before")
                : new PlaceOrderResult.Unknown();
    }

    private Mono<PlaceOrderResult> pollOutcome(ProtectiveOrder order) {
        return this.queries
            .pollUntilResolved(Mono.defer(() -> fetchState(order, true)), BrokerOrderState.Unknown.class::isInstance)
            .map(ProtectiveOrders::toPlaceOrderResult);
    }

    private static PlaceOrderResult toPlaceOrderResult(BrokerOrderState state) {
        return switch (state) {
            case BrokerOrderState.Running running -> new PlaceOrderResult.Resting(running.brokerId());
            case BrokerOrderState.Filled filled -> new PlaceOrderResult.Filled(filled.fill());
            case BrokerOrderState.Absent _ -> new PlaceOrderResult.Absent();
            default -> new PlaceOrderResult.Unknown();
        };
    }

    /**
     * Fetches the state of an order. The query isn't urgent: it waits if orders to sell
     * need the request weight.
     * @param order the order
     * @return the state
     */
    Mono<BrokerOrderState> fetchState(ProtectiveOrder order) {
        return fetchState(order, false);
    }

    private Mono<BrokerOrderState> fetchState(ProtectiveOrder order, boolean urgent) {
        return fetchLegs(order.id(), order.symbol(), urgent)
            .flatMap((legs) -> legs.isEmpty() ? Mono.just(resolveMissing(order)) : resolveFound(order, legs))
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(new BrokerOrderState.Unknown()));
    }

    private BrokerOrderState resolveMissing(ProtectiveOrder order) {
        return this.queries.canNoLongerArrive(order.validUntil()) ? this.queries.resolveNotFound(order.id())
                : new BrokerOrderState.Unknown();
    }

    private Mono<BrokerOrderState> resolveFound(ProtectiveOrder order, ProtectiveOrderLegs legs) {
        this.queries.clearNotFound(order.id());
        return toState(order.symbol(), legs);
    }

    private Mono<BrokerOrderState> toState(String symbol, ProtectiveOrderLegs legs) {
        if (!legs.isComplete()) {
            return Mono.just(new BrokerOrderState.Unknown());
        }
        if (!legs.areFinal()) {
            return Mono.just(new BrokerOrderState.Running(legs.brokerId()));
        }
        return Flux.fromIterable(legs.filledLegs())
            .concatMap((leg) -> this.queries.fetchTrades(symbol, leg.path("orderId").asLong(0)))
            .collectList()
            .map((trades) -> new BrokerOrderState.Filled(symbol, legs.toFill(trades)));
    }

    /**
     * Applies an execution report of a leg. If the leg is final, the whole order may be
     * final.
     * @param report an event of type {@code executionReport}
     * @param id the id of the protective order
     * @return completes after the update has been published
     */
    Mono<Void> applyReport(JsonNode report, UUID id) {
        if (!OrderResponseMapper.isFinal(report.path("X").asString(""))) {
            return Mono.empty();
        }
        String symbol = report.path("s").asString("");
        return fetchLegs(id, symbol, true).filter((legs) -> !legs.isEmpty() && legs.areFinal())
            .flatMap((legs) -> toState(symbol, legs))
            .doOnNext(this.updateConsumer)
            .onErrorResume(BrokerException.class, (failure) -> {
                log.info("what became of order {} is asked for later: {}", id, failure.getMessage());
                return Mono.empty();
            })
            .then();
    }

    /**
     * Cancels a protective order and then sells what it hasn't sold.
     * @param sellOrder the order to sell, which names the protective order
     * @param placementResult the result of placing the protective order
     * @param ownershipCheck the check that runs before each write
     * @param sellRemainder the function that sells the remaining quantity
     * @return the result of the sell order
     */
    Mono<PlaceOrderResult> cancelAndSell(SpotOrder sellOrder, Mono<PlaceOrderResult> placementResult,
            OwnershipCheck ownershipCheck, Function<SpotOrder, Mono<PlaceOrderResult>> sellRemainder) {
        UUID protectiveOrderId = Objects.requireNonNull(sellOrder.after());
        return placementResult
            .flatMap((placement) -> cancelAndConfirm(protectiveOrderId, sellOrder.symbol(),
                    placement.isDefinitelyNotPlaced(),
                    () -> SpotOrders.checkMayBeSent(sellOrder, ownershipCheck, this.queries.now())))
            .flatMap((executedQuantity) -> {
                if (executedQuantity.isEmpty()) {
                    return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.UNRESOLVED,
                            "the order that protects the position cannot be ended now"));
                }
                BigDecimal remainder = sellOrder.quantity().subtract(executedQuantity.get());
                return (remainder.signum() > 0) ? sellRemainder.apply(sellOrder.withQuantity(remainder))
                        : Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.ALREADY_SOLD,
                                "the order that protected the position has sold it"));
            });
    }

    /**
     * Cancels an order and confirms that it's final. If no leg is found, that counts only
     * if the order was definitely not placed.
     * @return the executed quantity, or empty if the order isn't final or its state is
     * unknown
     */
    private Mono<Optional<BigDecimal>> cancelAndConfirm(UUID id, String symbol, boolean notPlaced,
            Runnable beforeWrite) {
        return cancelLeg(id, symbol, ProtectiveOrderLegs.STOP_SUFFIX, beforeWrite)
            .flatMap((cancelled) -> cancelled ? Mono.just(true)
                    : cancelLeg(id, symbol, ProtectiveOrderLegs.TAKE_PROFIT_SUFFIX, beforeWrite))
            .then(Mono.defer(() -> fetchLegs(id, symbol, true)))
            .map((legs) -> (legs.isEmpty() ? notPlaced : legs.areFinal()) ? Optional.of(legs.sum("executedQty"))
                    : Optional.<BigDecimal>empty())
            .onErrorResume(BrokerException.class, (failure) -> switch (failure.kind()) {
                case NOT_OWNER, TOO_LATE -> Mono.error(failure);
                default -> Mono.just(Optional.empty());
            });
    }

    /**
     * Cancels a leg; the other leg of an OCO pair is cancelled with it. Returns whether
     * the leg existed.
     */
    private Mono<Boolean> cancelLeg(UUID id, String symbol, String suffix, Runnable beforeWrite) {
        RestRequest request = RestRequest.of("/v3/order", 1)
            .asUrgent()
            .with("symbol", symbol)
            .with("origClientOrderId", ProtectiveOrderLegs.toClientOrderId(id, suffix));
        return this.restClient.cancelOrder(request, beforeWrite)
            .thenReturn(true)
            .onErrorResume(BrokerException.class,
                    (failure) -> BinanceErrorMapper.isRefusedWith(failure, BinanceErrorMapper.CANCEL_REJECTED)
                            ? Mono.just(false) : Mono.error(failure));
    }

    private Mono<ProtectiveOrderLegs> fetchLegs(UUID id, String symbol, boolean urgent) {
        return fetchLeg(id, symbol, ProtectiveOrderLegs.STOP_SUFFIX, urgent)
            .flatMap((stopLeg) -> fetchLeg(id, symbol, ProtectiveOrderLegs.TAKE_PROFIT_SUFFIX, urgent)
                .map((takeProfitLeg) -> new ProtectiveOrderLegs(List.of(stopLeg, takeProfitLeg))));
    }

    /** Fetches a leg. Returns an empty object if Binance has no such leg. */
    private Mono<JsonNode> fetchLeg(UUID id, String symbol, String suffix, boolean urgent) {
        RestRequest request = RestRequest.of("/v3/order", 4)
            .with("symbol", symbol)
            .with("origClientOrderId", ProtectiveOrderLegs.toClientOrderId(id, suffix));
        return this.restClient.get(urgent ? request.asUrgent() : request)
            .onErrorResume(BrokerException.class,
                    (failure) -> BinanceErrorMapper.isRefusedWith(failure, BinanceErrorMapper.NO_SUCH_ORDER)
                            ? Mono.just(JsonTrees.createObject()) : Mono.error(failure));
    }

    /**
     * Returns the id of the protective order that a report belongs to, or null if it
     * isn't a report of a leg.
     */
    static @Nullable UUID parseOrderId(JsonNode report) {
        String originalClientId = report.path("C").asString("");
        return ProtectiveOrderLegs
            .parseOrderId(originalClientId.isEmpty() ? report.path("c").asString("") : originalClientId);
    }

}
