package pregao.session.binance;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerOrder;
import pregao.session.broker.Fence;
import pregao.session.broker.Fill;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.SpotOrder;

/**
 * Orders of one account. Each is written once at most; the broker keeps our name of it,
 * so where its outcome is unknown the broker is asked, and nothing is sent again: it
 * takes the same name twice.
 */
final class SpotOrders {

    private static final Logger log = LoggerFactory.getLogger(SpotOrders.class);

    private final OrderBook book = new OrderBook();

    private final Signed broker;

    private final OrderQueries queries;

    private final Consumer<OrderState> changes;

    /**
     * An account of which nothing is known yet.
     * @param broker to ask for it
     * @param timeouts how long to wait for what
     * @param changes told once what is new
     */
    SpotOrders(Signed broker, Timeouts timeouts, Consumer<OrderState> changes) {
        this.broker = broker;
        this.queries = new OrderQueries(broker, timeouts);
        this.changes = changes;
    }

    /**
     * Sends an order.
     * @param order what
     * @param filters of its symbol
     * @param fence asked at the last moment
     * @param written set once it may have left
     * @return how it ended
     */
    Mono<Placement> place(SpotOrder order, Filters filters, Fence fence, AtomicBoolean written) {
        Placement refusal = refusal(order, filters);
        return (refusal != null) ? Mono.just(refusal) : send(order, fence, written);
    }

    /**
     * Why an order is not even sent. One that may be sent is counted as sent.
     * @param order what
     * @param filters of its symbol
     * @return null where nothing speaks against it
     */
    @Nullable Placement refusal(SpotOrder order, Filters filters) {
        if (!filters.isOpen()) {
            return new Placement.NotSent(Placement.Why.CLOSED, "the market is closed");
        }
        String broken = filters.broken(order);
        if (broken != null) {
            return new Placement.NotSent(Placement.Why.INVALID, broken);
        }
        long wait = this.broker.pace().take();
        return (wait > 0)
                ? new Placement.NotSent(Placement.Why.REJECTED,
                        "the broker takes no more orders of this account for %d s".formatted(Math.ceilDiv(wait, 1000L)))
                : null;
    }

    /**
     * Sends what is left of an order against which there was no {@link #refusal}.
     * @param rest what is left
     * @param filters of its symbol
     * @param fence asked at the last moment
     * @param written set once it may have left
     * @return how it ended
     */
    Mono<Placement> placeRest(SpotOrder rest, Filters filters, Fence fence, AtomicBoolean written) {
        String broken = filters.broken(rest);
        return (broken != null) ? Mono.just(new Placement.NotSent(Placement.Why.INVALID, broken))
                : send(rest, fence, written);
    }

    private Mono<Placement> send(SpotOrder order, Fence fence, AtomicBoolean written) {
        return this.broker.send(OrderReplies.question(order), () -> {
            check(order, fence, this.queries.now());
            written.set(true);
        })
            .flatMap((reply) -> replied(order, reply))
            .onErrorResume(BrokerFailure.class, (failure) -> failed(order, failure, written.get()));
    }

    /**
     * Asks what became of an order.
     * @param order which
     * @return what is known
     */
    Mono<OrderState> state(SpotOrder order) {
        Fill known = this.book.fill(order.id().toString());
        if (known != null) {
            return Mono.just(new OrderState.Filled(order.symbol(), known));
        }
        boolean over = this.queries.isOver(order.validUntil());
        Question question = asked(order.symbol()).with("origClientOrderId", order.id());
        return this.broker.ask(question)
            .doOnNext((found) -> this.queries.found(order.id()))
            .flatMap(this::state)
            .onErrorResume(BrokerFailure.class, (failure) -> Mono.just(unknown(order, failure, over)));
    }

    /**
     * Takes what the broker tells by itself.
     * @param report an {@code executionReport}
     * @return when all of it is known
     */
    Mono<Void> take(JsonNode report) {
        tell(this.book.take(report));
        return catchUp(true);
    }

    /**
     * Asks for whatever may have been missed.
     * @param overOnly whether orders that may run on are left alone
     * @return when it is known
     */
    Mono<Void> catchUp(boolean overOnly) {
        return Flux.fromIterable(this.book.open())
            .filter((open) -> open.over() || !overOnly)
            .concatMap((open) -> this.broker.ask(asked(open.symbol()).with("orderId", open.id()))
                .flatMap(this::state)
                .onErrorResume(BrokerFailure.class, (failure) -> forgotten(open, failure)))
            .then();
    }

