package pregao.session.binance;

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

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Fence;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.ProtectiveOrder;
import pregao.session.broker.SpotOrder;

/**
 * Orders of one account that lie at the broker for positions. The broker has each as one
 * or two orders, its legs, with names that follow from ours, so what became of it is
 * found by its id alone.
 */
final class ProtectiveOrders {

    private static final Logger log = LoggerFactory.getLogger(ProtectiveOrders.class);

    private final Signed broker;

    private final OrderQueries queries;

    private final Consumer<OrderState> changes;

    private final Instant begun;

    /**
     * An account of which nothing is known yet.
     * @param broker to ask for it
     * @param timeouts how long to wait for what
     * @param changes told what is over
     */
    ProtectiveOrders(Signed broker, Timeouts timeouts, Consumer<OrderState> changes) {
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
    Mono<Placement> place(ProtectiveOrder order, Filters filters, Fence fence, AtomicBoolean written) {
        if (!filters.isOpen()) {
            return Mono.just(new Placement.NotSent(Placement.Why.CLOSED, "the market is closed"));
        }
        ProtectiveOrder fitted = filters.fitted(order);
        String broken = filters.broken(fitted);
        if (broken != null) {
            return Mono.just(new Placement.NotSent(Placement.Why.INVALID, broken));
        }
        if (this.broker.pace().take() > 0) {
            return Mono
                .just(new Placement.NotSent(Placement.Why.REJECTED, "the broker takes no more orders for a while"));
        }
        return this.broker.send(Legs.question(fitted), () -> check(order, fence, written))
            .map(Legs::of)
            .flatMap((legs) -> legs.isOpen() ? Mono.<Placement>just(new Placement.Resting(legs.number()))
                    : resolve(order))
            .onErrorResume(BrokerFailure.class, (failure) -> failed(order, failure, written.get()));
    }

    private void check(ProtectiveOrder order, Fence fence, AtomicBoolean written) {
        SpotOrders.check(order, fence, this.queries.now());
        written.set(true);
    }

    private Mono<Placement> failed(ProtectiveOrder order, BrokerFailure failure, boolean written) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NOT_OWNER -> Mono.just(new Placement.NotSent(Placement.Why.NOT_OWNER, message));
            case TOO_LATE -> Mono.just(new Placement.NotSent(Placement.Why.TOO_LATE, message));
            case REFUSED -> (written && OrderReplies.isThereAlready(failure)) ? resolve(order) : Mono.just(written
                    ? OrderReplies.refused(failure) : new Placement.NotSent(Placement.Why.NOT_CONNECTED, message));
            default ->
                written ? resolve(order) : Mono.just(new Placement.NotSent(Placement.Why.NOT_CONNECTED, message));
        };
    }

    /**
     * What is known of an order that nobody asked this session to place, and that it does
     * not place any more: another session may have sent it, as long as that can arrive.
     * @return not sent, or unknown
     */
    Placement neverPlaced() {
        return this.queries.isOver(this.begun)
                ? new Placement.NotSent(Placement.Why.ALREADY_SOLD, "the position was sold before")
                : new Placement.Unknown();
    }

    private Mono<Placement> resolve(ProtectiveOrder order) {
        return this.queries.poll(Mono.defer(() -> state(order, true)), OrderState.Unknown.class::isInstance)
            .map(ProtectiveOrders::placement);
    }

    private static Placement placement(OrderState state) {
        return switch (state) {
            case OrderState.Running running -> new Placement.Resting(running.brokerId());
            case OrderState.Filled filled -> new Placement.Filled(filled.fill());
            case OrderState.Absent _ -> new Placement.Absent();
            default -> new Placement.Unknown();
        };
    }

    /**
     * Asks what became of an order, which can wait where sales need the broker's time.
     * @param order which
     * @return what is known
     */
    Mono<OrderState> state(ProtectiveOrder order) {
        return state(order, false);
    }

    private Mono<OrderState> state(ProtectiveOrder order, boolean urgent) {
        return legs(order.id(), order.symbol(), urgent)
            .flatMap((legs) -> legs.isEmpty() ? Mono.just(missing(order)) : found(order, legs))
            .onErrorResume(BrokerFailure.class, (failure) -> Mono.just(new OrderState.Unknown()));
    }

    private OrderState missing(ProtectiveOrder order) {
        return this.queries.isOver(order.validUntil()) ? this.queries.notFound(order.id()) : new OrderState.Unknown();
    }

    private Mono<OrderState> found(ProtectiveOrder order, Legs legs) {
        this.queries.found(order.id());
        return known(order.symbol(), legs);
    }

    private Mono<OrderState> known(String symbol, Legs legs) {
        if (!legs.isWhole()) {
            return Mono.just(new OrderState.Unknown());
        }
        if (!legs.areOver()) {
            return Mono.just(new OrderState.Running(legs.number()));
        }
        return Flux.fromIterable(legs.filled())
            .concatMap((leg) -> this.queries.trades(symbol, leg.path("orderId").asLong(0)))
            .collectList()
            .map((trades) -> new OrderState.Filled(symbol, legs.fill(trades)));
    }

    /**
     * Takes what the broker tells of a leg by itself: where it is over, the whole order
     * may be.
     * @param report an {@code executionReport}
     * @param id of the order
     * @return when all of it is known
     */
    Mono<Void> take(JsonNode report, UUID id) {
        if (!OrderReplies.isOver(report.path("X").asString(""))) {
            return Mono.empty();
        }
        String symbol = report.path("s").asString("");
        return legs(id, symbol, true).filter((legs) -> !legs.isEmpty() && legs.areOver())
            .flatMap((legs) -> known(symbol, legs))
            .doOnNext(this.changes)
            .onErrorResume(BrokerFailure.class, (failure) -> {
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
    Mono<Placement> instead(SpotOrder sale, Mono<Placement> before, Fence fence,
            Function<SpotOrder, Mono<Placement>> sell) {
        UUID first = Objects.requireNonNull(sale.after());
        return before
            .flatMap((placement) -> end(first, sale.symbol(), placement.isNowhere(),
                    () -> SpotOrders.check(sale, fence, this.queries.now())))
            .flatMap((sold) -> {
                if (sold.isEmpty()) {
                    return Mono.just(new Placement.NotSent(Placement.Why.UNRESOLVED,
                            "the order that protects the position cannot be ended now"));
                }
                BigDecimal rest = sale.quantity().subtract(sold.get());
                return (rest.signum() > 0) ? sell.apply(sale.of(rest))
                        : Mono.just(new Placement.NotSent(Placement.Why.ALREADY_SOLD,
                                "the order that protected the position has sold it"));
            });
    }

    /**
     * Ends an order. That it is not found means something only where it is nowhere.
     * @return how much it has sold, once it is over; empty where nobody knows, or where
     * it is not over
     */
    private Mono<Optional<BigDecimal>> end(UUID id, String symbol, boolean nowhere, Runnable last) {
        return cancelled(id, symbol, Legs.STOP, last)
            .flatMap((done) -> done ? Mono.just(true) : cancelled(id, symbol, Legs.TAKE, last))
            .then(Mono.defer(() -> legs(id, symbol, true)))
            .map((legs) -> (legs.isEmpty() ? nowhere : legs.areOver()) ? Optional.of(legs.sum("executedQty"))
                    : Optional.<BigDecimal>empty())
            .onErrorResume(BrokerFailure.class, (failure) -> switch (failure.kind()) {
                case NOT_OWNER, TOO_LATE -> Mono.error(failure);
                default -> Mono.just(Optional.empty());
            });
    }

    /** Whether it was there and is cancelled; with one leg both are. */
    private Mono<Boolean> cancelled(UUID id, String symbol, String leg, Runnable last) {
        Question question = Question.of("/v3/order", 1)
            .asUrgent()
            .with("symbol", symbol)
            .with("origClientOrderId", Legs.name(id, leg));
        return this.broker.cancel(question, last)
            .thenReturn(true)
            .onErrorResume(BrokerFailure.class,
                    (failure) -> Answers.is(failure, Answers.CANCEL_REFUSED) ? Mono.just(false) : Mono.error(failure));
    }

    private Mono<Legs> legs(UUID id, String symbol, boolean urgent) {
        return leg(id, symbol, Legs.STOP, urgent)
            .flatMap((stop) -> leg(id, symbol, Legs.TAKE, urgent).map((take) -> new Legs(List.of(stop, take))));
    }

    /** The broker's words of a leg; missing where it has none of the name. */
    private Mono<JsonNode> leg(UUID id, String symbol, String leg, boolean urgent) {
        Question question = Question.of("/v3/order", 4)
            .with("symbol", symbol)
            .with("origClientOrderId", Legs.name(id, leg));
        return this.broker.ask(urgent ? question.asUrgent() : question)
            .onErrorResume(BrokerFailure.class, (failure) -> Answers.is(failure, Answers.NO_SUCH_ORDER)
                    ? Mono.just(Json.object()) : Mono.error(failure));
    }

    /** The order that a leg belongs to; null where it is none. */
    static @Nullable UUID of(JsonNode report) {
        String original = report.path("C").asString("");
        return Legs.id(original.isEmpty() ? report.path("c").asString("") : original);
    }

}
