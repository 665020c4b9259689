package pregao.simulator.binance;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.JsonNode;

/**
 * Binance on this machine, reachable from this machine only. What it knows survives
 * {@link #stop()} and {@link #start(int)}, as a broker's knowledge does.
 */
public final class BinanceSimulator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int BACKLOG = 4096;

    private final LoopResources resources = LoopResources.create("binance-simulator", 1, 1, true);

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final EventLoop loop;

    private final SimulatedBroker broker;

    private final Control control;

    private @Nullable DisposableServer server;

    /**
     * A simulator of which nothing listens yet.
     * @param seed the same seed, the same prices
     * @param clock the broker's, before anybody shifts it
     */
    public BinanceSimulator(long seed, InstantSource clock) {
        this.loop = this.resources.onServer(false).next();
        this.broker = new SimulatedBroker(seed, clock);
        this.control = new Control(this.broker);
        var _ = this.loop.scheduleAtFixedRate(() -> this.broker.desk().settle(), 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins to listen.
     * @param port a port, or 0 for any
     */
    public void start(int port) {
        Doors doors = new Doors(this.broker, this.control);
        this.server = HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .runOn(this.resources, false)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .doOnConnection((connection) -> this.connections.add(connection.channel()))
            .route(doors::open)
            .bindNow(PATIENCE);
    }

    /** Stops listening and cuts every connection. */
    public void stop() {
        DisposableServer listening = this.server;
        if (listening != null) {
            listening.disposeNow(PATIENCE);
            this.connections.close().awaitUninterruptibly(PATIENCE.toMillis());
            this.server = null;
        }
    }

    /**
     * Where it listens.
     * @return the port
     */
    public int port() {
        DisposableServer listening = this.server;
        if (listening == null) {
            throw new IllegalStateException("it is not started");
        }
        return listening.port();
    }

    /**
     * Opens an account.
     * @param kind how its requests are signed
     * @return the account, with 100,000 USDT, 10 ETH and 1 BTC
     */
    public Account open(KeyKind kind) {
        return on(() -> this.broker.keys().open(kind));
    }

    /**
     * Switches a fault on.
     * @param fault which
     */
    public void arm(Fault fault) {
        arm(fault, 1, 0);
    }

    /**
     * Switches a fault on.
     * @param fault which
     * @param times how often it strikes
     * @param number what it means is said with the fault
     */
    public void arm(Fault fault, int times, long number) {
        on(() -> {
            this.broker.faults().arm(fault, times, number);
            return true;
        });
    }

    /**
     * Whether no fault is on.
     * @return true if all have struck
     */
    public boolean isCalm() {
        return on(() -> this.broker.faults().isEmpty());
    }

    /**
     * Does what a path of the control endpoint says.
     * @param path such as {@code /control/halt/BTCUSDT}
     * @return how things are then
     */
    public JsonNode control(String path) {
        return on(() -> this.control.obey(path));
    }

    @Override
    public void close() {
        stop();
        this.resources.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
    }

    private <T> T on(Callable<T> task) {
        try {
            return this.loop.submit(task).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new IllegalStateException("the simulator did not do it", ex);
        }
    }

}
