package pregao.simulator;

import java.time.Duration;
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
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.JsonNode;

/**
 * A broker on this machine, reachable from this machine only; all it does is done by one
 * thread. What it knows survives {@link #stop()} and {@link #start(int)}, as a broker's
 * knowledge does.
 *
 * @param <F> the faults that can be switched on
 */
public abstract class LocalBroker<F extends Enum<F>> implements AutoCloseable {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private static final int BACKLOG = 4096;

    private final LoopResources resources;

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    private final EventLoop loop;

    private @Nullable DisposableServer server;

    /**
     * A broker of which nothing listens yet.
     * @param name of its thread
     */
    protected LocalBroker(String name) {
        this.resources = LoopResources.create(name, 1, 1, true);
        this.loop = this.resources.onServer(false).next();
    }

    /**
     * Opens its doors.
     * @param routes to be added to
     */
    protected abstract void open(HttpServerRoutes routes);

    /**
     * The faults that are on.
     * @return by which thread soever only where {@link #on} brings it
     */
    protected abstract Faults<F> faults();

    /**
     * Does what a path of the control endpoint says.
     * @param path with its query
     * @return how things are then
     */
    protected abstract JsonNode obey(String path);

    /**
     * Has something done again and again.
     * @param millis how often
     * @param task what
     */
    protected void repeat(long millis, Runnable task) {
        var _ = this.loop.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to listen.
     * @param port a port, or 0 for any
     */
    public void start(int port) {
        this.server = HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .runOn(this.resources, false)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .doOnConnection((connection) -> this.connections.add(connection.channel()))
            .route(this::open)
            .bindNow(REQUEST_TIMEOUT);
    }

    /** Stops listening and cuts every connection. */
    public void stop() {
        DisposableServer listening = this.server;
        if (listening != null) {
            listening.disposeNow(REQUEST_TIMEOUT);
            this.connections.close().awaitUninterruptibly(REQUEST_TIMEOUT.toMillis());
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
     * Switches a fault on.
     * @param fault which
     */
    public void arm(F fault) {
        arm(fault, 1, 0);
    }

    /**
     * Switches a fault on.
     * @param fault which
     * @param times how often it strikes
     * @param number what it means is said with the fault
     */
    public void arm(F fault, int times, long number) {
        on(() -> {
            faults().arm(fault, times, number);
            return true;
        });
    }

    /**
     * Whether no fault is on.
     * @return true if all have struck
     */
    public boolean isCalm() {
        return on(() -> faults().isEmpty());
    }

    /**
     * Does what a path of the control endpoint says.
     * @param path such as {@code /control/drop}
     * @return how things are then
     */
    public JsonNode control(String path) {
        return on(() -> obey(path));
    }

    @Override
    public void close() {
        stop();
        this.resources.disposeLater(Duration.ZERO, REQUEST_TIMEOUT).block(REQUEST_TIMEOUT);
    }

    /**
     * Has the broker's thread do something.
     * @param <T> of what comes of it
     * @param task what
     * @return what came of it
     */
    protected <T> T on(Callable<T> task) {
        try {
            return this.loop.submit(task).get(REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
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
