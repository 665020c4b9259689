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
import pregao.session.broker.Fence;
import pregao.session.broker.Lifeline;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;

/**
 * Orders of one session. Each is sent once at most; where its outcome is unknown the
 * broker is asked, and until that is known nothing that could be mistaken for it is sent.
 */
final class OptionOrders {

    private final Map<UUID, SentOrder> sent = Remembered.map();

    private final Map<UUID, Long> found = Remembered.map();

    private final UnresolvedOrders unresolved = new UnresolvedOrders(this::isDone);

    private final Link link;

    private final Positions positions;

    private final Plan plan;

    private final InstantSource ours;

    private final Scheduler scheduler;

    private final Lifeline lifeline;

    OptionOrders(Link link, Positions positions, Plan plan, InstantSource ours, Scheduler scheduler,
            Lifeline lifeline) {
        this.link = link;
        this.positions = positions;
        this.plan = plan;
        this.ours = ours;
        this.scheduler = scheduler;
        this.lifeline = lifeline;
    }

    /**
     * Sends an order.
     * @param order what
     * @param offer what can be bought there
     * @param wallet from which money, the broker's number
     * @param fence asked at the last moment
     * @return how it ended
     */
    Mono<Placement> place(OptionOrder order, Offer offer, long wallet, Fence fence) {
        SentOrder.Key key = new SentOrder.Key(Set.of(offer.active()), order.direction());
        if (!this.unresolved.add(key, order.id())) {
            return Mono.just(new Placement.NotSent(Placement.Why.UNRESOLVED,
                    "an earlier order for the same symbol and direction is not resolved"));
        }
        Call call = new Call("binary-options.open-option", "2.0", () -> body(order, offer, wallet, fence),
                this.plan.timeouts().order(), true);
        return this.link.ask(call)
            .flatMap((reply) -> replied(order, reply))
            .onErrorResume(BrokerFailure.class, (failure) -> failed(order, failure))
            .doOnNext((placement) -> ended(key, order, placement));
    }

    /**
     * What would be said of an order if the session ended now.
     * @param order which
     * @return that it was not sent, or that nobody knows
     */
    Placement interrupted(OptionOrder order) {
        return this.sent.containsKey(order.id()) ? new Placement.Unknown()
                : new Placement.NotSent(Placement.Why.NOT_CONNECTED, "the session is closed");
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
        SentOrder asked = (known != null) ? known : sentByAnother(order, actives);
        return ask(asked).map((placement) -> switch (placement) {
            case Placement.Placed placed -> known(placed.brokerId());
            case Placement.Ambiguous many -> new OrderState.Ambiguous(many.candidates());
            case Placement.Absent _ -> new OrderState.Absent();
            default -> new OrderState.Unknown();
        });
    }

    /** As much as can be said of an order that another session has sent. */
    private SentOrder sentByAnother(OptionOrder order, Set<Integer> actives) {
        long ahead = this.plan.clock().millis() - this.ours.millis();
        long decided = order.decidedAt().toEpochMilli() + ahead;
        long seconds = order.length().toSeconds();
        Expiry expiry = (seconds < 60) ? new Expiry(OptionType.BLITZ, 0, (int) seconds)
                : new Expiry(OptionType.TURBO, decided / 1000 + seconds, 0);
        return new SentOrder(order, actives, expiry, decided, Set.of());
    }

    private ObjectNode body(OptionOrder order, Offer offer, long wallet, Fence fence) {
        if (!fence.holds()) {
            throw new BrokerFailure(BrokerFailure.Kind.NOT_OWNER, "another process speaks for the account");
        }
        if (this.ours.instant().isAfter(order.validUntil())) {
            throw new BrokerFailure(BrokerFailure.Kind.TOO_LATE, "the order was valid until " + order.validUntil());
        }
        long now = this.plan.clock().millis();
        Expiry expiry = offer.nearest(Math.floorDiv(now, 1000), order.length());
        if (expiry == null) {
            throw new BrokerFailure(BrokerFailure.Kind.NO_SUCH_SYMBOL,
                    "the broker does not offer %s for %s".formatted(order.symbol(), order.length()));
        }
        this.sent.put(order.id(), new SentOrder(order, Set.of(offer.active()), expiry, now, this.positions.ids()));
        ObjectNode body = Json.object()
            .put("user_balance_id", wallet)
            .put("active_id", offer.active())
            .put("option_type_id", expiry.type().number())
            .put("direction", switch (order.direction()) {
                case CALL -> "call";
                case PUT -> "put";
            })
            .put("expired", expiry.at())
            .put("price", order.stake())
            .put("profit_percent", order.payout());
        return (expiry.seconds() > 0) ? body.put("expiration_size", expiry.seconds()) : body;
    }

    private Mono<Placement> replied(OptionOrder order, JsonNode reply) {
        long id = reply.path("id").asLong(0);
        if (id > 0) {
            return Mono
                .just(placed(order, id, reply.path("value").asDecimal(BigDecimal.ZERO), reply.path("exp").asLong(0)));
        }
        String text = reply.path("message").asString("");
        return text.isEmpty() ? resolve(order) : Mono.just(OrderReplies.refused(0, text, reply));
    }

    private Mono<Placement> failed(OptionOrder order, BrokerFailure failure) {
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
            this.sent.remove(order.id());
            return Mono.just(OrderReplies.refused(refused.status(), String.valueOf(refused.getMessage()),
                    refused.particulars()));
        }
        return resolve(order);
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
            return placed(lost.order(), one.id(), one.openQuote(), lost.end(one));
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

    private Placement placed(OptionOrder order, long id, BigDecimal strike, long expiry) {
        if (this.found.putIfAbsent(order.id(), id) == null) {
            this.positions.acknowledge(id);
            SentOrder known = this.sent.remove(order.id());
            if (known != null) {
                this.positions.forget(id, known.known());
                this.unresolved.remove(known.key(), order.id());
            }
            watch(id, expiry);
        }
        return new Placement.Placed(id, strike, Instant.ofEpochSecond(expiry));
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
