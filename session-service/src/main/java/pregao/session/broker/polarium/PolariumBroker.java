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
 * Polarium, with one event loop a core for all sessions.
 */
public final class PolariumBroker implements Broker, AutoCloseable {

    private static final int FIRST_TIME = 3;

    private final LoopResources loops = LoopResources.create("polarium");

    private final PolariumProperties settings;

    private final PolariumTimeouts timeouts;

    private final ReconnectBackoff backoff;

    private final InstantSource clock;

    private final IpRateLimiter budget;

    private final PolariumAuthClient logins;

    private final WebSocketConnector sockets;

    public PolariumBroker(PolariumProperties settings, IpRateLimiter budget, InstantSource clock) {
        this(settings, budget, PolariumTimeouts.DEFAULT, ReconnectBackoff.DEFAULT, clock);
    }

    PolariumBroker(PolariumProperties settings, IpRateLimiter budget, PolariumTimeouts timeouts,
            ReconnectBackoff backoff, InstantSource clock) {
        this.settings = settings;
        this.budget = budget;
        this.timeouts = timeouts;
        this.backoff = backoff;
        this.clock = clock;
        HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
            .runOn(this.loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis());
        this.logins = new PolariumAuthClient(http.responseTimeout(timeouts.call()), settings);
        this.sockets = new WebSocketConnector(http, settings, budget, timeouts.connect());
    }

    @Override
    public Mono<LoginResult> connect(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password password -> inTurn(this.logins.login(password, null));
            case Credentials.Session _, Credentials.OAuth2 _ -> opened(credentials);
            case Credentials.ApiKey _ -> Mono.just(new LoginResult.Refused(LoginResult.Reason.WRONG_CREDENTIALS,
                    "this broker has no API keys: log in instead", null));
        };
    }

    @Override
    public Mono<LoginResult> answer(LoginResult.CodeRequired wanted, String code) {
        return inTurn(this.logins.verify(wanted, code));
    }

    /**
     * How often a WebSocket was tried.
     * @return since the start
     */
    long attempts() {
        return this.sockets.attempts();
    }

    @Override
    public void close() {
        this.loops.dispose();
    }

    private Mono<LoginResult> inTurn(Mono<PolariumAuthClient.Step> login) {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(this.sockets.turn())).then(login))
            .flatMap((step) -> switch (step) {
                case PolariumAuthClient.Step.Authenticated in -> opened(new Credentials.Session(in.token()));
                case PolariumAuthClient.Step.Finished end -> Mono.just(end.login());
            });
    }

    private Mono<LoginResult> opened(Credentials credentials) {
        return Mono.defer(() -> {
            SessionContext plan = new SessionContext(this.timeouts, new ServerClock(this.clock),
                    new ReconnectPolicy(this.backoff, () -> ThreadLocalRandom.current().nextDouble()),
                    new SessionRateLimiter(this.budget));
            PolariumSession session = new PolariumSession(this.loops.onClient(false).next(), this.sockets,
                    new TokenProvider(this.logins, credentials), plan, this.clock, this.settings.realMoney())
                .started();
            Duration patience = this.timeouts.connect().multipliedBy(FIRST_TIME);
            return session.states()
                .filter((state) -> state != SessionState.CONNECTING)
                .next()
                .map((state) -> (state == SessionState.OPEN) ? new LoginResult.Open(session) : signedOut())
                .timeout(patience, session.close().thenReturn(unreachable()));
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
