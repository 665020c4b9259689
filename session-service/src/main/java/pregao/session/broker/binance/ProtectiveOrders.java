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
 * Orders of one account that lie at the broker for positions. The broker has each as one
 * or two orders, its legs, with names that follow from ours, so what became of it is
 * found by its id alone.
 */
final class ProtectiveOrders {

    private static final Logger log = LoggerFactory.getLogger(ProtectiveOrders.class);

    private final SignedRestClient broker;

    private final OrderQueries queries;

    private final Consumer<BrokerOrderState> changes;

    private final Instant begun;

    /**
     * An account of which nothing is known yet.
     * @param broker to ask for it
     * @param timeouts how long to wait for what
     * @param changes told what is over
     */
    ProtectiveOrders(SignedRestClient broker, BinanceTimeouts timeouts, Consumer<BrokerOrderState> changes) {
        this.broker = broker;
        this.queries = new OrderQueries(broker, timeouts);
        this.changes = changes;
        this.begun = this.queries.now();
    }

    /**
     * Sends an order.
     * @param order what
     * @param filters of its symbol
     * @param fence asked at the last moment
     * @param written set once it may have left
     * @return that the broker has it, or why not
     */
    Mono<PlaceOrderResult> place(ProtectiveOrder order, SymbolFilters filters, OwnershipCheck fence,
            AtomicBoolean written) {
        if (!filters.isOpen()) {
            return Mono
                .just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.CLOSED, "the market is closed"));
        }
        ProtectiveOrder fitted = filters.fitted(order);
        String broken = filters.broken(fitted);
        if (broken != null) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID, broken));
        }
        if (this.broker.pace().take() > 0) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REJECTED,
                    "the broker takes no more orders for a while"));
        }
        return this.broker.send(ProtectiveOrderLegs.question(fitted), () -> check(order, fence, written))
            .map(ProtectiveOrderLegs::of)
            .flatMap((legs) -> legs.isOpen() ? Mono.<PlaceOrderResult>just(new PlaceOrderResult.Resting(legs.number()))
                    : resolve(order))
            .onErrorResume(BrokerException.class, (failure) -> failed(order, failure, written.get()));
    }

    private void check(ProtectiveOrder order, OwnershipCheck fence, AtomicBoolean written) {
        SpotOrders.check(order, fence, this.queries.now());
        written.set(true);
    }

    private Mono<PlaceOrderResult> failed(ProtectiveOrder order, BrokerException failure, boolean written) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NOT_OWNER -> Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_OWNER, message));
            case TOO_LATE -> Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.TOO_LATE, message));
            case REFUSED -> (written && OrderResponseMapper.isThereAlready(failure)) ? resolve(order)
                    : Mono.just(written ? OrderResponseMapper.refused(failure)
                            : new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, message));
            default -> written ? resolve(order)
                    : Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, message));
        };
    }

    /**
     * What is known of an order that nobody asked this session to place, and that it does
     * not place any more: another session may have sent it, as long as that can arrive.
     * @return not sent, or unknown
     */
    PlaceOrderResult neverPlaced() {
        return this.queries.isOver(this.begun)
                ? new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.ALREADY_SOLD,
                        "the position was sold before")
                : new PlaceOrderResult.Unknown();
    }

    private Mono<PlaceOrderResult> resolve(ProtectiveOrder order) {
        return this.queries.poll(Mono.defer(() -> state(order, true)), BrokerOrderState.Unknown.class::isInstance)
            .map(ProtectiveOrders::placement);
    }

    private static PlaceOrderResult placement(BrokerOrderState state) {
        return switch (state) {
            case BrokerOrderState.Running running -> new PlaceOrderResult.Resting(running.brokerId());
            case BrokerOrderState.Filled filled -> new PlaceOrderResult.Filled(filled.fill());
            case BrokerOrderState.Absent _ -> new PlaceOrderResult.Absent();
            default -> new PlaceOrderResult.Unknown();
        };
    }

    /**
     * Asks what became of an order, which can wait where sales need the broker's time.
     * @param order which
     * @return what is known
     */
    Mono<BrokerOrderState> state(ProtectiveOrder order) {
        return state(order, false);
    }

    private Mono<BrokerOrderState> state(ProtectiveOrder order, boolean urgent) {
        return legs(order.id(), order.symbol(), urgent)
            .flatMap((legs) -> legs.isEmpty() ? Mono.just(missing(order)) : found(order, legs))
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(new BrokerOrderState.Unknown()));
    }

    private BrokerOrderState missing(ProtectiveOrder order) {
        return this.queries.isOver(order.validUntil()) ? this.queries.notFound(order.id())
                : new BrokerOrderState.Unknown();
    }

    private Mono<BrokerOrderState> found(ProtectiveOrder order, ProtectiveOrderLegs legs) {
        this.queries.found(order.id());
        return known(order.symbol(), legs);
    }

    private Mono<BrokerOrderState> known(String symbol, ProtectiveOrderLegs legs) {
        if (!legs.isWhole()) {
            return Mono.just(new BrokerOrderState.Unknown());
        }
        if (!legs.areOver()) {
            return Mono.just(new BrokerOrderState.Running(legs.number()));
        }
        return Flux.fromIterable(legs.filled())
            .concatMap((leg) -> this.queries.trades(symbol, leg.path("orderId").asLong(0)))
            .collectList()
            .map((trades) -> new BrokerOrderState.Filled(symbol, legs.fill(trades)));
    }

    /**
     * Takes what the broker tells of a leg by itself: where it is over, the whole order
     * may be.
     * @param report an {@code executionReport}
     * @param id of the order
     * @return when all of it is known
     */
    Mono<Void> take(JsonNode report, UUID id) {
        if (!OrderResponseMapper.isOver(report.path("X").asString(""))) {
            return Mono.empty();
        }
        String symbol = report.path("s").asString("");
        return legs(id, symbol, true).filter((legs) -> !legs.isEmpty() && legs.areOver())
            .flatMap((legs) -> known(symbol, legs))
            .doOnNext(this.changes)
            .onErrorResume(BrokerException.class, (failure) -> {
                log.info("what became of order {} is asked for later: {}", id, failure.getMessage());
                return Mono.empty();
            })
            .then();
    }

    /**
     * Sells in the place of an order: that is cancelled first, and what it has sold is
     * not sold again.
     * @param sale with the order before it
     * @param before how placing that ended
     * @param fence asked before anything is written
     * @param sell sells the rest
     * @return how it ended
     */
    Mono<PlaceOrderResult> instead(SpotOrder sale, Mono<PlaceOrderResult> before, OwnershipCheck fence,
            Function<SpotOrder, Mono<PlaceOrderResult>> sell) {
        UUID first = Objects.requireNonNull(sale.after());
        return before
            .flatMap((placement) -> end(first, sale.symbol(), placement.isNowhere(),
                    () -> SpotOrders.check(sale, fence, this.queries.now())))
            .flatMap((sold) -> {
                if (sold.isEmpty()) {
                    return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.UNRESOLVED,
                            "the order that protects the position cannot be ended now"));
                }
                BigDecimal rest = sale.quantity().subtract(sold.get());
                return (rest.signum() > 0) ? sell.apply(sale.of(rest))
                        : Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.ALREADY_SOLD,
                                "the order that protected the position has sold it"));
            });
    }

    /**
     * Ends an order. That it is not found means something only where it is nowhere.
     * @return how much it has sold, once it is over; empty where nobody knows, or where
     * it is not over
     */
    private Mono<Optional<BigDecimal>> end(UUID id, String symbol, boolean nowhere, Runnable last) {
        return cancelled(id, symbol, ProtectiveOrderLegs.STOP, last)
            .flatMap((done) -> done ? Mono.just(true) : cancelled(id, symbol, ProtectiveOrderLegs.TAKE, last))
            .then(Mono.defer(() -> legs(id, symbol, true)))
            .map((legs) -> (legs.isEmpty() ? nowhere : legs.areOver()) ? Optional.of(legs.sum("executedQty"))
                    : Optional.<BigDecimal>empty())
            .onErrorResume(BrokerException.class, (failure) -> switch (failure.kind()) {
                case NOT_OWNER, TOO_LATE -> Mono.error(failure);
                default -> Mono.just(Optional.empty());
            });
    }

    /** Whether it was there and is cancelled; with one leg both are. */
    private Mono<Boolean> cancelled(UUID id, String symbol, String leg, Runnable last) {
        RestRequest question = RestRequest.of("/v3/order", 1)
            .asUrgent()
            .with("symbol", symbol)
            .with("origClientOrderId", ProtectiveOrderLegs.name(id, leg));
        return this.broker.cancel(question, last)
            .thenReturn(true)
            .onErrorResume(BrokerException.class,
                    (failure) -> BinanceErrorMapper.is(failure, BinanceErrorMapper.CANCEL_REFUSED) ? Mono.just(false)
                            : Mono.error(failure));
    }

    private Mono<ProtectiveOrderLegs> legs(UUID id, String symbol, boolean urgent) {
        return leg(id, symbol, ProtectiveOrderLegs.STOP, urgent)
            .flatMap((stop) -> leg(id, symbol, ProtectiveOrderLegs.TAKE, urgent)
                .map((take) -> new ProtectiveOrderLegs(List.of(stop, take))));
    }

    /** The broker's words of a leg; missing where it has none of the name. */
    private Mono<JsonNode> leg(UUID id, String symbol, String leg, boolean urgent) {
        RestRequest question = RestRequest.of("/v3/order", 4)
            .with("symbol", symbol)
            .with("origClientOrderId", ProtectiveOrderLegs.name(id, leg));
        return this.broker.ask(urgent ? question.asUrgent() : question)
            .onErrorResume(BrokerException.class,
                    (failure) -> BinanceErrorMapper.is(failure, BinanceErrorMapper.NO_SUCH_ORDER)
                            ? Mono.just(JsonTrees.object()) : Mono.error(failure));
    }

    /** The order that a leg belongs to; null where it is none. */
    static @Nullable UUID of(JsonNode report) {
        String original = report.path("C").asString("");
        return ProtectiveOrderLegs.id(original.isEmpty() ? report.path("c").asString("") : original);
    }

}
