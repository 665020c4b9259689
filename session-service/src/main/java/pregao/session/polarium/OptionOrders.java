package pregao.session.polarium;

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

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Lifeline;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;

/**
 * Orders of one session. Each is sent once at most, unless the broker has refused it for
 * what it pays; where its outcome is unknown the broker is asked, and until that is known
 * nothing that could be mistaken for it is sent.
 */
final class OptionOrders {

    private final Map<UUID, SentOrder> sent = Remembered.map();

    private final Map<UUID, Long> found = Remembered.map();

    /** What the broker said of those that may be sent once more. */
    private final Map<UUID, Placement> refused = Remembered.map();

    private final UnresolvedOrders unresolved = new UnresolvedOrders(this::isDone);

    private final Link link;

    private final Positions positions;

    private final Plan plan;

    private final InstantSource ours;

    private final Scheduler scheduler;

    private final Lifeline lifeline;

    private final Runnable payoutMoved;

    OptionOrders(Link link, Positions positions, Plan plan, InstantSource ours, Scheduler scheduler, Lifeline lifeline,
            Runnable payoutMoved) {
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
    Mono<Placement> place(Purchase purchase) {
        SentOrder.Key key = purchase.key();
        OptionOrder order = purchase.order();
        if (!this.unresolved.add(key, order.id())) {
            return Mono.just(new Placement.NotSent(Placement.Why.UNRESOLVED,
                    "an earlier order for the same symbol and direction is not resolved"));
        }
        return asked(purchase, null).flatMap((placement) -> again(purchase, placement))
            .doOnNext((placement) -> ended(key, order, placement));
    }

    private Mono<Placement> asked(Purchase purchase, @Nullable Integer payout) {
        OptionOrder order = purchase.order();
        Call call = new Call("binary-options.open-option", "2.0", () -> body(purchase, payout),
                this.plan.timeouts().order(), true);
        return this.link.ask(call)
            .flatMap((reply) -> replied(order, reply))
            .onErrorResume(BrokerFailure.class, (failure) -> failed(order, failure));
    }

    private Mono<Placement> again(Purchase purchase, Placement first) {
        if (!(first instanceof Placement.Refused no) || !no.isForItsPayout()) {
            return Mono.just(first);
        }
        this.payoutMoved.run();
        this.refused.put(purchase.order().id(), first);
        return (no.why() == Placement.Why.PAYOUT_TOO_LOW || no.payout() == null) ? Mono.just(first)
                : asked(purchase, no.payout()).map((second) -> (second instanceof Placement.NotSent) ? first : second);
    }

    /**
     * What would be said of an order if the session ended now.
     * @param order which
     * @return that it was not sent, or is refused, or that nobody knows
     */
    Placement interrupted(OptionOrder order) {
        return this.sent.containsKey(order.id()) ? new Placement.Unknown() : this.refused.getOrDefault(order.id(),
                new Placement.NotSent(Placement.Why.NOT_CONNECTED, "the session is closed"));
    }

    /**
     * Asks what became of an order.
     * @param order which
     * @param actives on what it can be
     * @param number the broker's number of it; null where that is not known
     * @return what is known
     */
    Mono<OrderState> state(OptionOrder order, Set<Integer> actives, @Nullable Long number) {
        Long id = (number != null) ? number : this.found.get(order.id());
        if (id != null) {
            this.positions.acknowledge(id);
            return this.positions.isOver(id) ? Mono.just(known(id))
                    : this.positions.has(id)
                        .map((there) -> there || this.positions.isClosed(id) ? known(id) : new OrderState.Vanished(id))
                        .onErrorReturn(BrokerFailure.class, known(id));
        }
        SentOrder known = this.sent.get(order.id());
        SentOrder asked = (known != null) ? known
                : SentOrder.byAnother(order, actives, this.plan.clock().millis() - this.ours.millis());
        return ask(asked).map((placement) -> switch (placement) {
            case Placement.Placed placed -> known(placed.brokerId());
            case Placement.Ambiguous many -> new OrderState.Ambiguous(many.candidates());
            case Placement.Absent _ -> new OrderState.Absent();
            default -> new OrderState.Unknown();
        });
    }

    private ObjectNode body(Purchase purchase, @Nullable Integer actual) {
        purchase.check(this.ours.instant());
        OptionOrder order = purchase.order();
        long now = this.plan.clock().millis();
        Expiry expiry = purchase.expiry(Math.floorDiv(now, 1000));
        int payout = (actual != null) ? actual : purchase.payout(expiry);
        this.sent.put(order.id(),
                new SentOrder(order, Set.of(purchase.offer().active()), expiry, payout, now, this.positions.ids()));
        return purchase.body(expiry, payout);
    }

    private Mono<Placement> replied(OptionOrder order, JsonNode reply) {
        long id = reply.path("id").asLong(0);
        if (id > 0) {
            SentOrder known = this.sent.get(order.id());
            Integer payout = OrderReplies.paid(reply, (known != null) ? known.payout() : null);
            return Mono.just(placed(order, new Placement.Placed(id, reply.path("value").asDecimal(BigDecimal.ZERO),
                    Instant.ofEpochSecond(reply.path("exp").asLong(0)), payout)));
        }
        String text = reply.path("message").asString("");
        return text.isEmpty() ? resolve(order) : Mono.just(refused(order, 0, text, reply));
    }

    private Mono<Placement> failed(OptionOrder order, BrokerFailure failure) {
        if (failure instanceof PayoutTooLowException low) {
            return Mono.just(new Placement.Refused(Placement.Why.PAYOUT_TOO_LOW, String.valueOf(low.getMessage()),
                    low.payout()));
        }
        if (!this.sent.containsKey(order.id())) {
            Placement.Why why = switch (failure.kind()) {
                case TOO_LATE -> Placement.Why.TOO_LATE;
                case NOT_OWNER -> Placement.Why.NOT_OWNER;
                case NO_SUCH_SYMBOL -> Placement.Why.NOT_TRADED;
                default -> Placement.Why.NOT_CONNECTED;
            };
            return Mono.just(new Placement.NotSent(why, String.valueOf(failure.getMessage())));
        }
        if (failure instanceof CallRefused refused && refused.status() >= 0) {
            return Mono
                .just(refused(order, refused.status(), String.valueOf(refused.getMessage()), refused.particulars()));
        }
        return resolve(order);
    }

    private Placement refused(OptionOrder order, int status, String text, JsonNode message) {
        this.sent.remove(order.id());
        return OrderReplies.refused(status, text, message, order.payout());
    }

    /** Asks until the broker knows, or cannot know any more, or could not be asked. */
    private Mono<Placement> resolve(OptionOrder order) {
        SentOrder lost = this.sent.get(order.id());
        if (lost == null) {
            return Mono.just(new Placement.Unknown());
        }
        Instant end = this.ours.instant().plus(this.plan.timeouts().giveUp());
        return Mono.defer(() -> ask(lost))
            .expand((placement) -> placement instanceof Placement.Unknown && this.ours.instant().isBefore(end)
                    ? Mono.delay(pause(), this.scheduler).flatMap((tick) -> ask(lost)) : Mono.empty())
            .last();
    }

    private Mono<Placement> ask(SentOrder lost) {
        boolean over = lost.isOver(this.ours.millis());
        return this.positions.all()
            .map((all) -> judged(lost, all, over))
            .onErrorReturn(BrokerFailure.class, new Placement.Unknown());
    }

    private Placement judged(SentOrder lost, List<Position> all, boolean over) {
        List<Position> fitting = lost.among(all, Set.copyOf(this.found.values()));
        if (fitting.size() == 1) {
            Position one = fitting.getFirst();
            return placed(lost.order(), new Placement.Placed(one.id(), one.openQuote(),
                    Instant.ofEpochSecond(lost.end(one)), lost.payout()));
        }
        if (!fitting.isEmpty()) {
            List<Long> candidates = fitting.stream().map(Position::id).toList();
            if (this.unresolved.narrow(lost.key(), lost.order().id(), candidates)) {
                fitting.forEach((one) -> watch(one.id(), lost.end(one)));
            }
            return new Placement.Ambiguous(candidates);
        }
        if (over) {
            this.unresolved.remove(lost.key(), lost.order().id());
            return new Placement.Absent();
        }
        return new Placement.Unknown();
    }

    private Placement placed(OptionOrder order, Placement.Placed placement) {
        long id = placement.brokerId();
        if (this.found.putIfAbsent(order.id(), id) == null) {
            this.positions.acknowledge(id);
            SentOrder known = this.sent.remove(order.id());
            if (known != null) {
                this.positions.forget(id, known.known());
                this.unresolved.remove(known.key(), order.id());
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
            .onErrorComplete(BrokerFailure.class)
            .then(Mono.fromSupplier(() -> this.positions.isOver(id)));
    }

    private void ended(SentOrder.Key key, OptionOrder order, Placement placement) {
        boolean resolved = !(placement instanceof Placement.Unknown || placement instanceof Placement.Ambiguous);
        if (resolved) {
            this.unresolved.remove(key, order.id());
        }
    }

    /** Whether an option cannot be taken for an order any more. */
    private boolean isDone(long id) {
        return this.positions.isOver(id) || this.positions.isClosed(id)
                || this.found.values().stream().anyMatch((number) -> this.positions.isSame(number, id));
    }

    private OrderState known(long id) {
        @Nullable OrderState state = this.positions.state(id);
        return (state != null) ? state : new OrderState.Running(id);
    }

    private Duration pause() {
        Duration poll = this.plan.timeouts().poll();
        return (poll.compareTo(Duration.ofSeconds(1)) > 0) ? Duration.ofSeconds(1) : poll;
    }

}
