package pregao.session.binance;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.session.EventLoops;
import pregao.simulator.binance.BinanceSimulator;

/**
 * A client of the simulator, with times that a test can wait for.
 */
final class Simulated implements AutoCloseable {

    static {
        EventLoops.mustNotBlock();
    }

    static final Duration PATIENCE = Duration.ofSeconds(40);

    static final String SYMBOL = "BTCUSDT";

    static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(1500),
            Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofHours(23), Duration.ofMillis(300),
            Duration.ofSeconds(30));

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1),
            Duration.ofMillis(50));

    private final BinanceSimulator simulator = new BinanceSimulator(7, Clock.systemUTC());

    private final BinanceBroker broker;

    Simulated() {
        this(TIMEOUTS);
    }

    Simulated(Timeouts timeouts) {
        this.simulator.start(0);
        this.simulator.control("/control/life?ping_millis=1000");
        this.broker = new BinanceBroker(settings(this.simulator.port()), timeouts, BACKOFF, Clock.systemUTC());
    }

    static BinanceSettings settings(int port) {
        return new BinanceSettings(URI.create("http://127.0.0.1:" + port + "/api"),
                URI.create("ws://127.0.0.1:" + port + "/ws-api/v3"), URI.create("ws://127.0.0.1:" + port), false);
    }

    BinanceSimulator simulator() {
        return this.simulator;
    }

    BinanceBroker broker() {
        return this.broker;
    }

    PublicMarket market() {
        return this.broker.market();
    }

    /**
     * What the simulator says of itself.
     * @param name such as {@code orders}
     * @return a number
     */
    long state(String name) {
        return this.simulator.control("/control/state").path(name).asLong(-1);
    }

    static <T> T result(Mono<T> mono) {
        T value = mono.block(PATIENCE);
        if (value == null) {
            throw new AssertionError("nothing came");
        }
        return value;
    }

    static <T> List<T> watched(Flux<T> flux) {
        List<T> seen = new CopyOnWriteArrayList<>();
        flux.subscribe(seen::add);
        return seen;
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
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

    @Override
    public void close() {
        this.broker.close();
        this.simulator.close();
    }

}
