package pregao.session.broker.binance;

import java.time.Duration;
import java.time.InstantSource;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import pregao.session.broker.api.Broker;
import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.SessionState;

/**
 * Binance, with one event loop a core for all sessions, and one market for everybody.
 */
public final class BinanceBroker implements Broker, AutoCloseable {

    private static final int CONNECTIONS = 50;

    private static final int MOST_WAITING = 1000;

    private static final Duration IDLE = Duration.ofSeconds(20);

    private final LoopResources loops = LoopResources.create("binance");

    private final ConnectionProvider connections;

    private final MarketDataClient market;

    private final BinanceProperties settings;

    private final BinanceTimeouts timeouts;

    private final ReconnectBackoff backoff;

    private final BinanceRestClient rest;

    private final WebSocketConnector sockets;

    public BinanceBroker(BinanceProperties settings, InstantSource clock) {
        this(settings, BinanceTimeouts.DEFAULT, ReconnectBackoff.DEFAULT, clock);
    }

    BinanceBroker(BinanceProperties settings, BinanceTimeouts timeouts, ReconnectBackoff backoff, InstantSource clock) {
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
        this.rest = new BinanceRestClient(http.compress(true), settings.rest(), timeouts, new ServerClock(clock));
        this.sockets = new WebSocketConnector(single, timeouts, this.rest.budget());
        this.market = new MarketDataClient(this.loops.onClient(false).next(), this.sockets, backoff, this.rest,
                settings);
    }

    @Override
    public Mono<LoginResult> connect(Credentials credentials) {
        if (!(credentials instanceof Credentials.ApiKey given)) {
            return Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                    "this broker wants an API key", null));
        }
        return Mono.fromCallable(() -> new RequestSigner(given))
            .flatMap(this::letIn)
            .onErrorResume(BrokerException.class,
                    (failure) -> Mono.just(LoginErrorMapper.refused(failure, this.rest.budget())))
            .onErrorResume(IllegalArgumentException.class,
                    (wrong) -> Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                            String.valueOf(wrong.getMessage()), null)));
    }

    @Override
    public Mono<LoginResult> answer(LoginResult.CodeRequired wanted, String code) {
        return Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CODE, "this broker sends no codes", null));
    }

    /**
     * What the broker tells anybody.
     * @return the market, with no account
     */
    public MarketDataClient market() {
        return this.market;
    }

    private Mono<LoginResult> letIn(RequestSigner key) {
        if (this.rest.budget().stopped() > 0) {
            return Mono.error(new BrokerException(BrokerException.Kind.REFUSED, BinanceErrorMapper.TOO_MANY,
                    "the broker wants no requests from here now"));
        }
        return this.rest.ask(BinanceSession.ACCOUNT, key).then(Mono.defer(() -> opened(key)));
    }

    /**
     * The key is good; only what the broker tells by itself may have to wait its turn.
     */
    private Mono<LoginResult> opened(RequestSigner key) {
        EventLoop loop = this.loops.onClient(false).next();
        ConnectionContext place = new ConnectionContext(loop, Schedulers.fromExecutorService(loop), this.sockets,
                this.backoff, this.settings.api());
        BinanceSession session = new BinanceSession(place, this.market, this.rest, key, this.timeouts,
                this.settings.account())
            .started();
        return session.states()
            .filter((state) -> state != SessionState.CONNECTING)
            .next()
            .timeout(this.timeouts.connect(), Mono.just(SessionState.CONNECTING))
            .map((state) -> (state == SessionState.SIGNED_OUT) ? LoginErrorMapper.signedOut()
                    : new LoginResult.Open(session));
    }

    @Override
    public void close() {
        this.market.close();
        this.connections.dispose();
        this.loops.dispose();
    }

}
