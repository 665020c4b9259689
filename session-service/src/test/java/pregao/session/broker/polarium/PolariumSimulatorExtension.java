package pregao.session.broker.polarium;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import reactor.core.publisher.Mono;

import pregao.session.broker.api.BrokerOrderState;
import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Direction;
import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.api.LoginResult;
import pregao.session.broker.api.OptionOrder;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Sensitive;
import pregao.session.broker.api.SessionState;
import pregao.session.broker.api.TradingMode;
import pregao.simulator.polarium.AccountKind;
import pregao.simulator.polarium.PolariumSimulator;
import pregao.testsupport.BlockHoundSupport;

/**
 * A client of the simulator, with times that a test can wait for.
 */
public final class PolariumSimulatorExtension implements AutoCloseable {

    static {
        BlockHoundSupport.mustNotBlock();
    }

    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(40);

    public static final String SYMBOL = "EURUSD-OTC";

    static final int PAYOUT = 87;

    private static final ReconnectBackoff BACKOFF = new ReconnectBackoff(Duration.ofMillis(50), Duration.ofSeconds(1),
            Duration.ofMillis(50), 5);

    private final PolariumSimulator simulator;

    private final PolariumBroker broker;

    public PolariumSimulatorExtension() {
        this(Clock.systemUTC());
    }

    /** At another speed. */
    public PolariumSimulatorExtension(InstantSource clock) {
        this(new PolariumTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(5),
                Duration.ofMillis(1500), Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofMillis(500),
                Duration.ofSeconds(30)), BACKOFF, clock);
    }

    PolariumSimulatorExtension(PolariumTimeouts timeouts, ReconnectBackoff backoff) {
        this(timeouts, backoff, Clock.systemUTC());
    }

    private PolariumSimulatorExtension(PolariumTimeouts timeouts, ReconnectBackoff backoff, InstantSource clock) {
        this.simulator = new PolariumSimulator(7, clock);
        this.simulator.open("trader", "pw", AccountKind.PLAIN);
        this.simulator.start(0);
        this.broker = new PolariumBroker(settings(this.simulator.port()), budget(), timeouts, backoff, clock);
    }

    /** The usual one. */
    static IpRateLimiter budget() {
        return new IpRateLimiter("polarium", 500, 100);
    }

    static PolariumProperties settings(int port) {
        return new PolariumProperties(URI.create("http://127.0.0.1:" + port + "/api"),
                URI.create("http://127.0.0.1:" + port), URI.create("ws://127.0.0.1:" + port + "/echo/websocket"),
                "http://127.0.0.1:" + port, 1, null, false, "", "");
    }

    static Credentials.Password password(String identifier, String password) {
        return new Credentials.Password(new Sensitive(identifier), new Sensitive(password));
    }

    public PolariumSimulator simulator() {
        return this.simulator;
    }

    PolariumBroker broker() {
        return this.broker;
    }

    public BrokerSession session() {
        return opened(result(this.broker.connect(password("trader", "pw"))));
    }

    static BrokerSession opened(LoginResult login) {
        if (login instanceof LoginResult.Open(BrokerSession session)) {
            return session;
        }
        throw new AssertionError("expected a session, not " + login);
    }

    public static <T> T result(Mono<T> mono) {
        T value = mono.block(REQUEST_TIMEOUT);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    /** A blitz option of five seconds, valid for three. */
    static OptionOrder order() {
        return order(TradingMode.DEMO, Duration.ofSeconds(5), PAYOUT);
    }

    static OptionOrder order(TradingMode account, Duration length, int payout) {
        Instant now = Clock.systemUTC().instant();
        return new OptionOrder(UUID.randomUUID(), account, SYMBOL, Direction.CALL, new BigDecimal("10"), length, payout,
                now, now.plusSeconds(3));
    }

    static PlaceOrderResult.Placed placed(BrokerSession session, OptionOrder order) {
        PlaceOrderResult placement = result(session.place(order, () -> true));
        if (placement instanceof PlaceOrderResult.Placed placed) {
            return placed;
        }
        throw new AssertionError("expected it to be placed, not " + placement);
    }

    static List<BrokerOrderState> watched(BrokerSession session) {
        List<BrokerOrderState> states = new CopyOnWriteArrayList<>();
        session.orders().subscribe(states::add);
        return states;
    }

    static List<SessionState> states(BrokerSession session) {
        List<SessionState> states = new CopyOnWriteArrayList<>();
        session.states().subscribe(states::add);
        return states;
    }

    public static void await(String what, BooleanSupplier condition) {
        await(REQUEST_TIMEOUT, what, condition);
    }

    public static void await(Duration patience, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            try {
                Thread.sleep(20);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", ex);
            }
        }
    }

    long sold() {
        return this.simulator.control("/control/state").path("options").asLong(-1);
    }

    @Override
    public void close() {
        this.broker.close();
        this.simulator.close();
    }

}
