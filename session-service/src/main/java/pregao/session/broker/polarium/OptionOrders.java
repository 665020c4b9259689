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
 * Orders of one session. Each is sent once at most, unless the broker has refused it for
 * what it pays; where its outcome is unknown the broker is asked, and until that is known
 * nothing that could be mistaken for it is sent.
 */
final class OptionOrders {

    private final Map<UUID, InFlightOrder> sent = BoundedMap.map();

    private final Map<UUID, Long> found = BoundedMap.map();

    /** What the broker said of those that may be sent once more. */
    private final Map<UUID, PlaceOrderResult> refused = BoundedMap.map();

    private final UnresolvedOrders unresolved = new UnresolvedOrders(this::isDone);

    private final ReconnectingWebSocket link;

    private final PositionHistory positions;

    private final SessionContext plan;

    private final InstantSource ours;

    private final Scheduler scheduler;

    private final BackgroundTasks lifeline;

    private final Runnable payoutMoved;

    OptionOrders(ReconnectingWebSocket link, PositionHistory positions, SessionContext plan, InstantSource ours,
            Scheduler scheduler, BackgroundTasks lifeline, Runnable payoutMoved) {
        this.link = link;
        this.positions = positions;
        this.plan = plan;
        this.ours = ours;
        this.scheduler = scheduler;
        this.lifeline = lifeline;
        this.payoutMoved = payoutMoved;
    }

