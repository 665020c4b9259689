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
 * Session of one user at Binance. Market data comes from the shared client.
 */
final class BinanceSession implements BrokerSession {

    /** The request that shows whether an API key is accepted. */
    static final RestRequest ACCOUNT_REQUEST = RestRequest.of("/v3/account", 20).with("omitZeroBalances", true);

    private static final int MAX_PLACEMENTS = 2000;

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final Cache<UUID, Mono<PlaceOrderResult>> placements = Caffeine.newBuilder()
        .maximumSize(MAX_PLACEMENTS)
        .executor(Runnable::run)
        .build();

    private final Sinks.Many<SessionState> states = Sinks.many().replay().latest();

    private final Sinks.Many<BrokerOrderState> orderUpdates = Sinks.many().multicast().directBestEffort();

    private final Scheduler scheduler;

    private final MarketDataClient marketDataClient;

    private final SignedRestClient restClient;

    private final RequestSigner signer;

    private final TradingMode mode;

    private final SpotOrders spotOrders;

    private final ProtectiveOrders protectiveOrders;

    private final UserDataStream userDataStream;

    private volatile SessionState state = SessionState.CONNECTING;

    private boolean verifyingKey;

    BinanceSession(ConnectionContext context, MarketDataClient marketDataClient, BinanceRestClient restClient,
            RequestSigner signer, BinanceTimeouts timeouts, TradingMode mode) {
        this.scheduler = context.scheduler();
        this.marketDataClient = marketDataClient;
        this.restClient = new SignedRestClient(restClient, signer, context.scheduler(), this::verifyKey);
        this.signer = signer;
        this.mode = mode;
        this.spotOrders = new SpotOrders(this.restClient, timeouts, this.orderUpdates::tryEmitNext);
        this.protectiveOrders = new ProtectiveOrders(this.restClient, timeouts, this.orderUpdates::tryEmitNext);
        this.userDataStream = new UserDataStream(context, restClient, signer, timeouts, this.backgroundTasks, this);
        this.states.tryEmitNext(this.state).orThrow();
    }

    /**
     * Starts to connect.
     * @return this session
     */
    BinanceSession start() {
        this.userDataStream.start();
        return this;
    }

    @Override
    public Flux<SessionState> states() {
        return this.states.asFlux();
    }

    @Override
    public Credentials credentials() {
        return this.signer.credentials();
    }

    @Override
    public Mono<List<Balance>> balances() {
        return ifNotEnded(this.restClient.get(ACCOUNT_REQUEST))
            .map((response) -> BalanceReader.parseBalances(response, this.mode));
    }

