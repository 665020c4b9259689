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
 * The one connection on which all streams of the market come, each once.
 */
final class MarketStreamConnection implements WebSocketListener {

    /** The most streams of a connection. */
    static final int MAX_COUNT = 1024;

    private static final int MOST_AT_ONCE = 200;

    /** The broker hangs up on who says more than five things a second, pongs counted. */
    private static final long PACE_MILLIS = 300;

    private final Map<String, Consumer<JsonNode>> wanted = new LinkedHashMap<>();

    private final Map<WebSocketConnection, PendingCommand> asked = new HashMap<>();

    private final EventLoop loop;

    private final ReconnectingWebSocket line;

    private final Runnable interrupted;

    private @Nullable ScheduledFuture<?> adjusting;

    private long requests;

    /**
     * A connection that opens once somebody wants a stream.
     * @param loop on which everything happens
     * @param sockets to open it
     * @param backoff when to open it again
     * @param address of the broker
     * @param lifeline until it ends
     * @param interrupted called when something may have been missed
     */
    MarketStreamConnection(EventLoop loop, WebSocketConnector sockets, ReconnectBackoff backoff, URI address,
            BackgroundTasks lifeline, Runnable interrupted) {
        this.loop = loop;
        this.line = new ReconnectingWebSocket(loop, sockets, backoff, URI.create(address + "/stream"), lifeline, this);
        this.interrupted = interrupted;
    }

    boolean hasRoomFor(int streams) {
        return this.wanted.size() + streams <= MAX_COUNT;
    }

    void listen(String stream, Consumer<JsonNode> listener) {
        this.wanted.put(stream, listener);
        if (this.adjusting == null) {
            this.line.connect();
            this.adjusting = this.loop.scheduleAtFixedRate(this::adjust, PACE_MILLIS, PACE_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    void leave(String stream) {
        this.wanted.remove(stream);
    }

    void close() {
        this.line.close();
        ScheduledFuture<?> timer = this.adjusting;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void opened(WebSocketConnection socket) {
        this.asked.put(socket, new PendingCommand());
    }

    @Override
    public void said(WebSocketConnection socket, String text) {
        JsonNode frame = JsonTrees.read(text);
        JsonNode data = frame.path("data");
        String stream = frame.path("stream").asString("");
        if (data.path("e").asString("").equals("serverShutdown")) {
            this.line.connect();
            return;
        }
        if (stream.isEmpty()) {
            replied(socket, frame);
            return;
        }
        Consumer<JsonNode> listener = this.wanted.get(stream);
        if (listener != null) {
            listener.accept(data);
        }
    }

    @Override
    public void gone(WebSocketConnection socket, boolean last) {
        this.asked.remove(socket);
        if (last) {
            this.interrupted.run();
        }
    }

    private void replied(WebSocketConnection socket, JsonNode reply) {
        PendingCommand state = this.asked.get(socket);
        if (state == null || reply.path("id").asLong(-1) != state.pending) {
            return;
        }
        state.pending = 0;
        if (reply.has("error") || reply.has("code")) {
            socket.close();
        }
    }

    private void adjust() {
        Map.copyOf(this.asked).forEach(this::adjust);
    }

    /** Asks for what is not heard yet, or takes back what nobody wants any more. */
    private void adjust(WebSocketConnection socket, PendingCommand state) {
        if (state.pending != 0) {
            return;
        }
        Set<String> missing = new LinkedHashSet<>(this.wanted.keySet());
        missing.removeAll(state.streams);
        Set<String> idle = new LinkedHashSet<>(state.streams);
        idle.removeAll(this.wanted.keySet());
        if (!missing.isEmpty()) {
            state.streams.addAll(send(socket, state, "SUBSCRIBE", missing));
        }
        else if (!idle.isEmpty()) {
            state.streams.removeAll(send(socket, state, "UNSUBSCRIBE", idle));
        }
        else {
            this.line.ready(socket);
        }
    }

    private Set<String> send(WebSocketConnection socket, PendingCommand state, String method, Set<String> streams) {
        Set<String> some = streams.stream().limit(MOST_AT_ONCE).collect(Collectors.toSet());
        state.pending = ++this.requests;
        ObjectNode request = JsonTrees.object().put("method", method).put("id", state.pending);
        ArrayNode names = request.putArray("params");
        some.forEach(names::add);
        socket.send(JsonTrees.write(request));
        return some;
    }

    /**
     * What a connection was asked for.
     */
    private static final class PendingCommand {

        private final Set<String> streams = new HashSet<>();

        /** The request that is not replied to yet, or 0. */
        private long pending;

    }

}
