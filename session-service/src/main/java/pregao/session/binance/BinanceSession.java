package pregao.session.binance;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.Balance;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerCandle;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.BrokerInstrument;
import pregao.session.broker.BrokerOrder;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.CandleUpdate;
import pregao.session.broker.Credentials;
import pregao.session.broker.Fence;
import pregao.session.broker.Lifeline;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.ProtectiveOrder;
import pregao.session.broker.SessionState;
import pregao.session.broker.SpotOrder;

/**
 * One user at Binance: their key, orders and user data. The market is everybody's.
 */
final class BinanceSession implements BrokerSession {

    /** What shows whether a key is good. */
    static final Question ACCOUNT = Question.of("/v3/account", 20).with("omitZeroBalances", true);

    private static final int MOST_PLACED = 2000;

    private final Lifeline lifeline = new Lifeline();

    private final Cache<UUID, Mono<Placement>> placements = Caffeine.newBuilder()
        .maximumSize(MOST_PLACED)
        .executor(Runnable::run)
        .build();

    private final Sinks.Many<SessionState> states = Sinks.many().replay().latest();

    private final Sinks.Many<OrderState> changes = Sinks.many().multicast().directBestEffort();

    private final Scheduler scheduler;

    private final PublicMarket market;

    private final Signed broker;

    private final Key key;

    private final BrokerAccount account;

    private final SpotOrders orders;

    private final ProtectiveOrders protective;

    private final UserStream stream;

    private volatile SessionState state = SessionState.CONNECTING;

    private boolean doubting;

    BinanceSession(Place place, PublicMarket market, Rest rest, Key key, Timeouts timeouts, BrokerAccount account) {
        this.scheduler = place.scheduler();
        this.market = market;
        this.broker = new Signed(rest, key, place.scheduler(), this::doubt);
        this.key = key;
        this.account = account;
        this.orders = new SpotOrders(this.broker, timeouts, this.changes::tryEmitNext);
        this.protective = new ProtectiveOrders(this.broker, timeouts, this.changes::tryEmitNext);
        this.stream = new UserStream(place, rest, key, timeouts, this.lifeline, this);
        this.states.tryEmitNext(this.state).orThrow();
    }

    /**
     * Begins to connect.
     * @return the same session
     */
    BinanceSession started() {
        this.stream.start();
        return this;
    }

    @Override
    public Flux<SessionState> states() {
        return this.states.asFlux();
    }

    @Override
    public Credentials credentials() {
        return this.key.credentials();
    }

    @Override
    public Mono<List<Balance>> balances() {
        return ifAlive(this.broker.ask(ACCOUNT)).map((answer) -> Balances.of(answer, this.account));
    }

    @Override
    public Mono<List<BrokerInstrument>> instruments() {
        return ifAlive(this.market.instruments());
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return ifAlive(this.market.candles(symbol, seconds, from, to));
    }

    @Override
    public Flux<CandleUpdate> stream(String symbol, int seconds) {
        return this.market.stream(symbol, seconds).takeUntilOther(this.states.asFlux().ignoreElements());
    }

    @Override
    public boolean namesOrders() {
        return true;
    }

    @Override
    public Mono<Placement> place(BrokerOrder order, Fence fence) {
        if (order instanceof OptionOrder) {
            return Mono.just(new Placement.NotSent(Placement.Why.NOT_TRADED, "the broker has no options"));
        }
        return Mono.defer(() -> this.placements.get(order.id(), (id) -> begun(order, fence)))
            .subscribeOn(this.scheduler);
    }

    @Override
    public Mono<OrderState> orderState(BrokerOrder order, @Nullable Long number) {
        return switch (order) {
            case OptionOrder _ -> Mono.just(new OrderState.Absent());
            case SpotOrder spot -> Mono.defer(() -> this.orders.state(spot)).subscribeOn(this.scheduler);
            case ProtectiveOrder resting ->
                Mono.defer(() -> this.protective.state(resting)).subscribeOn(this.scheduler);
        };
    }

    @Override
    public Flux<OrderState> orders() {
        return this.changes.asFlux();
    }

    @Override
    public Mono<Void> close() {
        return Mono.<Void>fromRunnable(() -> end(SessionState.CLOSED)).subscribeOn(this.scheduler);
    }

    /** The broker will tell what happens; what happened before is asked for. */
    void subscribed() {
        become(SessionState.OPEN);
        this.lifeline.run(this.orders.catchUp(false), (error) -> {
        });
    }

    void lost() {
        become(SessionState.CONNECTING);
    }

