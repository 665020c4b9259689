package pregao.session.broker.binance;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BackgroundTasks;

/**
 * The one connection that carries all market streams, each once.
 */
final class MarketStreamConnection implements WebSocketListener {

    /** The maximum number of streams per connection. */
    static final int MAX_STREAMS = 1024;

    private static final int MAX_STREAMS_PER_COMMAND = 200;

    /**
     * The interval between commands. Binance closes a connection that sends more than 5
     * messages per second, pongs included.
     */
    private static final long COMMAND_INTERVAL_MILLIS = 300;

    private final Map<String, Consumer<JsonNode>> listeners = new LinkedHashMap<>();

    private final Map<WebSocketConnection, PendingCommand> commandsByConnection = new HashMap<>();

    private final EventLoop eventLoop;

    private final ReconnectingWebSocket webSocket;

    private final Runnable onInterrupted;

    private @Nullable ScheduledFuture<?> timer;

    private long lastRequestId;

    /**
     * Creates a connection that opens when the first listener is added.
     * @param eventLoop the event loop on which everything runs
     * @param connector the connector that opens the WebSocket
     * @param backoff the delays between reconnect attempts
     * @param address the base URI of the market streams
     * @param backgroundTasks the tasks that run until the client closes
     * @param onInterrupted called when events may have been missed
     */
    MarketStreamConnection(EventLoop eventLoop, WebSocketConnector connector, ReconnectBackoff backoff, URI address,
            BackgroundTasks backgroundTasks, Runnable onInterrupted) {
        this.eventLoop = eventLoop;
        this.webSocket = new ReconnectingWebSocket(eventLoop, connector, backoff, URI.create(address + "/stream"),
                backgroundTasks, this);
        this.onInterrupted = onInterrupted;
    }

    boolean hasCapacityFor(int streams) {
        return this.listeners.size() + streams <= MAX_STREAMS;
    }

    void addListener(String stream, Consumer<JsonNode> listener) {
        this.listeners.put(stream, listener);
        if (this.timer == null) {
            this.webSocket.connect();
            this.timer = this.eventLoop.scheduleAtFixedRate(this::synchronizeStreams, COMMAND_INTERVAL_MILLIS,
                    COMMAND_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void removeListener(String stream) {
        this.listeners.remove(stream);
    }

    void close() {
        this.webSocket.close();
        ScheduledFuture<?> timer = this.timer;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        this.commandsByConnection.put(connection, new PendingCommand());
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        JsonNode frame = JsonTrees.parse(text);
        JsonNode data = frame.path("data");
        String stream = frame.path("stream").asString("");
        if (data.path("e").asString("").equals("serverShutdown")) {
            this.webSocket.connect();
            return;
        }
        if (stream.isEmpty()) {
            handleReply(connection, frame);
            return;
        }
        Consumer<JsonNode> listener = this.listeners.get(stream);
        if (listener != null) {
            listener.accept(data);
        }
    }

    @Override
    public void onClose(WebSocketConnection connection, boolean isLast) {
        this.commandsByConnection.remove(connection);
        if (isLast) {
            this.onInterrupted.run();
        }
    }

    private void handleReply(WebSocketConnection connection, JsonNode reply) {
        PendingCommand state = this.commandsByConnection.get(connection);
        if (state == null || reply.path("id").asLong(-1) != state.pendingId) {
            return;
        }
        state.pendingId = 0;
        if (reply.has("error") || reply.has("code")) {
            connection.close();
        }
    }

    private void synchronizeStreams() {
        Map.copyOf(this.commandsByConnection).forEach(this::synchronizeStreams);
    }

    /**
     * Subscribes to the missing streams of a connection, or else unsubscribes from those
     * without a listener. Sends one command at a time.
     */
    private void synchronizeStreams(WebSocketConnection connection, PendingCommand state) {
        if (state.pendingId != 0) {
            return;
        }
        Set<String> toSubscribe = new LinkedHashSet<>(this.listeners.keySet());
        toSubscribe.removeAll(state.streams);
        Set<String> toUnsubscribe = new LinkedHashSet<>(state.streams);
        toUnsubscribe.removeAll(this.listeners.keySet());
        if (!toSubscribe.isEmpty()) {
            state.streams.addAll(sendCommand(connection, state, "SUBSCRIBE", toSubscribe));
        }
        else if (!toUnsubscribe.isEmpty()) {
            state.streams.removeAll(sendCommand(connection, state, "UNSUBSCRIBE", toUnsubscribe));
        }
        else {
            this.webSocket.promote(connection);
        }
    }

    private Set<String> sendCommand(WebSocketConnection connection, PendingCommand state, String method,
            Set<String> streams) {
        Set<String> batch = streams.stream().limit(MAX_STREAMS_PER_COMMAND).collect(Collectors.toSet());
        state.pendingId = ++this.lastRequestId;
        ObjectNode request = JsonTrees.createObject().put("method", method).put("id", state.pendingId);
        ArrayNode names = request.putArray("params");
        batch.forEach(names::add);
        connection.send(JsonTrees.write(request));
        return batch;
    }

    /**
     * The streams of one connection and its pending command.
     */
    private static final class PendingCommand {

        private final Set<String> streams = new HashSet<>();

        /** The id of the command without a reply, or 0 if there is none. */
        private long pendingId;

    }

}
