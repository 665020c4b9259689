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
 * Simulator with a connected client, whose timeouts are short enough for tests.
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

    /**
     * Creates a simulator and a client that share a clock, which may run at another
     * speed.
     */
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
        this.broker = new PolariumBroker(properties(this.simulator.port()), ipRateLimiter(), timeouts, backoff, clock);
    }

    /** Creates the rate limiter that the tests use by default. */
    static IpRateLimiter ipRateLimiter() {
        return new IpRateLimiter("polarium", 500, 100);
    }

    static PolariumProperties properties(int port) {
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

    public BrokerSession openSession() {
        return requireOpen(result(this.broker.connect(password("trader", "pw"))));
    }

    static BrokerSession requireOpen(LoginResult login) {
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

    /** Creates a blitz option of 5 s, valid for 3 s. */
    static OptionOrder createOrder() {
        return createOrder(TradingMode.DEMO, Duration.ofSeconds(5), PAYOUT);
    }

    static OptionOrder createOrder(TradingMode mode, Duration length, int payout) {
        Instant now = Clock.systemUTC().instant();
        return new OptionOrder(UUID.randomUUID(), mode, SYMBOL, Direction.CALL, new BigDecimal("10"), length, payout,
                now, now.plusSeconds(3));
    }

    static PlaceOrderResult.Placed placeOrder(BrokerSession session, OptionOrder order) {
        PlaceOrderResult result = result(session.place(order, () -> true));
        if (result instanceof PlaceOrderResult.Placed placed) {
            return placed;
        }
        throw new AssertionError("expected it to be placed, not " + result);
    }

    static List<BrokerOrderState> collectUpdates(BrokerSession session) {
        List<BrokerOrderState> states = new CopyOnWriteArrayList<>();
        session.orderUpdates().subscribe(states::add);
        return states;
    }

    static List<SessionState> collectStates(BrokerSession session) {
        List<SessionState> states = new CopyOnWriteArrayList<>();
        session.states().subscribe(states::add);
        return states;
    }

    public static void await(String description, BooleanSupplier condition) {
        await(REQUEST_TIMEOUT, description, condition);
    }

    public static void await(Duration timeout, String description, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + description);
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

    long countSold() {
        return this.simulator.control("/control/state").path("options").asLong(-1);
    }

    @Override
    public void close() {
        this.broker.close();
        this.simulator.close();
    }

}
