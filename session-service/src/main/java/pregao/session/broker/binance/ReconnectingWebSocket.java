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
 * A WebSocket that is always there again: after it was lost, and, before the broker cuts
 * it, by another one that speaks before the first falls silent. Everything in it happens
 * on one event loop.
 */
final class ReconnectingWebSocket {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingWebSocket.class);

    private final BackgroundTasks lifeline;

    private final EventLoop loop;

    private final WebSocketConnector sockets;

    private final ReconnectBackoff backoff;

    private final URI address;

    private final WebSocketListener listener;

    private @Nullable WebSocketConnection current;

    private @Nullable WebSocketConnection successor;

    private boolean connecting;

    private boolean closed;

    private int failures;

    ReconnectingWebSocket(EventLoop loop, WebSocketConnector sockets, ReconnectBackoff backoff, URI address,
            BackgroundTasks lifeline, WebSocketListener listener) {
        this.loop = loop;
        this.sockets = sockets;
        this.backoff = backoff;
        this.address = address;
        this.lifeline = lifeline;
        this.listener = listener;
    }

    /** Connects: for the first time, or again beside the present connection. */
    void connect() {
        if (this.connecting || this.closed || this.successor != null) {
            return;
        }
        this.connecting = true;
        AtomicReference<@Nullable WebSocketConnection> mine = new AtomicReference<>();
        Mono<Void> connection = later(this.sockets.turn(), TimeUnit.NANOSECONDS)
            .then(Mono.defer(() -> this.sockets.open(this.loop, this.address, (opened) -> {
                mine.set(opened);
                opened(opened);
            }, (text) -> said(mine.get(), text))));
        this.lifeline.run(connection, (error) -> ended(mine.get(), error));
    }

    /**
     * A connection does all that it should; one before it may go.
     * @param socket of which the listener was told
     */
    void ready(WebSocketConnection socket) {
        this.failures = 0;
        WebSocketConnection before = this.current;
        if (socket.equals(this.successor)) {
            this.current = socket;
            this.successor = null;
            if (before != null) {
                before.close();
            }
        }
    }

    void close() {
        this.closed = true;
        for (WebSocketConnection socket : new @Nullable WebSocketConnection[] { this.current, this.successor }) {
            if (socket != null) {
                socket.close();
            }
        }
    }

    private void opened(WebSocketConnection socket) {
        this.connecting = false;
        if (this.closed) {
            socket.close();
            return;
        }
        if (this.current == null) {
            this.current = socket;
        }
        else {
            this.successor = socket;
        }
        long life = this.sockets.timeouts().life().toMillis();
        this.lifeline.run(later(life, TimeUnit.MILLISECONDS), (end) -> replace(socket));
        this.listener.opened(socket);
    }

    private void replace(WebSocketConnection socket) {
        if (socket.equals(this.current)) {
            connect();
        }
    }

    private void said(@Nullable WebSocketConnection socket, String text) {
        if (socket != null && !this.closed && (socket.equals(this.current) || socket.equals(this.successor))) {
            this.listener.said(socket, text);
        }
    }

    private void ended(@Nullable WebSocketConnection socket, @Nullable Throwable error) {
        log.debug("connection ended", error);
        if (this.closed) {
            return;
        }
        boolean wanted = true;
        if (socket == null) {
            this.connecting = false;
        }
        else if (socket.equals(this.successor)) {
            this.successor = null;
        }
        else if (socket.equals(this.current)) {
            this.current = this.successor;
            this.successor = null;
            wanted = this.current == null;
        }
        else {
            wanted = false; // its successor speaks already
        }
        if (socket != null) {
            this.listener.gone(socket, this.current == null);
        }
        if (wanted) {
            long wait = this.backoff.millis(this.failures++, ThreadLocalRandom.current().nextDouble());
            this.lifeline.run(later(wait, TimeUnit.MILLISECONDS), (end) -> connect());
        }
    }

    private Mono<Void> later(long wait, TimeUnit unit) {
        return Mono.create((sink) -> {
            var timer = this.loop.schedule(() -> sink.success(), wait, unit);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

}
