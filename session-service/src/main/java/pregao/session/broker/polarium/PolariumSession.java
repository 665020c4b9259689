package pregao.session.broker.polarium;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

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
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.TradingMode;

/**
 * Session of one user at Polarium.
 */
final class PolariumSession implements BrokerSession, WebSocketListener {

    private static final Duration BALANCES_TTL = Duration.ofMinutes(10);

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final Map<UUID, Mono<PlaceOrderResult>> placements = BoundedMap.create();

    private final Scheduler scheduler;

    private final ReconnectingWebSocket webSocket;

    private final SessionContext context;

    private final CandleStreams candleStreams;

    private final BalanceReader balanceReader;

    private final PositionHistory positionHistory;

    private final OptionOrders optionOrders;

    private final TokenProvider tokenProvider;

    private final boolean realMoney;

    private final ScheduledFuture<?> timer;

    private final InstrumentCache instrumentCache;

    private final Mono<List<Balance>> cachedBalances;

    PolariumSession(EventLoop eventLoop, WebSocketConnector connector, TokenProvider tokenProvider,
            SessionContext context, InstantSource localClock, boolean realMoney) {
        this.scheduler = Schedulers.fromExecutorService(eventLoop);
        this.context = context;
        this.realMoney = realMoney;
        this.tokenProvider = tokenProvider;
        this.webSocket = new ReconnectingWebSocket(eventLoop, connector, tokenProvider, context, this);
        this.candleStreams = new CandleStreams(this.webSocket, eventLoop, context, this.backgroundTasks);
        this.balanceReader = new BalanceReader(this.webSocket, context.timeouts());
        this.positionHistory = new PositionHistory(this.webSocket, context.timeouts());
        this.instrumentCache = new InstrumentCache(this.webSocket, context, this.scheduler);
        this.optionOrders = new OptionOrders(this.webSocket, this.positionHistory, context, localClock, this.scheduler,
                this.backgroundTasks, this::refreshPayouts);
        this.cachedBalances = Mono.defer(this::balances)
            .cacheInvalidateWhen((balances) -> Mono.delay(BALANCES_TTL, this.scheduler).then());
        this.timer = eventLoop.scheduleAtFixedRate(this.candleStreams::advanceTime, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts to connect.
     * @return this session
     */
    PolariumSession start() {
        this.webSocket.start();
        return this;
    }

    @Override
    public Flux<SessionState> states() {
        return this.webSocket.states();
    }

    @Override
    public Credentials credentials() {
        return this.tokenProvider.credentials();
    }

    @Override
    public Mono<List<Balance>> balances() {
        return this.balanceReader.fetchBalances();
    }

    @Override
    public Mono<List<BrokerInstrument>> instruments() {
        return this.instrumentCache.refresh().map(InstrumentDirectory::instruments);
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.instrumentCache.findActiveId(symbol)
            .flatMap((activeId) -> collectPages(
                    new CandlePager(activeId, seconds, from.getEpochSecond(), to.getEpochSecond())));
    }

    @Override
    public Flux<CandleUpdate> streamCandles(String symbol, int seconds) {
        return this.instrumentCache.findActiveId(symbol)
            .flatMapMany((activeId) -> this.candleStreams.stream(activeId, seconds));
    }

    @Override
    public boolean supportsClientOrderIds() {
        return false;
    }

    @Override
    public Optional<String> findViolation(BrokerOrder order) {
        return this.instrumentCache.findLast()
            .map((directory) -> directory.findOffer(order.symbol()))
            .filter((offer) -> order instanceof OptionOrder optionOrder && !offer.supportsLength(optionOrder.length()))
            .map((offer) -> "a length that the broker offers");
    }

    @Override
    public Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck ownershipCheck) {
        if (!(order instanceof OptionOrder optionOrder)) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_TRADED,
                    "the broker has options only"));
        }
        return Mono.defer(
                () -> this.placements.computeIfAbsent(order.id(), (id) -> startPlacement(optionOrder, ownershipCheck)))
            .subscribeOn(this.scheduler);
    }

    @Override
    public Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long brokerId) {
        if (!(order instanceof OptionOrder optionOrder)) {
            return Mono.just(new BrokerOrderState.Absent());
        }
        return this.instrumentCache.get()
            .map((directory) -> directory.findIds(order.symbol()))
            .filter((activeIds) -> brokerId != null || !activeIds.isEmpty())
            .flatMap((activeIds) -> this.optionOrders.fetchState(optionOrder, activeIds, brokerId))
            .defaultIfEmpty(new BrokerOrderState.Unknown())
            .onErrorReturn(BrokerException.class, new BrokerOrderState.Unknown())
            .subscribeOn(this.scheduler);
    }

    @Override
    public Flux<BrokerOrderState> orderUpdates() {
        return this.positionHistory.orderUpdates();
    }

    @Override
    public Mono<Void> close() {
        return this.webSocket.close();
    }

    @Override
    public void onOpen(long userId) {
        this.webSocket.subscribe(new Subscription("portfolio.position-changed", "3.0", Map.of("user_id", userId)));
        this.backgroundTasks.run(this.positionHistory.fetchMissed().onErrorComplete(BrokerException.class), (error) -> {
        });
        this.candleStreams.resumeGapFilling();
    }

    @Override
    public void onDisconnected() {
        this.candleStreams.markInterrupted();
    }

    @Override
    public void onEnd() {
        this.timer.cancel(false);
        this.candleStreams.completeAll();
        this.backgroundTasks.cancelAll();
        this.positionHistory.complete();
    }

    @Override
    public void onEvent(MessageFrame.Event event) {
        if (event.matches("quotes", "candle-generated")) {
            this.candleStreams.handleCandle(event.message());
        }
        else if (event.matches("portfolio", "position-changed")) {
            this.positionHistory.update(Position.of(event.message()));
        }
        else if (event.name().equals("option-rejected")) {
            this.positionHistory.recordRefund(event.message().path("option_id").asLong(0));
        }
    }

    /** Starts to place an order, which continues if the subscriber cancels. */
    private Mono<PlaceOrderResult> startPlacement(OptionOrder order, OwnershipCheck ownershipCheck) {
        Sinks.One<PlaceOrderResult> outcome = Sinks.one();
        Mono<PlaceOrderResult> placement = placeOrder(order, ownershipCheck)
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(toNotSent(failure)))
            .doOnCancel(() -> outcome.tryEmitValue(this.optionOrders.toInterruptedResult(order)));
        this.backgroundTasks.run(placement.doOnNext(outcome::tryEmitValue).then(), (error) -> {
            if (error != null) {
                outcome.tryEmitValue(this.optionOrders.toInterruptedResult(order));
            }
        });
        return outcome.asMono();
    }

    private Mono<PlaceOrderResult> placeOrder(OptionOrder order, OwnershipCheck ownershipCheck) {
        if (order.account() == TradingMode.OTHER || (order.account() == TradingMode.REAL && !this.realMoney)) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REAL_MONEY_OFF,
                    "real money is switched off"));
        }
        return this.instrumentCache.findOffer(order)
            .flatMap((offer) -> findBalance(order.account()).flatMap((balance) -> this.optionOrders
                .place(new OptionPurchase(order, offer, balance.id(), ownershipCheck))));
    }

    /** Refreshes the payouts, so that the next order requests the current one. */
    private void refreshPayouts() {
        this.backgroundTasks.run(this.instrumentCache.refresh().then().onErrorComplete(BrokerException.class),
                (error) -> {
                });
    }

    private static PlaceOrderResult toNotSent(BrokerException failure) {
        boolean unknownSymbol = failure.kind() == BrokerException.Kind.NO_SUCH_SYMBOL;
        return new PlaceOrderResult.NotSent(
                unknownSymbol ? PlaceOrderResult.RejectReason.NOT_TRADED : PlaceOrderResult.RejectReason.NOT_CONNECTED,
                String.valueOf(failure.getMessage()));
    }

    private Mono<Balance> findBalance(TradingMode mode) {
        return this.cachedBalances.flatMapIterable((balances) -> balances)
            .filter((balance) -> balance.account() == mode)
            .next()
            .switchIfEmpty(Mono.error(() -> new BrokerException(BrokerException.Kind.REFUSED, "no such balance")));
    }

    private Mono<List<BrokerCandle>> collectPages(CandlePager pager) {
        var body = pager.createNextBody();
        if (body.isEmpty()) {
            return Mono.just(pager.candles());
        }
        RpcRequest request = RpcRequest.of("quotes-history.get-candles", "2.0", body, this.context.timeouts().call());
        return this.webSocket.call(request).flatMap((response) -> {
            pager.addPage(CandleParser.parseCandles(response), this.context.clock().seconds());
            return collectPages(pager);
        });
    }

}
