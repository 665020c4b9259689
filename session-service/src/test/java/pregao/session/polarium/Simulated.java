package pregao.session.polarium;

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

import pregao.fixtures.EventLoops;
import pregao.session.broker.AddressBudget;
import pregao.session.broker.BrokerAccount;
import pregao.session.broker.BrokerSession;
import pregao.session.broker.Credentials;
import pregao.session.broker.Direction;
import pregao.session.broker.Login;
import pregao.session.broker.OptionOrder;
import pregao.session.broker.OrderState;
import pregao.session.broker.Placement;
import pregao.session.broker.Secret;
import pregao.session.broker.SessionState;
import pregao.simulator.polarium.AccountKind;
import pregao.simulator.polarium.PolariumSimulator;

/**
 * A client of the simulator, with times that a test can wait for.
 */
public final class Simulated implements AutoCloseable {

    static {
        EventLoops.mustNotBlock();
    }

    public static final Duration PATIENCE = Duration.ofSeconds(40);

    public static final String SYMBOL = "EURUSD-OTC";

    static final int PAYOUT = 87;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1),
            Duration.ofMillis(50), 5);

    private final PolariumSimulator simulator;

    private final PolariumBroker broker;

    public Simulated() {
        this(Clock.systemUTC());
    }

    /** At another speed. */
    public Simulated(InstantSource clock) {
        this(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(1500),
                Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(30)), BACKOFF,
                clock);
    }

    Simulated(Timeouts timeouts, Backoff backoff) {
        this(timeouts, backoff, Clock.systemUTC());
    }

    private Simulated(Timeouts timeouts, Backoff backoff, InstantSource clock) {
        this.simulator = new PolariumSimulator(7, clock);
        this.simulator.open("trader", "pw", AccountKind.PLAIN);
        this.simulator.start(0);
        this.broker = new PolariumBroker(settings(this.simulator.port()), budget(), timeouts, backoff, clock);
    }

    /** The usual one. */
    static AddressBudget budget() {
        return new AddressBudget("polarium", 500, 100);
    }

    static PolariumSettings settings(int port) {
        return new PolariumSettings(URI.create("http://127.0.0.1:" + port + "/api"),
                URI.create("http://127.0.0.1:" + port), URI.create("ws://127.0.0.1:" + port + "/echo/websocket"),
                "http://127.0.0.1:" + port, 1, null, false, "", "");
    }

    static Credentials.Password password(String identifier, String password) {
        return new Credentials.Password(new Secret(identifier), new Secret(password));
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

    static BrokerSession opened(Login login) {
        if (login instanceof Login.Open(BrokerSession session)) {
            return session;
        }
        throw new AssertionError("expected a session, not " + login);
    }

    public static <T> T result(Mono<T> mono) {
        T value = mono.block(PATIENCE);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    /** A blitz option of five seconds, valid for three. */
    static OptionOrder order() {
        return order(BrokerAccount.DEMO, Duration.ofSeconds(5), PAYOUT);
    }

    static OptionOrder order(BrokerAccount account, Duration length, int payout) {
        Instant now = Clock.systemUTC().instant();
        return new OptionOrder(UUID.randomUUID(), account, SYMBOL, Direction.CALL, new BigDecimal("10"), length, payout,
                now, now.plusSeconds(3));
    }

    static Placement.Placed placed(BrokerSession session, OptionOrder order) {
        Placement placement = result(session.place(order, () -> true));
        if (placement instanceof Placement.Placed placed) {
            return placed;
        }
        throw new AssertionError("expected it to be placed, not " + placement);
    }

    static List<OrderState> watched(BrokerSession session) {
        List<OrderState> states = new CopyOnWriteArrayList<>();
        session.orders().subscribe(states::add);
        return states;
    }

    static List<SessionState> states(BrokerSession session) {
        List<SessionState> states = new CopyOnWriteArrayList<>();
        session.states().subscribe(states::add);
        return states;
    }

    public static void await(String what, BooleanSupplier condition) {
        await(PATIENCE, what, condition);
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
