package pregao.session.broker.binance;

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

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.Balance;
import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.BrokerInstrument;
import pregao.session.broker.api.BrokerOrder;
import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.CandleUpdate;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.OwnershipCheck;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.SpotOrder;
import pregao.session.broker.api.TradingMode;

/**
 * One user at Binance: their key, orders and user data. The market is everybody's.
 */
final class BinanceSession implements BrokerSession {

    /** What shows whether a key is good. */
    static final RestRequest ACCOUNT = RestRequest.of("/v3/account", 20).with("omitZeroBalances", true);

    private static final int MOST_PLACED = 2000;

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final Cache<UUID, Mono<PlaceOrderResult>> placements = Caffeine.newBuilder()
        .maximumSize(MOST_PLACED)
        .executor(Runnable::run)
        .build();

    private final Sinks.Many<SessionState> states = Sinks.many().replay().latest();

    private final Sinks.Many<BrokerOrderState> changes = Sinks.many().multicast().directBestEffort();

    private final Scheduler scheduler;

    private final MarketDataClient market;

    private final SignedRestClient broker;

    private final RequestSigner key;

    private final TradingMode account;

    private final SpotOrders orders;

    private final ProtectiveOrders protective;

    private final UserDataStream stream;

    private volatile SessionState state = SessionState.CONNECTING;

    private boolean doubting;

    BinanceSession(ConnectionContext place, MarketDataClient market, BinanceRestClient rest, RequestSigner key,
            BinanceTimeouts timeouts, TradingMode account) {
        this.scheduler = place.scheduler();
        this.market = market;
        this.broker = new SignedRestClient(rest, key, place.scheduler(), this::doubt);
        this.key = key;
        this.account = account;
        this.orders = new SpotOrders(this.broker, timeouts, this.changes::tryEmitNext);
        this.protective = new ProtectiveOrders(this.broker, timeouts, this.changes::tryEmitNext);
        this.stream = new UserDataStream(place, rest, key, timeouts, this.lifeline, this);
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
        return ifAlive(this.broker.ask(ACCOUNT)).map((answer) -> BalanceReader.of(answer, this.account));
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
    public Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck fence) {
        if (order instanceof OptionOrder) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_TRADED,
                    "the broker has no options"));
        }
        return Mono.defer(() -> this.placements.get(order.id(), (id) -> begun(order, fence)))
            .subscribeOn(this.scheduler);
    }

    @Override
    public Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long number) {
        return switch (order) {
            case OptionOrder _ -> Mono.just(new BrokerOrderState.Absent());
            case SpotOrder spot -> Mono.defer(() -> this.orders.state(spot)).subscribeOn(this.scheduler);
            case ProtectiveOrder resting ->
                Mono.defer(() -> this.protective.state(resting)).subscribeOn(this.scheduler);
        };
    }

    @Override
    public Flux<BrokerOrderState> orders() {
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
                    if (error != null && BinanceErrorMapper.isSignedOut(error)) {
                        end(SessionState.SIGNED_OUT);
                    }
                });
            }
        });
    }

    /** Begins to place an order; who asked may go away, the order goes on. */
    private Mono<PlaceOrderResult> begun(BrokerOrder order, OwnershipCheck fence) {
        Sinks.One<PlaceOrderResult> outcome = Sinks.one();
        AtomicBoolean written = new AtomicBoolean();
        Mono<PlaceOrderResult> work = placed(order, fence, written)
            .doOnCancel(() -> outcome.tryEmitValue(interrupted(written.get())));
        this.lifeline.run(work.doOnNext(outcome::tryEmitValue).then(), (error) -> {
            if (error != null) {
                outcome.tryEmitValue(interrupted(written.get()));
            }
        });
        return outcome.asMono();
    }

    private Mono<PlaceOrderResult> placed(BrokerOrder order, OwnershipCheck fence, AtomicBoolean written) {
        if (order.account() != this.account) {
            return Mono.just((order.account() == TradingMode.REAL)
                    ? new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REAL_MONEY_OFF,
                            "real money is switched off")
                    : new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID,
                            "there is no such account, but " + this.account));
        }
        return ifAlive(this.market.traded(order.symbol())).publishOn(this.scheduler)
            .flatMap((filters) -> placed(order, filters, fence, written))
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(notSent(failure)));
    }

    private Mono<PlaceOrderResult> placed(BrokerOrder order, SymbolFilters filters, OwnershipCheck fence,
            AtomicBoolean written) {
        return switch (order) {
            case ProtectiveOrder resting -> this.protective.place(resting, filters, fence, written);
            case SpotOrder spot when spot.after() != null -> instead(spot, spot.after(), filters, fence, written);
            case SpotOrder spot -> this.orders.place(filters.fitted(spot), filters, fence, written);
            case OptionOrder option -> throw new IllegalArgumentException("no options here, such as " + option);
        };
    }

    /** What is refused here leaves the order that protects the position where it is. */
    private Mono<PlaceOrderResult> instead(SpotOrder sale, UUID after, SymbolFilters filters, OwnershipCheck fence,
            AtomicBoolean written) {
        PlaceOrderResult refusal = this.orders.refusal(filters.fitted(sale), filters);
        return (refusal != null) ? Mono.just(refusal) : this.protective.instead(sale, before(after), fence,
                (rest) -> this.orders.placeRest(filters.fitted(rest), filters, fence, written));
    }

    /** How placing ended; what has not come yet is not placed any more. */
    private Mono<PlaceOrderResult> before(UUID id) {
        return this.placements.get(id, (unheard) -> Mono.fromSupplier(this.protective::neverPlaced));
    }

    private static PlaceOrderResult notSent(BrokerException failure) {
        PlaceOrderResult.RejectReason why = switch (failure.kind()) {
            case NO_SUCH_SYMBOL -> PlaceOrderResult.RejectReason.NOT_TRADED;
            case NOT_OWNER -> PlaceOrderResult.RejectReason.NOT_OWNER;
            case TOO_LATE -> PlaceOrderResult.RejectReason.TOO_LATE;
            case NOT_CONNECTED, LOST, TIMED_OUT, REFUSED -> PlaceOrderResult.RejectReason.NOT_CONNECTED;
        };
        return new PlaceOrderResult.NotSent(why, String.valueOf(failure.getMessage()));
    }

    private static PlaceOrderResult interrupted(boolean written) {
        return written ? new PlaceOrderResult.Unknown()
                : new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, "the session is closed");
    }

    private <T> Mono<T> ifAlive(Mono<T> asked) {
        return Mono.defer(() -> this.state.isFinal()
                ? Mono.error(new BrokerException(BrokerException.Kind.NOT_CONNECTED, "the session is over")) : asked);
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