    /**
     * Sends an order; once more where the broker says that it pays something else, and
     * that is enough: what it has refused is not there.
     * @param purchase which
     * @return how it ended
     */
    Mono<PlaceOrderResult> place(OptionPurchase purchase) {
        InFlightOrder.Key key = purchase.key();
        OptionOrder order = purchase.order();
        if (!this.unresolved.add(key, order.id())) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.UNRESOLVED,
                    "an earlier order for the same symbol and direction is not resolved"));
        }
        return asked(purchase, null).flatMap((placement) -> again(purchase, placement))
            .doOnNext((placement) -> ended(key, order, placement));
    }

    private Mono<PlaceOrderResult> asked(OptionPurchase purchase, @Nullable Integer payout) {
        OptionOrder order = purchase.order();
        RpcRequest call = new RpcRequest("binary-options.open-option", "2.0", () -> body(purchase, payout),
                this.plan.timeouts().order(), true);
        return this.link.ask(call)
            .flatMap((reply) -> replied(order, reply))
            .onErrorResume(BrokerException.class, (failure) -> failed(order, failure));
    }

    private Mono<PlaceOrderResult> again(OptionPurchase purchase, PlaceOrderResult first) {
        if (!(first instanceof PlaceOrderResult.Refused no) || !no.isForItsPayout()) {
            return Mono.just(first);
        }
        this.payoutMoved.run();
        this.refused.put(purchase.order().id(), first);
        return (no.why() == PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW || no.payout() == null) ? Mono.just(first)
                : asked(purchase, no.payout())
                    .map((second) -> (second instanceof PlaceOrderResult.NotSent) ? first : second);
    }

    /**
     * What would be said of an order if the session ended now.
     * @param order which
     * @return that it was not sent, or is refused, or that nobody knows
     */
    PlaceOrderResult interrupted(OptionOrder order) {
        return this.sent.containsKey(order.id()) ? new PlaceOrderResult.Unknown() : this.refused.getOrDefault(
                order.id(),
                new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, "the session is closed"));
    }

    /**
     * Asks what became of an order.
     * @param order which
     * @param actives on what it can be
     * @param number the broker's number of it; null where that is not known
     * @return what is known
     */
    Mono<BrokerOrderState> state(OptionOrder order, Set<Integer> actives, @Nullable Long number) {
        Long id = (number != null) ? number : this.found.get(order.id());
        if (id != null) {
            this.positions.acknowledge(id);
            return this.positions.isOver(id) ? Mono.just(known(id)) : this.positions.has(id)
                .map((there) -> there || this.positions.isClosed(id) ? known(id) : new BrokerOrderState.NotFound(id))
                .onErrorReturn(BrokerException.class, known(id));
        }
        InFlightOrder inFlightOrder = this.sent.get(order.id());
        InFlightOrder asked = (inFlightOrder != null) ? inFlightOrder
                : InFlightOrder.byAnother(order, actives, this.plan.clock().millis() - this.ours.millis());
        return ask(asked).map((placement) -> switch (placement) {
            case PlaceOrderResult.Placed placed -> known(placed.brokerId());
            case PlaceOrderResult.Ambiguous many -> new BrokerOrderState.Ambiguous(many.candidates());
            case PlaceOrderResult.Absent _ -> new BrokerOrderState.Absent();
            default -> new BrokerOrderState.Unknown();
        });
    }

    private ObjectNode body(OptionPurchase purchase, @Nullable Integer actual) {
        purchase.check(this.ours.instant());
        OptionOrder order = purchase.order();
        long now = this.plan.clock().millis();
        Expiry expiry = purchase.expiry(Math.floorDiv(now, 1000));
        int payout = (actual != null) ? actual : purchase.payout(expiry);
        this.sent.put(order.id(),
                new InFlightOrder(order, Set.of(purchase.offer().active()), expiry, payout, now, this.positions.ids()));
        return purchase.body(expiry, payout);
    }

    private Mono<PlaceOrderResult> replied(OptionOrder order, JsonNode reply) {
        long id = reply.path("id").asLong(0);
        if (id > 0) {
            InFlightOrder inFlightOrder = this.sent.get(order.id());
            Integer payout = OrderResponseMapper.paid(reply, (inFlightOrder != null) ? inFlightOrder.payout() : null);
            return Mono
                .just(placed(order, new PlaceOrderResult.Placed(id, reply.path("value").asDecimal(BigDecimal.ZERO),
                        Instant.ofEpochSecond(reply.path("exp").asLong(0)), payout)));
        }
        String text = reply.path("message").asString("");
        return text.isEmpty() ? resolve(order) : Mono.just(refused(order, 0, text, reply));
    }

    private Mono<PlaceOrderResult> failed(OptionOrder order, BrokerException failure) {
        if (failure instanceof PayoutTooLowException low) {
            return Mono.just(new PlaceOrderResult.Refused(PlaceOrderResult.RejectReason.PAYOUT_TOO_LOW,
                    String.valueOf(low.getMessage()), low.payout()));
        }
        if (!this.sent.containsKey(order.id())) {
            PlaceOrderResult.RejectReason why = switch (failure.kind()) {
                case TOO_LATE -> PlaceOrderResult.RejectReason.TOO_LATE;
                case NOT_OWNER -> PlaceOrderResult.RejectReason.NOT_OWNER;
                case NO_SUCH_SYMBOL -> PlaceOrderResult.RejectReason.NOT_TRADED;
                default -> PlaceOrderResult.RejectReason.NOT_CONNECTED;
            };
            return Mono.just(new PlaceOrderResult.NotSent(why, String.valueOf(failure.getMessage())));
        }
        if (failure instanceof RpcRejectedException refused && refused.status() >= 0) {
            return Mono
                .just(refused(order, refused.status(), String.valueOf(refused.getMessage()), refused.particulars()));
        }
        return resolve(order);
    }

    private PlaceOrderResult refused(OptionOrder order, int status, String text, JsonNode message) {
        this.sent.remove(order.id());
        return OrderResponseMapper.refused(status, text, message, order.payout());
    }

    /** Asks until the broker knows, or cannot know any more, or could not be asked. */
    private Mono<PlaceOrderResult> resolve(OptionOrder order) {
        InFlightOrder lost = this.sent.get(order.id());
        if (lost == null) {
            return Mono.just(new PlaceOrderResult.Unknown());
        }
        Instant end = this.ours.instant().plus(this.plan.timeouts().giveUp());
        return Mono.defer(() -> ask(lost))
            .expand((placement) -> placement instanceof PlaceOrderResult.Unknown && this.ours.instant().isBefore(end)
                    ? Mono.delay(pause(), this.scheduler).flatMap((tick) -> ask(lost)) : Mono.empty())
            .last();
    }

    private Mono<PlaceOrderResult> ask(InFlightOrder lost) {
        boolean over = lost.isOver(this.ours.millis());
        return this.positions.all()
            .map((all) -> judged(lost, all, over))
            .onErrorReturn(BrokerException.class, new PlaceOrderResult.Unknown());
    }

    private PlaceOrderResult judged(InFlightOrder lost, List<Position> all, boolean over) {
        List<Position> fitting = lost.among(all, Set.copyOf(this.found.values()));
        if (fitting.size() == 1) {
            Position one = fitting.getFirst();
            return placed(lost.order(), new PlaceOrderResult.Placed(one.id(), one.openQuote(),
                    Instant.ofEpochSecond(lost.end(one)), lost.payout()));
        }
        if (!fitting.isEmpty()) {
            List<Long> candidates = fitting.stream().map(Position::id).toList();
            if (this.unresolved.narrow(lost.key(), lost.order().id(), candidates)) {
                fitting.forEach((one) -> watch(one.id(), lost.end(one)));
            }
            return new PlaceOrderResult.Ambiguous(candidates);
        }
        if (over) {
            this.unresolved.remove(lost.key(), lost.order().id());
            return new PlaceOrderResult.Absent();
        }
        return new PlaceOrderResult.Unknown();
    }

    private PlaceOrderResult placed(OptionOrder order, PlaceOrderResult.Placed placement) {
        long id = placement.brokerId();
        if (this.found.putIfAbsent(order.id(), id) == null) {
            this.positions.acknowledge(id);
            InFlightOrder inFlightOrder = this.sent.remove(order.id());
            if (inFlightOrder != null) {
                this.positions.forget(id, inFlightOrder.known());
                this.unresolved.remove(inFlightOrder.key(), order.id());
            }
            watch(id, placement.expiry().getEpochSecond());
        }
        return placement;
    }

    private void watch(long id, long expiry) {
        long wait = expiry * 1000 - this.plan.clock().millis();
        this.lifeline.run(Mono.delay(Duration.ofMillis(wait).plus(this.plan.timeouts().settlement()), this.scheduler)
            .then(settled(id)), (error) -> {
            });
    }

    /** Asks for the end of an option of which nobody told. */
    private Mono<Void> settled(long id) {
        Instant end = this.ours.instant().plus(this.plan.timeouts().giveUp());
        return Mono.defer(() -> look(id))
            .expand((over) -> over || this.ours.instant().isAfter(end) ? Mono.empty()
                    : Mono.delay(this.plan.timeouts().poll(), this.scheduler).flatMap((tick) -> look(id)))
            .then();
    }

    private Mono<Boolean> look(long id) {
        if (this.positions.isOver(id)) {
            return Mono.just(true);
        }
        return this.positions.look(id)
            .onErrorComplete(BrokerException.class)
            .then(Mono.fromSupplier(() -> this.positions.isOver(id)));
    }

    private void ended(InFlightOrder.Key key, OptionOrder order, PlaceOrderResult placement) {
        boolean resolved = !(placement instanceof PlaceOrderResult.Unknown
                || placement instanceof PlaceOrderResult.Ambiguous);
        if (resolved) {
            this.unresolved.remove(key, order.id());
        }
    }

    /** Whether an option cannot be taken for an order any more. */
    private boolean isDone(long id) {
        return this.positions.isOver(id) || this.positions.isClosed(id)
                || this.found.values().stream().anyMatch((number) -> this.positions.isSame(number, id));
    }

    private BrokerOrderState known(long id) {
        @Nullable BrokerOrderState state = this.positions.state(id);
        return (state != null) ? state : new BrokerOrderState.Running(id);
    }

    private Duration pause() {
        Duration poll = this.plan.timeouts().poll();
        return (poll.compareTo(Duration.ofSeconds(1)) > 0) ? Duration.ofSeconds(1) : poll;
    }

}
