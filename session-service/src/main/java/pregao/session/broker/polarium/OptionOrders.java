package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.PlaceOrderResult;

/**
 * Option orders of one session. An order is sent at most once, unless the broker has
 * rejected its payout. If an outcome is unknown, it's polled, and until then no order is
 * sent that could be mistaken for it.
 */
final class OptionOrders {

    private final Map<UUID, InFlightOrder> inFlightOrders = BoundedMap.create();

    private final Map<UUID, Long> brokerIds = BoundedMap.create();

    /** The rejections of orders that may be sent a second time. */
    private final Map<UUID, PlaceOrderResult> payoutRejections = BoundedMap.create();

    private final UnresolvedOrders unresolvedOrders = new UnresolvedOrders(this::isOptionResolved);

    private final ReconnectingWebSocket webSocket;

    private final PositionHistory positionHistory;

    private final SessionContext context;

    private final InstantSource localClock;

    private final Scheduler scheduler;

    private final BackgroundTasks backgroundTasks;

    private final Runnable onPayoutChanged;

    OptionOrders(ReconnectingWebSocket webSocket, PositionHistory positionHistory, SessionContext context,
            InstantSource localClock, Scheduler scheduler, BackgroundTasks backgroundTasks, Runnable onPayoutChanged) {
        this.webSocket = webSocket;
        this.positionHistory = positionHistory;
        this.context = context;
        this.localClock = localClock;
        this.scheduler = scheduler;
        this.backgroundTasks = backgroundTasks;
        this.onPayoutChanged = onPayoutChanged;
    }

