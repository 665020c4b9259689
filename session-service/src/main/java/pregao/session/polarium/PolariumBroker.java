package pregao.session.polarium;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

import pregao.session.broker.AddressBudget;
import pregao.session.broker.Broker;
import pregao.session.broker.Credentials;
import pregao.session.broker.Login;
import pregao.session.broker.SessionState;

/**
 * Polarium, with one event loop a core for all sessions.
 */
public final class PolariumBroker implements Broker, AutoCloseable {

    private static final int FIRST_TIME = 3;

    private final LoopResources loops = LoopResources.create("polarium");

    private final PolariumSettings settings;

    private final Timeouts timeouts;

    private final Backoff backoff;

    private final InstantSource clock;

    private final AddressBudget budget;

    private final Logins logins;

    private final Sockets sockets;

    public PolariumBroker(PolariumSettings settings, AddressBudget budget, InstantSource clock) {
        this(settings, budget, Timeouts.DEFAULT, Backoff.DEFAULT, clock);
    }

    PolariumBroker(PolariumSettings settings, AddressBudget budget, Timeouts timeouts, Backoff backoff,
            InstantSource clock) {
        this.settings = settings;
        this.budget = budget;
        this.timeouts = timeouts;
        this.backoff = backoff;
        this.clock = clock;
        HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
            .runOn(this.loops)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis());
        this.logins = new Logins(http.responseTimeout(timeouts.call()), settings);
        this.sockets = new Sockets(http, settings, budget, timeouts.connect());
    }

    @Override
    public Mono<Login> connect(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Password password -> inTurn(this.logins.login(password, null));
            case Credentials.Session _, Credentials.OAuth2 _ -> opened(credentials);
            case Credentials.ApiKey _ -> Mono.just(new Login.Refused(Login.Why.WRONG_CREDENTIALS,
                    "this broker has no API keys: log in instead", null));
        };
    }

    @Override
    public Mono<Login> answer(Login.CodeWanted wanted, String code) {
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

    private Mono<Login> inTurn(Mono<Logins.Step> login) {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(this.sockets.turn())).then(login))
            .flatMap((step) -> switch (step) {
                case Logins.Step.LetIn in -> opened(new Credentials.Session(in.token()));
                case Logins.Step.Ended end -> Mono.just(end.login());
            });
    }

    private Mono<Login> opened(Credentials credentials) {
        return Mono.defer(() -> {
            Plan plan = new Plan(this.timeouts, new ServerClock(this.clock),
                    new Reconnection(this.backoff, () -> ThreadLocalRandom.current().nextDouble()),
                    new Pace(this.budget));
            PolariumSession session = new PolariumSession(this.loops.onClient(false).next(), this.sockets,
                    new Tokens(this.logins, credentials), plan, this.clock, this.settings.realMoney())
                .started();
            Duration patience = this.timeouts.connect().multipliedBy(FIRST_TIME);
            return session.states()
                .filter((state) -> state != SessionState.CONNECTING)
                .next()
                .map((state) -> (state == SessionState.OPEN) ? new Login.Open(session) : signedOut())
                .timeout(patience, session.close().thenReturn(unreachable()));
        });
    }

    private static Login signedOut() {
        return new Login.Refused(Login.Why.SIGNED_OUT, "the broker does not accept the session's token", null);
    }

    private static Login unreachable() {
        return new Login.Refused(Login.Why.UNREACHABLE, "the broker did not let the session in", null);
    }

}
