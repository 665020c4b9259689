package pregao.session.binance;

import java.time.Duration;
import java.time.InstantSource;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import pregao.session.broker.Broker;
import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Credentials;
import pregao.session.broker.Login;
import pregao.session.broker.SessionState;

/**
 * Binance, with one event loop a core for all sessions, and one market for everybody.
 */
public final class BinanceBroker implements Broker, AutoCloseable {

    private static final int CONNECTIONS = 50;

    private static final int MOST_WAITING = 1000;

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final LoopResources loops = LoopResources.create("binance");

    private final ConnectionProvider connections;

    private final PublicMarket market;

    private final BinanceSettings settings;

    private final Timeouts timeouts;

    private final Backoff backoff;

    private final Rest rest;

    private final Sockets sockets;

    public BinanceBroker(BinanceSettings settings, InstantSource clock) {
        this(settings, Timeouts.DEFAULT, Backoff.DEFAULT, clock);
    }

    BinanceBroker(BinanceSettings settings, Timeouts timeouts, Backoff backoff, InstantSource clock) {
        this.settings = settings;
        this.timeouts = timeouts;
        this.backoff = backoff;
        this.connections = ConnectionProvider.builder("binance")
            .maxConnections(CONNECTIONS)
            .pendingAcquireMaxCount(MOST_WAITING)
            .pendingAcquireTimeout(timeouts.connect())
            .maxIdleTime(IDLE)
            .evictInBackground(IDLE)
            .build();
        int patience = (int) timeouts.connect().toMillis();
        HttpClient http = HttpClient.create(this.connections)
            .runOn(this.loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience);
        HttpClient single = HttpClient.create(ConnectionProvider.newConnection())
            .runOn(this.loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patience);
        this.rest = new Rest(http.compress(true), settings.rest(), timeouts, new ServerClock(clock));
        this.sockets = new Sockets(single, timeouts, this.rest.budget());
        this.market = new PublicMarket(this.loops.onClient(false).next(), this.sockets, backoff, this.rest, settings);
    }

    @Override
    public Mono<Login> connect(Credentials credentials) {
        if (!(credentials instanceof Credentials.ApiKey given)) {
            return Mono.just(new Login.Refused(Login.Why.WRONG_CREDENTIALS, "this broker wants an API key", null));
        }
        return Mono.fromCallable(() -> new Key(given))
            .flatMap(this::letIn)
            .onErrorResume(BrokerFailure.class, (failure) -> Mono.just(Logins.refused(failure, this.rest.budget())))
            .onErrorResume(IllegalArgumentException.class, (wrong) -> Mono
                .just(new Login.Refused(Login.Why.WRONG_CREDENTIALS, String.valueOf(wrong.getMessage()), null)));
    }

    @Override
    public Mono<Login> answer(Login.CodeWanted wanted, String code) {
        return Mono.just(new Login.Refused(Login.Why.WRONG_CODE, "this broker sends no codes", null));
    }

    /**
     * What the broker tells anybody.
     * @return the market, with no account
     */
    public PublicMarket market() {
        return this.market;
    }

    private Mono<Login> letIn(Key key) {
        if (this.rest.budget().stopped() > 0) {
            return Mono.error(new BrokerFailure(BrokerFailure.Kind.REFUSED, Answers.TOO_MANY,
                    "the broker wants no requests from here now"));
        }
        return this.rest.ask(BinanceSession.ACCOUNT, key).then(Mono.defer(() -> opened(key)));
    }

    /**
     * The key is good; only what the broker tells by itself may have to wait its turn.
     */
    private Mono<Login> opened(Key key) {
        EventLoop loop = this.loops.onClient(false).next();
        Place place = new Place(loop, Schedulers.fromExecutorService(loop), this.sockets, this.backoff,
                this.settings.api());
        BinanceSession session = new BinanceSession(place, this.market, this.rest, key, this.timeouts,
                this.settings.account())
            .started();
        return session.states()
            .filter((state) -> state != SessionState.CONNECTING)
            .next()
            .timeout(this.timeouts.connect(), Mono.just(SessionState.CONNECTING))
            .map((state) -> (state == SessionState.SIGNED_OUT) ? Logins.signedOut() : new Login.Open(session));
    }

    @Override
    public void close() {
        this.market.close();
        this.connections.dispose();
        this.loops.dispose();
    }

}