    /**
     * Places an order. If the broker rejects it for a changed but sufficient payout, it's
     * sent a second time; a rejected order doesn't exist at the broker.
     * @param purchase the order with its offer
     * @return the result
     */
    Mono<PlaceOrderResult> place(OptionPurchase purchase) {
        InFlightOrder.Key key = purchase.key();
        OptionOrder order = purchase.order();
        if (!this.unresolvedOrders.tryAdd(key, order.id())) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.UNRESOLVED,
                    "an earlier order for the same symbol and direction is not resolved"));
        }
        return sendPurchase(purchase, null).flatMap((result) -> retryWithNewPayout(purchase, result))
            .doOnNext((result) -> releaseIfResolved(key, order, result));
    }

    private Mono<PlaceOrderResult> sendPurchase(OptionPurchase purchase, @Nullable Integer payout) {
        OptionOrder order = purchase.order();
        RpcRequest request = new RpcRequest("binary-options.open-option", "2.0", () -> createBody(purchase, payout),
                this.context.timeouts().order(), true);
        return this.webSocket.call(request)
            .flatMap((reply) -> handleReply(order, reply))
            .onErrorResume(BrokerException.class, (failure) -> handleFailure(order, failure));
    }

    private Mono<PlaceOrderResult> retryWithNewPayout(OptionPurchase purchase, PlaceOrderResult firstResult) {
        if (!(firstResult instanceof PlaceOrderResult.Refused rejection) || !rejection.isPayoutRejection()) {
            return Mono.just(firstResult);
        }
        this.onPayoutChanged.run();
        this.payoutRejections.put(purchase.order().id(), firstResult);
        return (rejection.why() == PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW || rejection.payout() == null)
                ? Mono.just(firstResult) : sendPurchase(purchase, rejection.payout()).map(
                        (retryResult) -> (retryResult instanceof PlaceOrderResult.NotSent) ? firstResult : retryResult);
    }

    /**
     * Returns the result of an order if the session ended now.
     * @param order the order
     * @return not sent, rejected, or unknown
     */
    PlaceOrderResult toInterruptedResult(OptionOrder order) {
        return this.inFlightOrders.containsKey(order.id()) ? new PlaceOrderResult.Unknown() : this.payoutRejections
            .getOrDefault(order.id(),
                    new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, "the session is closed"));
    }

    /**
     * Fetches the state of an order.
     * @param order the order
     * @param activeIds the active ids that the order can have
     * @param brokerId the broker's id of the order, or null if it isn't known
     * @return the state
     */
    Mono<BrokerOrderState> fetchState(OptionOrder order, Set<Integer> activeIds, @Nullable Long brokerId) {
        Long id = (brokerId != null) ? brokerId : this.brokerIds.get(order.id());
        if (id != null) {
            this.positionHistory.acknowledge(id);
            return this.positionHistory.isFinal(id) ? Mono.just(currentState(id))
                    : this.positionHistory.exists(id)
                        .map((exists) -> exists || this.positionHistory.isClosed(id) ? currentState(id)
                                : new BrokerOrderState.NotFound(id))
                        .onErrorReturn(BrokerException.class, currentState(id));
        }
        InFlightOrder inFlightOrder = this.inFlightOrders.get(order.id());
        InFlightOrder target = (inFlightOrder != null) ? inFlightOrder : InFlightOrder.ofOtherSession(order, activeIds,
                this.context.clock().millis() - this.localClock.millis());
        return queryPositions(target).map((result) -> switch (result) {
            case PlaceOrderResult.Placed placed -> currentState(placed.brokerId());
            case PlaceOrderResult.Ambiguous ambiguous -> new BrokerOrderState.Ambiguous(ambiguous.candidates());
            case PlaceOrderResult.Absent _ -> new BrokerOrderState.Absent();
            default -> new BrokerOrderState.Unknown();
        });
    }

    private ObjectNode createBody(OptionPurchase purchase, @Nullable Integer currentPayout) {
        purchase.checkMayBeSent(this.localClock.instant());
        OptionOrder order = purchase.order();
        long nowMillis = this.context.clock().millis();
        Expiry expiry = purchase.chooseExpiry(Math.floorDiv(nowMillis, 1000));
        int payout = (currentPayout != null) ? currentPayout : purchase.choosePayout(expiry);
        this.inFlightOrders.put(order.id(), new InFlightOrder(order, Set.of(purchase.offer().active()), expiry, payout,
                nowMillis, this.positionHistory.ids()));
        return purchase.toBody(expiry, payout);
    }

    private Mono<PlaceOrderResult> handleReply(OptionOrder order, JsonNode reply) {
        long id = reply.path("id").asLong(0);
        if (id > 0) {
            InFlightOrder inFlightOrder = this.inFlightOrders.get(order.id());
            Integer payout = OrderResponseMapper.resolvePayout(reply,
                    (inFlightOrder != null) ? inFlightOrder.payout() : null);
            return Mono.just(recordPlacement(order,
                    new PlaceOrderResult.Placed(id, reply.path("value").asDecimal(BigDecimal.ZERO),
                            Instant.ofEpochSecond(reply.path("exp").asLong(0)), payout)));
        }
        String message = reply.path("message").asString("");
        return message.isEmpty() ? pollOutcome(order) : Mono.just(toRefused(order, 0, message, reply));
    }

    private Mono<PlaceOrderResult> handleFailure(OptionOrder order, BrokerException failure) {
        if (failure instanceof PayoutTooLowException payoutTooLow) {
            return Mono.just(new PlaceOrderResult.Refused(PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW,
                    String.valueOf(payoutTooLow.getMessage()), payoutTooLow.payout()));
        }
        if (!this.inFlightOrders.containsKey(order.id())) {
            PlaceOrderResult.RejectReason reason = switch (failure.kind()) {
                case TOO_LATE -> PlaceOrderResult.RejectReason.TOO_LATE;
                case NOT_OWNER -> PlaceOrderResult.RejectReason.NOT_OWNER;
                case NO_SUCH_SYMBOL -> PlaceOrderResult.RejectReason.NOT_TRADED;
                default -> PlaceOrderResult.RejectReason.NOT_CONNECTED;
            };
            return Mono.just(new PlaceOrderResult.NotSent(reason, String.valueOf(failure.getMessage())));
        }
        if (failure instanceof RpcRejectedException rejection && rejection.status() >= 0) {
            return Mono.just(
                    toRefused(order, rejection.status(), String.valueOf(rejection.getMessage()), rejection.details()));
        }
        return pollOutcome(order);
    }

    private PlaceOrderResult toRefused(OptionOrder order, int status, String message, JsonNode details) {
        this.inFlightOrders.remove(order.id());
        return OrderResponseMapper.toRefused(status, message, details, order.payout());
    }

    /** Polls until the outcome is known, or polling times out. */
    private Mono<PlaceOrderResult> pollOutcome(OptionOrder order) {
        InFlightOrder inFlightOrder = this.inFlightOrders.get(order.id());
        if (inFlightOrder == null) {
            return Mono.just(new PlaceOrderResult.Unknown());
        }
        Instant deadline = this.localClock.instant().plus(this.context.timeouts().giveUp());
        return Mono.defer(() -> queryPositions(inFlightOrder))
            .expand((result) -> result instanceof PlaceOrderResult.Unknown
                    && this.localClock.instant().isBefore(deadline)
                            ? Mono.delay(pollDelay(), this.scheduler).flatMap((tick) -> queryPositions(inFlightOrder))
                            : Mono.empty())
            .last();
    }

    private Mono<PlaceOrderResult> queryPositions(InFlightOrder inFlightOrder) {
        boolean canNoLongerArrive = inFlightOrder.canNoLongerArrive(this.localClock.millis());
        return this.positionHistory.fetchAll()
            .map((positions) -> matchPositions(inFlightOrder, positions, canNoLongerArrive))
            .onErrorReturn(BrokerException.class, new PlaceOrderResult.Unknown());
    }

    private PlaceOrderResult matchPositions(InFlightOrder inFlightOrder, List<Position> positions,
            boolean canNoLongerArrive) {
        List<Position> matches = inFlightOrder.findCandidates(positions, Set.copyOf(this.brokerIds.values()));
        if (matches.size() == 1) {
            Position position = matches.getFirst();
            return recordPlacement(inFlightOrder.order(),
                    new PlaceOrderResult.Placed(position.id(), position.openQuote(),
                            Instant.ofEpochSecond(inFlightOrder.computeEnd(position)), inFlightOrder.payout()));
        }
        if (!matches.isEmpty()) {
            List<Long> candidateIds = matches.stream().map(Position::id).toList();
            if (this.unresolvedOrders.recordCandidates(inFlightOrder.key(), inFlightOrder.order().id(), candidateIds)) {
                matches.forEach((position) -> watchSettlement(position.id(), inFlightOrder.computeEnd(position)));
            }
            return new PlaceOrderResult.Ambiguous(candidateIds);
        }
        if (canNoLongerArrive) {
            this.unresolvedOrders.remove(inFlightOrder.key(), inFlightOrder.order().id());
            return new PlaceOrderResult.Absent();
        }
        return new PlaceOrderResult.Unknown();
    }

    private PlaceOrderResult recordPlacement(OptionOrder order, PlaceOrderResult.Placed placement) {
        long id = placement.brokerId();
        if (this.brokerIds.putIfAbsent(order.id(), id) == null) {
            this.positionHistory.acknowledge(id);
            InFlightOrder inFlightOrder = this.inFlightOrders.remove(order.id());
            if (inFlightOrder != null) {
                this.positionHistory.forgetReused(id, inFlightOrder.known());
                this.unresolvedOrders.remove(inFlightOrder.key(), order.id());
            }
            watchSettlement(id, placement.expiry().getEpochSecond());
        }
        return placement;
    }

    private void watchSettlement(long id, long expirySeconds) {
        long delayMillis = expirySeconds * 1000 - this.context.clock().millis();
        Duration delay = Duration.ofMillis(delayMillis).plus(this.context.timeouts().settlement());
        this.backgroundTasks.run(Mono.delay(delay, this.scheduler).then(pollSettlement(id)), (error) -> {
        });
    }

    /** Polls the settlement of an option for which no event arrived. */
    private Mono<Void> pollSettlement(long id) {
        Instant deadline = this.localClock.instant().plus(this.context.timeouts().giveUp());
        return Mono.defer(() -> checkSettlement(id))
            .expand((settled) -> settled || this.localClock.instant().isAfter(deadline) ? Mono.empty()
                    : Mono.delay(this.context.timeouts().poll(), this.scheduler).flatMap((tick) -> checkSettlement(id)))
            .then();
    }

    private Mono<Boolean> checkSettlement(long id) {
        if (this.positionHistory.isFinal(id)) {
            return Mono.just(true);
        }
        return this.positionHistory.refresh(id)
            .onErrorComplete(BrokerException.class)
            .then(Mono.fromSupplier(() -> this.positionHistory.isFinal(id)));
    }

    private void releaseIfResolved(InFlightOrder.Key key, OptionOrder order, PlaceOrderResult result) {
        boolean resolved = !(result instanceof PlaceOrderResult.Unknown
                || result instanceof PlaceOrderResult.Ambiguous);
        if (resolved) {
            this.unresolvedOrders.remove(key, order.id());
        }
    }

    /** Returns whether an option can no longer be mistaken for an unresolved order. */
    private boolean isOptionResolved(long id) {
        return this.positionHistory.isFinal(id) || this.positionHistory.isClosed(id)
                || this.brokerIds.values().stream().anyMatch((number) -> this.positionHistory.isSameOption(number, id));
    }

    private BrokerOrderState currentState(long id) {
        @Nullable BrokerOrderState state = this.positionHistory.findState(id);
        return (state != null) ? state : new BrokerOrderState.Running(id);
    }

    private Duration pollDelay() {
        Duration poll = this.context.timeouts().poll();
        return (poll.compareTo(Duration.ofSeconds(1)) > 0) ? Duration.ofSeconds(1) : poll;
    }

}
