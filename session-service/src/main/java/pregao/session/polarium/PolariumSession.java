package pregao.session.polarium;

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
import pregao.session.broker.SessionState;

/**
 * One user at Polarium.
 */
final class PolariumSession implements BrokerSession, Listener {

    private static final Duration WALLETS_FOR = Duration.ofMinutes(10);

    private final Lifeline lifeline = new Lifeline();

    private final Map<UUID, Mono<Placement>> placements = Remembered.map();

    private final Scheduler scheduler;

    private final Link link;

    private final Plan plan;

    private final CandleStreams streams;

    private final Balances balances;

    private final Positions positions;

    private final OptionOrders orders;

    private final Tokens tokens;

    private final boolean realMoney;

    private final ScheduledFuture<?> seconds;

    private final InstrumentCache instruments;

    private final Mono<List<Balance>> wallets;

    PolariumSession(EventLoop loop, Sockets sockets, Tokens tokens, Plan plan, InstantSource ours, boolean realMoney) {
        this.scheduler = Schedulers.fromExecutorService(loop);
        this.plan = plan;
        this.realMoney = realMoney;
        this.tokens = tokens;
        this.link = new Link(loop, sockets, tokens, plan, this);
        this.streams = new CandleStreams(this.link, loop, plan, this.lifeline);
        this.balances = new Balances(this.link, plan.timeouts());
        this.positions = new Positions(this.link, plan.timeouts());
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
        return this.instruments.refreshed().map(Instruments::all);
    }

    @Override
    public Mono<List<BrokerCandle>> candles(String symbol, int seconds, Instant from, Instant to) {
        return this.instruments.active(symbol)
            .flatMap((active) -> collected(
                    new CandlePages(active, seconds, from.getEpochSecond(), to.getEpochSecond())));
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
            .map((known) -> known.offer(order.symbol()))
            .filter((offer) -> order instanceof OptionOrder option && !offer.isSold(option.length()))
            .map((offer) -> "a length that the broker offers");
    }

    @Override
    public Mono<Placement> place(BrokerOrder order, Fence fence) {
        if (!(order instanceof OptionOrder option)) {
            return Mono.just(new Placement.NotSent(Placement.Why.NOT_TRADED, "the broker has options only"));
        }
        return Mono.defer(() -> this.placements.computeIfAbsent(order.id(), (id) -> begun(option, fence)))
            .subscribeOn(this.scheduler);
    }

    @Override
    public Mono<OrderState> orderState(BrokerOrder order, @Nullable Long number) {
        if (!(order instanceof OptionOrder option)) {
            return Mono.just(new OrderState.Absent());
        }
        return this.instruments.get()
            .map((known) -> known.ids(order.symbol()))
            .filter((actives) -> number != null || !actives.isEmpty())
            .flatMap((actives) -> this.orders.state(option, actives, number))
            .defaultIfEmpty(new OrderState.Unknown())
            .onErrorReturn(BrokerFailure.class, new OrderState.Unknown())
            .subscribeOn(this.scheduler);
    }

    @Override
    public Flux<OrderState> orders() {
        return this.positions.changes();
    }

    @Override
    public Mono<Void> close() {
        return this.link.close();
    }

    @Override
    public void opened(long userId) {
        this.link.subscribe(new Subscription("portfolio.position-changed", "3.0", Map.of("user_id", userId)));
        this.lifeline.run(this.positions.catchUp().onErrorComplete(BrokerFailure.class), (error) -> {
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
    public void event(Frame.Event event) {
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
    private Mono<Placement> begun(OptionOrder order, Fence fence) {
        Sinks.One<Placement> outcome = Sinks.one();
        Mono<Placement> work = placed(order, fence)
            .onErrorResume(BrokerFailure.class, (failure) -> Mono.just(notSent(failure)))
            .doOnCancel(() -> outcome.tryEmitValue(this.orders.interrupted(order)));
        this.lifeline.run(work.doOnNext(outcome::tryEmitValue).then(), (error) -> {
            if (error != null) {
                outcome.tryEmitValue(this.orders.interrupted(order));
            }
        });
        return outcome.asMono();
    }

    private Mono<Placement> placed(OptionOrder order, Fence fence) {
        if (order.account() == BrokerAccount.OTHER || (order.account() == BrokerAccount.REAL && !this.realMoney)) {
            return Mono.just(new Placement.NotSent(Placement.Why.REAL_MONEY_OFF, "real money is switched off"));
        }
        return this.instruments.offer(order)
            .flatMap((offer) -> wallet(order.account())
                .flatMap((wallet) -> this.orders.place(new Purchase(order, offer, wallet.id(), fence))));
    }

    /** The next order is to be sent with what the broker pays then. */
    private void learnPayouts() {
        this.lifeline.run(this.instruments.refreshed().then().onErrorComplete(BrokerFailure.class), (error) -> {
        });
    }

    private static Placement notSent(BrokerFailure failure) {
        boolean unknown = failure.kind() == BrokerFailure.Kind.NO_SUCH_SYMBOL;
        return new Placement.NotSent(unknown ? Placement.Why.NOT_TRADED : Placement.Why.NOT_CONNECTED,
                String.valueOf(failure.getMessage()));
    }

    private Mono<Balance> wallet(BrokerAccount account) {
        return this.wallets.flatMapIterable((list) -> list)
            .filter((balance) -> balance.account() == account)
            .next()
            .switchIfEmpty(Mono.error(() -> new BrokerFailure(BrokerFailure.Kind.REFUSED, "no such balance")));
    }

    private Mono<List<BrokerCandle>> collected(CandlePages pages) {
        var body = pages.next();
        if (body.isEmpty()) {
            return Mono.just(pages.all());
        }
        Call call = Call.question("quotes-history.get-candles", "2.0", body, this.plan.timeouts().call());
        return this.link.ask(call).flatMap((message) -> {
            pages.take(CandleTexts.all(message), this.plan.clock().seconds());
            return collected(pages);
        });
    }

}