    void event(JsonNode event) {
        if (event.path("e").asString("").equals("executionReport")) {
            UUID protective = ProtectiveOrders.of(event);
            Mono<Void> taken = (protective != null) ? this.protective.take(event, protective) : this.orders.take(event);
            this.lifeline.run(taken, (error) -> {
            });
        }
    }

    /**
     * The broker did not accept the key. That can be for one thing only, so it is asked
     * for one that each key may do before the session is given up.
     */
    void doubt() {
        this.scheduler.schedule(() -> {
            if (!this.doubting && !this.state.isFinal()) {
                this.doubting = true;
                this.lifeline.run(this.broker.confirm(), (error) -> {
                    this.doubting = false;
                    if (error != null && Answers.isSignedOut(error)) {
                        end(SessionState.SIGNED_OUT);
                    }
                });
            }
        });
    }

    /** Begins to place an order; who asked may go away, the order goes on. */
    private Mono<Placement> begun(BrokerOrder order, Fence fence) {
        Sinks.One<Placement> outcome = Sinks.one();
        AtomicBoolean written = new AtomicBoolean();
        Mono<Placement> work = placed(order, fence, written)
            .doOnCancel(() -> outcome.tryEmitValue(interrupted(written.get())));
        this.lifeline.run(work.doOnNext(outcome::tryEmitValue).then(), (error) -> {
            if (error != null) {
                outcome.tryEmitValue(interrupted(written.get()));
            }
        });
        return outcome.asMono();
    }

    private Mono<Placement> placed(BrokerOrder order, Fence fence, AtomicBoolean written) {
        if (order.account() != this.account) {
            return Mono.just((order.account() == BrokerAccount.REAL)
                    ? new Placement.NotSent(Placement.Why.REAL_MONEY_OFF, "real money is switched off")
                    : new Placement.NotSent(Placement.Why.INVALID, "there is no such account, but " + this.account));
        }
        return ifAlive(this.market.traded(order.symbol())).publishOn(this.scheduler)
            .flatMap((filters) -> placed(order, filters, fence, written))
            .onErrorResume(BrokerFailure.class, (failure) -> Mono.just(notSent(failure)));
    }

    private Mono<Placement> placed(BrokerOrder order, Filters filters, Fence fence, AtomicBoolean written) {
        return switch (order) {
            case ProtectiveOrder resting -> this.protective.place(resting, filters, fence, written);
            case SpotOrder spot when spot.after() != null -> instead(spot, spot.after(), filters, fence, written);
            case SpotOrder spot -> this.orders.place(filters.fitted(spot), filters, fence, written);
            case OptionOrder option -> throw new IllegalArgumentException("no options here, such as " + option);
        };
    }

    /** What is refused here leaves the order that protects the position where it is. */
    private Mono<Placement> instead(SpotOrder sale, UUID after, Filters filters, Fence fence, AtomicBoolean written) {
        Placement refusal = this.orders.refusal(filters.fitted(sale), filters);
        return (refusal != null) ? Mono.just(refusal) : this.protective.instead(sale, before(after), fence,
                (rest) -> this.orders.placeRest(filters.fitted(rest), filters, fence, written));
    }

    /** How placing ended; what has not come yet is not placed any more. */
    private Mono<Placement> before(UUID id) {
        return this.placements.get(id, (unheard) -> Mono.fromSupplier(this.protective::neverPlaced));
    }

    private static Placement notSent(BrokerFailure failure) {
        Placement.Why why = switch (failure.kind()) {
            case NO_SUCH_SYMBOL -> Placement.Why.NOT_TRADED;
            case NOT_OWNER -> Placement.Why.NOT_OWNER;
            case TOO_LATE -> Placement.Why.TOO_LATE;
            case NOT_CONNECTED, LOST, TIMED_OUT, REFUSED -> Placement.Why.NOT_CONNECTED;
        };
        return new Placement.NotSent(why, String.valueOf(failure.getMessage()));
    }

    private static Placement interrupted(boolean written) {
        return written ? new Placement.Unknown()
                : new Placement.NotSent(Placement.Why.NOT_CONNECTED, "the session is closed");
    }

    private <T> Mono<T> ifAlive(Mono<T> asked) {
        return Mono.defer(() -> this.state.isFinal()
                ? Mono.error(new BrokerFailure(BrokerFailure.Kind.NOT_CONNECTED, "the session is over")) : asked);
    }

    private void become(SessionState next) {
        if (!this.state.isFinal() && this.state != next) {
            this.state = next;
            this.states.tryEmitNext(next).orThrow();
        }
    }

    private void end(SessionState last) {
        if (!this.state.isFinal()) {
            become(last);
            this.states.tryEmitComplete().orThrow();
            this.stream.close();
            this.lifeline.cut();
            this.changes.tryEmitComplete();
        }
    }

}