    @Override
    public Mono<List<BrokerInstrument>> instruments() {
        return ifNotEnded(this.marketDataClient.instruments());
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return ifNotEnded(this.marketDataClient.candles(symbol, seconds, from, to));
    }

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol, int seconds) {
        return this.marketDataClient.streamCandles(symbol, seconds)
            .takeUntilOther(this.states.asFlux().ignoreElements());
    }

    @Override
    public boolean supportsClientOrderIds() {
        return true;
    }

    @Override
    public Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck ownershipCheck) {
        if (order instanceof OptionOrder) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_TRADED,
                    "the broker has no options"));
        }
        return Mono.defer(() -> this.placements.get(order.id(), (id) -> startPlacement(order, ownershipCheck)))
            .subscribeOn(this.scheduler);
    }

    @Override
    public Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long brokerId) {
        return switch (order) {
            case OptionOrder _ -> Mono.just(new BrokerOrderState.Absent());
            case SpotOrder spotOrder ->
                Mono.defer(() -> this.spotOrders.fetchState(spotOrder)).subscribeOn(this.scheduler);
            case ProtectiveOrder protectiveOrder ->
                Mono.defer(() -> this.protectiveOrders.fetchState(protectiveOrder)).subscribeOn(this.scheduler);
        };
    }

    @Override
    public Flux<BrokerOrderState> orderUpdates() {
        return this.orderUpdates.asFlux();
    }

    @Override
    public Mono<Void> close() {
        return Mono.<Void>fromRunnable(() -> terminate(SessionState.CLOSED)).subscribeOn(this.scheduler);
    }

    /** Called once events arrive; fetches the updates from before. */
    void onSubscribed() {
        changeState(SessionState.OPEN);
        this.backgroundTasks.run(this.spotOrders.fetchMissed(false), (error) -> {
        });
    }

    void onDisconnected() {
        changeState(SessionState.CONNECTING);
    }

    void onEvent(JsonNode event) {
        if (event.path("e").asString("").equals("executionReport")) {
            UUID protectiveOrderId = ProtectiveOrders.parseOrderId(event);
            Mono<Void> handling = (protectiveOrderId != null)
                    ? this.protectiveOrders.applyReport(event, protectiveOrderId) : this.spotOrders.applyReport(event);
            this.backgroundTasks.run(handling, (error) -> {
            });
        }
    }

    /**
     * Checks a key that Binance has rejected for one request. The session ends only if a
     * request that every key may send is rejected, too.
     */
    void verifyKey() {
        this.scheduler.schedule(() -> {
            if (!this.verifyingKey && !this.state.isFinal()) {
                this.verifyingKey = true;
                this.backgroundTasks.run(this.restClient.verifyKey(), (error) -> {
                    this.verifyingKey = false;
                    if (error != null && BinanceErrorMapper.isKeyRejected(error)) {
                        terminate(SessionState.SIGNED_OUT);
                    }
                });
            }
        });
    }

    /** Starts to place an order, which continues if the subscriber cancels. */
    private Mono<PlaceOrderResult> startPlacement(BrokerOrder order, OwnershipCheck ownershipCheck) {
        Sinks.One<PlaceOrderResult> outcome = Sinks.one();
        AtomicBoolean written = new AtomicBoolean();
        Mono<PlaceOrderResult> placement = placeOrder(order, ownershipCheck, written)
            .doOnCancel(() -> outcome.tryEmitValue(toInterruptedResult(written.get())));
        this.backgroundTasks.run(placement.doOnNext(outcome::tryEmitValue).then(), (error) -> {
            if (error != null) {
                outcome.tryEmitValue(toInterruptedResult(written.get()));
            }
        });
        return outcome.asMono();
    }

    private Mono<PlaceOrderResult> placeOrder(BrokerOrder order, OwnershipCheck ownershipCheck, AtomicBoolean written) {
        if (order.account() != this.mode) {
            return Mono.just((order.account() == TradingMode.REAL)
                    ? new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REAL_MONEY_OFF,
                            "real money is switched off")
                    : new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.INVALID,
                            "there is no such account, but " + this.mode));
        }
        return ifNotEnded(this.marketDataClient.findFilters(order.symbol())).publishOn(this.scheduler)
            .flatMap((filters) -> placeOrder(order, filters, ownershipCheck, written))
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(toNotSent(failure)));
    }

    private Mono<PlaceOrderResult> placeOrder(BrokerOrder order, SymbolFilters filters, OwnershipCheck ownershipCheck,
            AtomicBoolean written) {
        return switch (order) {
            case ProtectiveOrder protectiveOrder ->
                this.protectiveOrders.place(protectiveOrder, filters, ownershipCheck, written);
            case SpotOrder spotOrder when spotOrder.after() != null ->
                replaceProtectiveOrder(spotOrder, spotOrder.after(), filters, ownershipCheck, written);
            case SpotOrder spotOrder ->
                this.spotOrders.place(filters.roundToTicks(spotOrder), filters, ownershipCheck, written);
            case OptionOrder optionOrder ->
                throw new IllegalArgumentException("no options here, such as " + optionOrder);
        };
    }

    /** Replaces the protective order by a sale, unless the sale is rejected before. */
    private Mono<PlaceOrderResult> replaceProtectiveOrder(SpotOrder sellOrder, UUID protectiveOrderId,
            SymbolFilters filters, OwnershipCheck ownershipCheck, AtomicBoolean written) {
        PlaceOrderResult rejection = this.spotOrders.reserveOrReject(filters.roundToTicks(sellOrder), filters);
        return (rejection != null) ? Mono.just(rejection)
                : this.protectiveOrders.cancelAndSell(sellOrder, findPlacement(protectiveOrderId), ownershipCheck,
                        (remainder) -> this.spotOrders.placeRemainder(filters.roundToTicks(remainder), filters,
                                ownershipCheck, written));
    }

    /** Returns how placing an order ended; an order not placed yet never will be. */
    private Mono<PlaceOrderResult> findPlacement(UUID orderId) {
        return this.placements.get(orderId,
                (missingId) -> Mono.fromSupplier(this.protectiveOrders::resolveNeverPlaced));
    }

    private static PlaceOrderResult toNotSent(BrokerException failure) {
        PlaceOrderResult.RejectReason reason = switch (failure.kind()) {
            case NO_SUCH_SYMBOL -> PlaceOrderResult.RejectReason.NOT_TRADED;
            case NOT_OWNER -> PlaceOrderResult.RejectReason.NOT_OWNER;
            case TOO_LATE -> PlaceOrderResult.RejectReason.TOO_LATE;
            case NOT_CONNECTED, LOST, TIMED_OUT, REFUSED -> PlaceOrderResult.RejectReason.NOT_CONNECTED;
        };
        return new PlaceOrderResult.NotSent(reason, String.valueOf(failure.getMessage()));
    }

    private static PlaceOrderResult toInterruptedResult(boolean written) {
        return written ? new PlaceOrderResult.Unknown()
                : new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_CONNECTED, "the session is closed");
    }

    private <T> Mono<T> ifNotEnded(Mono<T> request) {
        return Mono.defer(() -> this.state.isFinal()
                ? Mono.error(new BrokerException(BrokerException.Kind.NOT_CONNECTED, "the session is over")) : request);
    }

    private void changeState(SessionState newState) {
        if (!this.state.isFinal() && this.state != newState) {
            this.state = newState;
            this.states.tryEmitNext(newState).orThrow();
        }
    }

    private void terminate(SessionState finalState) {
        if (!this.state.isFinal()) {
            changeState(finalState);
            this.states.tryEmitComplete().orThrow();
            this.userDataStream.close();
            this.backgroundTasks.cancelAll();
            this.orderUpdates.tryEmitComplete();
        }
    }

}
