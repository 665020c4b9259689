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
 * One user at Polarium.
 */
final class PolariumSession implements BrokerSession, WebSocketListener {

    private static final Duration WALLETS_FOR = Duration.ofMinutes(10);

    private final BackgroundTasks lifeline = new BackgroundTasks();

    private final Map<UUID, Mono<PlaceOrderResult>> placements = BoundedMap.map();

    private final Scheduler scheduler;

    private final ReconnectingWebSocket link;

    private final SessionContext plan;

    private final CandleStreams streams;

    private final BalanceReader balances;

    private final PositionHistory positions;

    private final OptionOrders orders;

    private final TokenProvider tokens;

    private final boolean realMoney;

    private final ScheduledFuture<?> seconds;

    private final InstrumentCache instruments;

    private final Mono<List<Balance>> wallets;

    PolariumSession(EventLoop loop, WebSocketConnector sockets, TokenProvider tokens, SessionContext plan,
            InstantSource ours, boolean realMoney) {
        this.scheduler = Schedulers.fromExecutorService(loop);
        this.plan = plan;
        this.realMoney = realMoney;
        this.tokens = tokens;
        this.link = new ReconnectingWebSocket(loop, sockets, tokens, plan, this);
        this.streams = new CandleStreams(this.link, loop, plan, this.lifeline);
        this.balances = new BalanceReader(this.link, plan.timeouts());
        this.positions = new PositionHistory(this.link, plan.timeouts());
        this.instruments = new InstrumentCache(this.link, plan, this.scheduler);
        this.orders = new OptionOrders(this.link, this.positions, plan, ours, this.scheduler, this.lifeline,
                this::learnPayouts);
        this.wallets = Mono.defer(this::balances)
            .cacheInvalidateWhen((known) -> Mono.delay(WALLETS_FOR, this.scheduler).then());
        this.seconds = loop.scheduleAtFixedRate(this.streams::pass, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins to connect.
     * @return the same session
     */
    PolariumSession started() {
        this.link.start();
        return this;
    }

    @Override
    public Flux<SessionState> states() {
        return this.link.states();
    }

    @Override
    public Credentials credentials() {
        return this.tokens.credentials();
    }

    @Override
    public Mono<List<Balance>> balances() {
        return this.balances.all();
    }

    @Override
    public Mono<List<BrokerInstrument>> instruments() {
        return this.instruments.refreshed().map(InstrumentDirectory::all);
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.instruments.active(symbol)
            .flatMap((active) -> collected(
                    new CandlePager(active, seconds, from.getEpochSecond(), to.getEpochSecond())));
    }

    @Override
    public Flux<CandleUpdate> stream(String symbol, int seconds) {
        return this.instruments.active(symbol).flatMapMany((active) -> this.streams.stream(active, seconds));
    }

    @Override
    public boolean namesOrders() {
        return false;
    }

    @Override
    public Optional<String> objection(BrokerOrder order) {
        return this.instruments.last()
            .map((instrumentDirectory) -> instrumentDirectory.offer(order.symbol()))
            .filter((offer) -> order instanceof OptionOrder option && !offer.isSold(option.length()))
            .map((offer) -> "a length that the broker offers");
    }

    @Override
    public Mono<PlaceOrderResult> place(BrokerOrder order, OwnershipCheck fence) {
        if (!(order instanceof OptionOrder option)) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.NOT_TRADED,
                    "the broker has options only"));
        }
        return Mono.defer(() -> this.placements.computeIfAbsent(order.id(), (id) -> begun(option, fence)))
            .subscribeOn(this.scheduler);
    }

    @Override
    public Mono<BrokerOrderState> orderState(BrokerOrder order, @Nullable Long number) {
        if (!(order instanceof OptionOrder option)) {
            return Mono.just(new BrokerOrderState.Absent());
        }
        return this.instruments.get()
            .map((instrumentDirectory) -> instrumentDirectory.ids(order.symbol()))
            .filter((actives) -> number != null || !actives.isEmpty())
            .flatMap((actives) -> this.orders.state(option, actives, number))
            .defaultIfEmpty(new BrokerOrderState.Unknown())
            .onErrorReturn(BrokerException.class, new BrokerOrderState.Unknown())
            .subscribeOn(this.scheduler);
    }

    @Override
    public Flux<BrokerOrderState> orders() {
        return this.positions.changes();
    }

    @Override
    public Mono<Void> close() {
        return this.link.close();
    }

    @Override
    public void opened(long userId) {
        this.link.subscribe(new Subscription("portfolio.position-changed", "3.0", Map.of("user_id", userId)));
        this.lifeline.run(this.positions.catchUp().onErrorComplete(BrokerException.class), (error) -> {
        });
        this.streams.resume();
    }

    @Override
    public void lost() {
        this.streams.interrupt();
    }

    @Override
    public void ended() {
        this.seconds.cancel(false);
        this.streams.end();
        this.lifeline.cut();
        this.positions.end();
    }

    @Override
    public void event(MessageFrame.Event event) {
        if (event.is("quotes", "candle-generated")) {
            this.streams.take(event.message());
        }
        else if (event.is("portfolio", "position-changed")) {
            this.positions.take(Position.of(event.message()));
        }
        else if (event.name().equals("option-rejected")) {
            this.positions.takeBack(event.message().path("option_id").asLong(0));
        }
    }

    /** Begins to place an order; who asked may go away, the order goes on. */
    private Mono<PlaceOrderResult> begun(OptionOrder order, OwnershipCheck fence) {
        Sinks.One<PlaceOrderResult> outcome = Sinks.one();
        Mono<PlaceOrderResult> work = placed(order, fence)
            .onErrorResume(BrokerException.class, (failure) -> Mono.just(notSent(failure)))
            .doOnCancel(() -> outcome.tryEmitValue(this.orders.interrupted(order)));
        this.lifeline.run(work.doOnNext(outcome::tryEmitValue).then(), (error) -> {
            if (error != null) {
                outcome.tryEmitValue(this.orders.interrupted(order));
            }
        });
        return outcome.asMono();
    }

    private Mono<PlaceOrderResult> placed(OptionOrder order, OwnershipCheck fence) {
        if (order.account() == TradingMode.OTHER || (order.account() == TradingMode.REAL && !this.realMoney)) {
            return Mono.just(new PlaceOrderResult.NotSent(PlaceOrderResult.RejectReason.REAL_MONEY_OFF,
                    "real money is switched off"));
        }
        return this.instruments.offer(order)
            .flatMap((offer) -> wallet(order.account())
                .flatMap((wallet) -> this.orders.place(new OptionPurchase(order, offer, wallet.id(), fence))));
    }

    /** The next order is to be sent with what the broker pays then. */
    private void learnPayouts() {
        this.lifeline.run(this.instruments.refreshed().then().onErrorComplete(BrokerException.class), (error) -> {
        });
    }

    private static PlaceOrderResult notSent(BrokerException failure) {
        boolean unknown = failure.kind() == BrokerException.Kind.NO_SUCH_SYMBOL;
        return new PlaceOrderResult.NotSent(
                unknown ? PlaceOrderResult.RejectReason.NOT_TRADED : PlaceOrderResult.RejectReason.NOT_CONNECTED,
                String.valueOf(failure.getMessage()));
    }

    private Mono<Balance> wallet(TradingMode account) {
        return this.wallets.flatMapIterable((list) -> list)
            .filter((balance) -> balance.account() == account)
            .next()
            .switchIfEmpty(Mono.error(() -> new BrokerException(BrokerException.Kind.REFUSED, "no such balance")));
    }

    private Mono<List<BrokerCandle>> collected(CandlePager pages) {
        var body = pages.next();
        if (body.isEmpty()) {
            return Mono.just(pages.all());
        }
        RpcRequest call = RpcRequest.question("quotes-history.get-candles", "2.0", body, this.plan.timeouts().call());
        return this.link.ask(call).flatMap((message) -> {
            pages.take(CandleParser.all(message), this.plan.clock().seconds());
            return collected(pages);
        });
    }

}
