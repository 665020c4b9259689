package pregao.session.broker.binance;

import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pregao.session.broker.api.BackgroundTasks;

/**
 * WebSocket that reconnects after a loss. Before Binance closes a connection for its age,
 * a successor opens and takes over, so no event is missed. Everything runs on one event
 * loop.
 */
final class ReconnectingWebSocket {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingWebSocket.class);

    private final BackgroundTasks backgroundTasks;

    private final EventLoop eventLoop;

    private final WebSocketConnector connector;

    private final ReconnectBackoff backoff;

    private final URI uri;

    private final WebSocketListener listener;

    private @Nullable WebSocketConnection current;

    private @Nullable WebSocketConnection successor;

    private boolean connecting;

    private boolean closed;

    private int failures;

    ReconnectingWebSocket(EventLoop eventLoop, WebSocketConnector connector, ReconnectBackoff backoff, URI uri,
            BackgroundTasks backgroundTasks, WebSocketListener listener) {
        this.eventLoop = eventLoop;
        this.connector = connector;
        this.backoff = backoff;
        this.uri = uri;
        this.backgroundTasks = backgroundTasks;
        this.listener = listener;
    }

    /** Opens a connection: the first one, or a successor of the current one. */
    void connect() {
        if (this.connecting || this.closed || this.successor != null) {
            return;
        }
        this.connecting = true;
        AtomicReference<@Nullable WebSocketConnection> connectionRef = new AtomicReference<>();
        Mono<Void> lifecycle = delay(this.connector.reserveConnection(), TimeUnit.NANOSECONDS)
            .then(Mono.defer(() -> this.connector.open(this.eventLoop, this.uri, (newConnection) -> {
                connectionRef.set(newConnection);
                handleOpen(newConnection);
            }, (text) -> handleText(connectionRef.get(), text))));
        this.backgroundTasks.run(lifecycle, (error) -> handleEnd(connectionRef.get(), error));
    }

    /**
     * Called by the listener when a connection is fully set up. If it's the successor, it
     * replaces the current connection, which closes.
     * @param connection the connection that the listener got
     */
    void promote(WebSocketConnection connection) {
        this.failures = 0;
        WebSocketConnection previous = this.current;
        if (connection.equals(this.successor)) {
            this.current = connection;
            this.successor = null;
            if (previous != null) {
                previous.close();
            }
        }
    }

    void close() {
        this.closed = true;
        for (WebSocketConnection connection : new @Nullable WebSocketConnection[] { this.current, this.successor }) {
            if (connection != null) {
                connection.close();
            }
        }
    }

    private void handleOpen(WebSocketConnection connection) {
        this.connecting = false;
        if (this.closed) {
            connection.close();
            return;
        }
        if (this.current == null) {
            this.current = connection;
        }
        else {
            this.successor = connection;
        }
        long maxAgeMillis = this.connector.timeouts().life().toMillis();
        this.backgroundTasks.run(delay(maxAgeMillis, TimeUnit.MILLISECONDS), (ignored) -> replace(connection));
        this.listener.onOpen(connection);
    }

    private void replace(WebSocketConnection connection) {
        if (connection.equals(this.current)) {
            connect();
        }
    }

    private void handleText(@Nullable WebSocketConnection connection, String text) {
        if (connection != null && !this.closed
                && (connection.equals(this.current) || connection.equals(this.successor))) {
            this.listener.onText(connection, text);
        }
    }

    private void handleEnd(@Nullable WebSocketConnection connection, @Nullable Throwable error) {
        log.debug("connection ended", error);
        if (this.closed) {
            return;
        }
        boolean shouldReconnect = true;
        if (connection == null) {
            this.connecting = false;
        }
        else if (connection.equals(this.successor)) {
            this.successor = null;
        }
        else if (connection.equals(this.current)) {
            this.current = this.successor;
            this.successor = null;
            shouldReconnect = this.current == null;
        }
        else {
            shouldReconnect = false; // its successor has taken over
        }
        if (connection != null) {
            this.listener.onClose(connection, this.current == null);
        }
        if (shouldReconnect) {
            long delayMillis = this.backoff.computeDelayMillis(this.failures++,
                    ThreadLocalRandom.current().nextDouble());
            this.backgroundTasks.run(delay(delayMillis, TimeUnit.MILLISECONDS), (ignored) -> connect());
        }
    }

    private Mono<Void> delay(long delay, TimeUnit unit) {
        return Mono.create((sink) -> {
            var timer = this.eventLoop.schedule(() -> sink.success(), delay, unit);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

}