    /** Fails where an order must not be sent. */
    static void check(BrokerOrder order, Fence fence, Instant now) {
        if (!fence.holds()) {
            throw new BrokerFailure(BrokerFailure.Kind.NOT_OWNER, "another process speaks for the account");
        }
        if (now.isAfter(order.validUntil())) {
            throw new BrokerFailure(BrokerFailure.Kind.TOO_LATE, "the order was valid until " + order.validUntil());
        }
    }

    private Mono<Placement> replied(SpotOrder order, JsonNode reply) {
        if (OrderReplies.isOver(reply.path("status").asString("")) && reply.path("fills").isArray()) {
            return Mono.just(placement(settled(reply, reply.path("fills"))));
        }
        return resolve(order);
    }

    private Mono<Placement> failed(SpotOrder order, BrokerFailure failure, boolean written) {
        return switch (failure.kind()) {
            case NOT_OWNER -> notSent(Placement.Why.NOT_OWNER, failure);
            case TOO_LATE -> notSent(Placement.Why.TOO_LATE, failure);
            case REFUSED -> {
                if (!written) {
                    yield notSent(Placement.Why.NOT_CONNECTED, failure);
                }
                yield OrderReplies.isThereAlready(failure) ? resolve(order) : Mono.just(OrderReplies.refused(failure));
            }
            default -> written ? resolve(order) : notSent(Placement.Why.NOT_CONNECTED, failure);
        };
    }

    private static Mono<Placement> notSent(Placement.Why why, BrokerFailure failure) {
        return Mono.just(new Placement.NotSent(why, String.valueOf(failure.getMessage())));
    }

    private Mono<Placement> resolve(SpotOrder order) {
        return this.queries.poll(Mono.defer(() -> state(order)), SpotOrders::isOpen).map(SpotOrders::placement);
    }

    private static boolean isOpen(OrderState state) {
        return state instanceof OrderState.Unknown || state instanceof OrderState.Running;
    }

    private static Placement placement(OrderState state) {
        return switch (state) {
            case OrderState.Filled filled -> new Placement.Filled(filled.fill());
            case OrderState.Absent _ -> new Placement.Absent();
            default -> new Placement.Unknown();
        };
    }

    private Mono<OrderState> state(JsonNode order) {
        long id = order.path("orderId").asLong(0);
        if (!OrderReplies.isOver(order.path("status").asString(""))) {
            return Mono.just((id > 0) ? new OrderState.Running(id) : new OrderState.Unknown());
        }
        if (Json.decimal(order.path("executedQty")).signum() == 0) {
            return Mono.just(settled(order, Json.object()));
        }
        return this.queries.trades(order.path("symbol").asString(""), id).map((all) -> settled(order, all));
    }

    private OrderState settled(JsonNode order, JsonNode trades) {
        Fill fill = OrderReplies.fill(order, trades);
        String symbol = order.path("symbol").asString("");
        tell(this.book.settle(order.path("clientOrderId").asString(""), symbol, fill));
        return new OrderState.Filled(symbol, fill);
    }

    private OrderState unknown(SpotOrder order, BrokerFailure failure, boolean over) {
        if (!over || !Answers.is(failure, Answers.NO_SUCH_ORDER)) {
            return new OrderState.Unknown();
        }
        OrderState state = this.queries.notFound(order.id());
        if (state instanceof OrderState.Absent) {
            log.info("the broker does not know order {}: it never arrived, or the test network was reset since",
                    order.id());
        }
        return state;
    }

    private Mono<OrderState> forgotten(OrderBook.Open open, BrokerFailure failure) {
        if (Answers.is(failure, Answers.NO_SUCH_ORDER)) {
            log.info("the broker does not know order {} any more; the test network was reset", open.id());
            this.book.forget(open);
        }
        return Mono.empty();
    }

    private void tell(@Nullable OrderState news) {
        if (news != null) {
            this.changes.accept(news);
        }
    }

    private static Question asked(String symbol) {
        return Question.of("/v3/order", 4).asUrgent().with("symbol", symbol);
    }

}
