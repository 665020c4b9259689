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
 * Orders of one account. Each is written once at most; the broker keeps our name of it,
 * so where its outcome is unknown the broker is asked, and nothing is sent again: it
 * takes the same name twice.
 */
final class SpotOrders {

    private static final Logger log = LoggerFactory.getLogger(SpotOrders.class);

    private final OrderTracker book = new OrderTracker();

    private final SignedRestClient broker;

    private final OrderQueries queries;

    private final Consumer<BrokerOrderState> changes;

    /**
     * An account of which nothing is known yet.
     * @param broker to ask for it
     * @param timeouts how long to wait for what
     * @param changes told once what is new
     */
    SpotOrders(SignedRestClient broker, BinanceTimeouts timeouts, Consumer<BrokerOrderState> changes) {
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
    Mono<PlaceOrderResult> place(SpotOrder order, SymbolFilters filters, OwnershipCheck fence, AtomicBoolean written) {
        PlaceOrderResult refusal = refusal(order, filters);
        return (refusal != null) ? Mono.just(refusal) : send(order, fence, written);
    }

    /**
     * Why an order is not even sent. One that may be sent is counted as sent.
     * @param order what
     * @param filters of its symbol
     * @return null where nothing speaks against it
     */
    @Nullable PlaceOrderResult refusal(SpotOrder order, SymbolFilters filters) {
        if (!filters.isOpen()) {
            return new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.CLOSED, "the market is closed");
        }
        String broken = filters.broken(order);
        if (broken != null) {
            return new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID, broken);
        }
        long wait = this.broker.pace().take();
        return (wait > 0)
                ? new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REJECTED,
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
    Mono<PlaceOrderResult> placeRest(SpotOrder rest, SymbolFilters filters, OwnershipCheck fence,
            AtomicBoolean written) {
        String broken = filters.broken(rest);
        return (broken != null) ? Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID, broken))
                : send(rest, fence, written);
    }

    private Mono<PlaceOrderResult> send(SpotOrder order, OwnershipCheck fence, AtomicBoolean written) {
        return this.broker.send(OrderResponseMapper.question(order), () -> {
            check(order, fence, this.queries.now());
            written.set(true);
        })
            .flatMap((reply) -> replied(order, reply))
            .onErrorResume(BrokerException.class, (failure) -> failed(order, failure, written.get()));
    }

    /**
     * Asks what became of an order.
     * @param order which
     * @return what is known
     */
    Mono<BrokerOrderState> state(SpotOrder order) {
        Fill fill = this.book.fill(order.id().toString());
        if (fill != null) {
            return Mono.just(new BrokerOrderState.Filled(order.symbol(), fill));
        }
        boolean over = this.queries.isOver(order.validUntil());
        RestRequest question = asked(order.symbol()).with("origClientOrderId", order.id());
        return this.broker.ask(question)
            .doOnNext((jsonNode) -> this.queries.found(order.id()))
            .flatMap(this::state)
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(unknown(order, failure, over)));
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
                .onErrorResume(BrokerException.class, (failure) -> forgotten(open, failure)))
            .then();
    }

    /** Fails where an order must not be sent. */
    static void check(BrokerOrder order, OwnershipCheck fence, Instant now) {
        if (!fence.holds()) {
            throw new BrokerException(BrokerException.Kind.NOT_OWNER, "another process speaks for the account");
        }
        if (now.isAfter(order.validUntil())) {
            throw new BrokerException(BrokerException.Kind.TOO_LATE, "the order was valid until " + order.validUntil());
        }
    }

    private Mono<PlaceOrderResult> replied(SpotOrder order, JsonNode reply) {
        if (OrderResponseMapper.isOver(reply.path("status").asString("")) && reply.path("fills").isArray()) {
            return Mono.just(placement(settled(reply, reply.path("fills"))));
        }
        return resolve(order);
    }

    private Mono<PlaceOrderResult> failed(SpotOrder order, BrokerException failure, boolean written) {
        return switch (failure.kind()) {
            case NOT_OWNER -> notSent(PlaceOrderResult.RejectReason.NOT_OWNER, failure);
            case TOO_LATE -> notSent(PlaceOrderResult.RejectReason.TOO_LATE, failure);
            case REFUSED -> {
                if (!written) {
                    yield notSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, failure);
                }
                yield OrderResponseMapper.isThereAlready(failure) ? resolve(order)
                        : Mono.just(OrderResponseMapper.refused(failure));
            }
            default -> written ? resolve(order) : notSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, failure);
        };
    }

    private static Mono<PlaceOrderResult> notSent(PlaceOrderResult.RejectReason why, BrokerException failure) {
        return Mono.just(new PlaceOrderResult.NotSent(why, String.valueOf(failure.getMessage())));
    }

    private Mono<PlaceOrderResult> resolve(SpotOrder order) {
        return this.queries.poll(Mono.defer(() -> state(order)), SpotOrders::isOpen).map(SpotOrders::placement);
    }

    private static boolean isOpen(BrokerOrderState state) {
        return state instanceof BrokerOrderState.Unknown || state instanceof BrokerOrderState.Running;
    }

    private static PlaceOrderResult placement(BrokerOrderState state) {
        return switch (state) {
            case BrokerOrderState.Filled filled -> new PlaceOrderResult.Filled(filled.fill());
            case BrokerOrderState.Absent _ -> new PlaceOrderResult.Absent();
            default -> new PlaceOrderResult.Unknown();
        };
    }

    private Mono<BrokerOrderState> state(JsonNode order) {
        long id = order.path("orderId").asLong(0);
        if (!OrderResponseMapper.isOver(order.path("status").asString(""))) {
            return Mono.just((id > 0) ? new BrokerOrderState.Running(id) : new BrokerOrderState.Unknown());
        }
        if (JsonTrees.decimal(order.path("executedQty")).signum() == 0) {
            return Mono.just(settled(order, JsonTrees.object()));
        }
        return this.queries.trades(order.path("symbol").asString(""), id).map((jsonNode) -> settled(order, jsonNode));
    }

    private BrokerOrderState settled(JsonNode order, JsonNode trades) {
        Fill fill = OrderResponseMapper.fill(order, trades);
        String symbol = order.path("symbol").asString("");
        tell(this.book.settle(order.path("clientOrderId").asString(""), symbol, fill));
        return new BrokerOrderState.Filled(symbol, fill);
    }

    private BrokerOrderState unknown(SpotOrder order, BrokerException failure, boolean over) {
        if (!over || !BinanceErrorMapper.is(failure, BinanceErrorMapper.NO_SUCH_ORDER)) {
            return new BrokerOrderState.Unknown();
        }
        BrokerOrderState state = this.queries.notFound(order.id());
        if (state instanceof BrokerOrderState.Absent) {
            log.info("the broker does not know order {}: it never arrived, or the test network was reset since",
                    order.id());
        }
        return state;
    }

    private Mono<BrokerOrderState> forgotten(OrderTracker.TrackedOrder open, BrokerException failure) {
        if (BinanceErrorMapper.is(failure, BinanceErrorMapper.NO_SUCH_ORDER)) {
            log.info("the broker does not know order {} any more; the test network was reset", open.id());
            this.book.forget(open);
        }
        return Mono.empty();
    }

    private void tell(@Nullable BrokerOrderState news) {
        if (news != null) {
            this.changes.accept(news);
        }
    }

    private static RestRequest asked(String symbol) {
        return RestRequest.of("/v3/order", 4).asUrgent().with("symbol", symbol);
    }

}
