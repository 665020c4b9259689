package pregao.session.broker.binance;

import java.time.Duration;
import java.time.InstantSource;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import reactor.core.publisher.Flux;
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
import pregao.session.broker.api.SpotOrder;

/**
 * Broker for Binance spot. All sessions share one event loop per core, one HTTP
 * connection pool, and one market data client.
 */
public final class BinanceBroker implements Broker, AutoCloseable {

    private static final int MAX_CONNECTIONS = 50;

    private static final int MAX_PENDING_ACQUIRES = 1000;

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

    private final LoopResources loopResources = LoopResources.create("binance");

    private final ConnectionProvider connectionProvider;

    private final MarketDataClient marketDataClient;

    private final BinanceProperties properties;

    private final BinanceTimeouts timeouts;

    private final ReconnectBackoff backoff;

    private final BinanceRestClient restClient;

    private final OrderWarmUp warmUp;

    private final WebSocketConnector connector;

    public BinanceBroker(BinanceProperties properties, InstantSource clock) {
        this(properties, BinanceTimeouts.DEFAULT, ReconnectBackoff.DEFAULT, clock);
    }

    BinanceBroker(BinanceProperties properties, BinanceTimeouts timeouts, ReconnectBackoff backoff,
            InstantSource clock) {
        this.properties = properties;
        this.timeouts = timeouts;
        this.backoff = backoff;
        this.connectionProvider = ConnectionProvider.builder("binance")
            .maxConnections(MAX_CONNECTIONS)
            .pendingAcquireMaxCount(MAX_PENDING_ACQUIRES)
            .pendingAcquireTimeout(timeouts.connect())
            .maxIdleTime(IDLE_TIMEOUT)
            .evictInBackground(IDLE_TIMEOUT)
            .build();
        int connectTimeoutMillis = (int) timeouts.connect().toMillis();
        HttpClient httpClient = HttpClient.create(this.connectionProvider)
            .runOn(this.loopResources)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
            .compress(true);
        HttpClient unpooledClient = HttpClient.create(ConnectionProvider.newConnection())
            .runOn(this.loopResources)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis);
        this.warmUp = new OrderWarmUp(httpClient, this.loopResources, timeouts, clock);
        this.restClient = new BinanceRestClient(httpClient, properties.rest(), timeouts, new ServerClock(clock));
        this.connector = new WebSocketConnector(unpooledClient, timeouts, this.restClient.weightLimiter());
        this.marketDataClient = new MarketDataClient(this.loopResources.onClient(false).next(), this.connector, backoff,
                this.restClient, properties);
    }

    @Override
    public Mono<LoginResult> connect(Credentials credentials) {
        if (!(credentials instanceof Credentials.ApiKey apiKey)) {
            return Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                    "this broker wants an API key", null));
        }
        return Mono.fromCallable(() -> new RequestSigner(apiKey))
            .flatMap(this::logIn)
            .onErrorResume(BrokerException.class,
                    (failure) -> Mono.just(LoginErrorMapper.toLoginResult(failure, this.restClient.weightLimiter())))
            .onErrorResume(IllegalArgumentException.class,
                    (exception) -> Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                            String.valueOf(exception.getMessage()), null)));
    }

    @Override
    public Mono<LoginResult> submitCode(LoginResult.CodeRequired codeRequired, String code) {
        return Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CODE, "this broker sends no codes", null));
    }

    @Override
    public Mono<Void> warmUp(Flux<SpotOrder> orders) {
        return this.warmUp.run(orders);
    }

    /**
     * Returns the public market data client, which needs no account.
     * @return the client that all sessions share
     */
    public MarketDataClient marketDataClient() {
        return this.marketDataClient;
    }

    private Mono<LoginResult> logIn(RequestSigner signer) {
        if (this.restClient.weightLimiter().blockedMillis() > 0) {
            return Mono.error(new BrokerException(BrokerException.Kind.REFUSED, BinanceErrorMapper.TOO_MANY_REQUESTS,
                    "the broker wants no requests from here now"));
        }
        return this.restClient.get(BinanceSession.ACCOUNT_REQUEST, signer).then(Mono.defer(() -> openSession(signer)));
    }

    /**
     * Opens a session with a key that Binance has accepted. If the user data stream isn't
     * open before the connect timeout, the session is returned anyway and keeps
     * connecting.
     */
    private Mono<LoginResult> openSession(RequestSigner signer) {
        EventLoop eventLoop = this.loopResources.onClient(false).next();
        ConnectionContext context = new ConnectionContext(eventLoop, Schedulers.fromExecutorService(eventLoop),
                this.connector, this.backoff, this.properties.api());
        BinanceSession session = new BinanceSession(context, this.marketDataClient, this.restClient, signer,
                this.timeouts, this.properties.tradingMode())
            .start();
        return session.states()
            .filter((state) -> state != SessionState.CONNECTING)
            .next()
            .timeout(this.timeouts.connect(), Mono.just(SessionState.CONNECTING))
            .map((state) -> (state == SessionState.SIGNED_OUT) ? LoginErrorMapper.keyRejected()
                    : new LoginResult.Open(session));
    }

    @Override
    public void close() {
        this.marketDataClient.close();
        this.connectionProvider.dispose();
        this.loopResources.dispose();
    }

}
