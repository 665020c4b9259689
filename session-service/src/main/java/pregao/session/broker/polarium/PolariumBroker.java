package pregao.session.broker.polarium;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import pregao.session.broker.api.Broker;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.SessionState;

/**
 * Broker for Polarium. All sessions share one event loop per core.
 */
public final class PolariumBroker implements Broker, AutoCloseable {

    private static final int CONNECT_TIMEOUT_FACTOR = 3;

    private final LoopResources loopResources = LoopResources.create("polarium");

    private final PolariumProperties properties;

    private final PolariumTimeouts timeouts;

    private final ReconnectBackoff backoff;

    private final InstantSource clock;

    private final IpRateLimiter ipRateLimiter;

    private final PolariumAuthClient authClient;

    private final WebSocketConnector connector;

    public PolariumBroker(PolariumProperties properties, IpRateLimiter ipRateLimiter, InstantSource clock) {
        this(properties, ipRateLimiter, PolariumTimeouts.DEFAULT, ReconnectBackoff.DEFAULT, clock);
    }

    PolariumBroker(PolariumProperties properties, IpRateLimiter ipRateLimiter, PolariumTimeouts timeouts,
            ReconnectBackoff backoff, InstantSource clock) {
        this.properties = properties;
        this.ipRateLimiter = ipRateLimiter;
        this.timeouts = timeouts;
        this.backoff = backoff;
        this.clock = clock;
        HttpClient httpClient = HttpClient.create(ConnectionProvider.newConnection())
            .runOn(this.loopResources)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis());
        this.authClient = new PolariumAuthClient(httpClient.responseTimeout(timeouts.call()), properties);
        this.connector = new WebSocketConnector(httpClient, properties, ipRateLimiter, timeouts.connect());
    }

    @Override
    public Mono<LoginResult> connect(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password password -> withRateLimit(this.authClient.login(password, null));
            case Credentials.Session _, Credentials.OAuth2 _ -> openSession(credentials);
            case Credentials.ApiKey _ -> Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                    "this broker has no API keys: log in instead", null));
        };
    }

    @Override
    public Mono<LoginResult> submitCode(LoginResult.CodeRequired codeRequired, String code) {
        return withRateLimit(this.authClient.verify(codeRequired, code));
    }

    /**
     * Returns how often a WebSocket connection was attempted.
     * @return the number since the start
     */
    long connectAttempts() {
        return this.connector.attempts();
    }

    @Override
    public void close() {
        this.loopResources.dispose();
    }

    private Mono<LoginResult> withRateLimit(Mono<PolariumAuthClient.Step> login) {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(this.connector.reserveConnection())).then(login))
            .flatMap((step) -> switch (step) {
                case PolariumAuthClient.Step.Authenticated authenticated ->
                    openSession(new Credentials.Session(authenticated.token()));
                case PolariumAuthClient.Step.Finished finished -> Mono.just(finished.login());
            });
    }

    private Mono<LoginResult> openSession(Credentials credentials) {
        return Mono.defer(() -> {
            SessionContext context = new SessionContext(this.timeouts, new ServerClock(this.clock),
                    new ReconnectPolicy(this.backoff, () -> ThreadLocalRandom.current().nextDouble()),
                    new SessionRateLimiter(this.ipRateLimiter));
            PolariumSession session = new PolariumSession(this.loopResources.onClient(false).next(), this.connector,
                    new TokenProvider(this.authClient, credentials), context, this.clock, this.properties.realMoney())
                .start();
            Duration timeout = this.timeouts.connect().multipliedBy(CONNECT_TIMEOUT_FACTOR);
            return session.states()
                .filter((state) -> state != SessionState.CONNECTING)
                .next()
                .map((state) -> (state == SessionState.OPEN) ? new LoginResult.Open(session) : signedOut())
                .timeout(timeout, session.close().thenReturn(unreachable()));
        });
    }

    private static LoginResult signedOut() {
        return new LoginResult.Refused(LoginResult.Reason.SIGNED_OUT, "the broker does not accept the session's token",
                null);
    }

    private static LoginResult unreachable() {
        return new LoginResult.Refused(LoginResult.Reason.UNREACHABLE, "the broker did not let the session in", null);
    }

}
