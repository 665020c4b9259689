package pregao.session.broker.binance;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BackgroundTasks;

/**
 * What the broker tells a user by itself, over a connection of their own.
 */
final class UserDataStream implements WebSocketListener {

    private static final int WEIGHT = 4;

    private final Set<WebSocketConnection> subscribed = new HashSet<>();

    private final BackgroundTasks lifeline;

    private final EventLoop loop;

    private final Scheduler scheduler;

    private final ReconnectingWebSocket line;

    private final BinanceRestClient rest;

    private final RequestSigner key;

    private final BinanceTimeouts timeouts;

    private final BinanceSession session;

    private long requests;

    /**
     * A stream that is not there yet.
     * @param place where it happens
     * @param rest to ask for the time, and to share limits with
     * @param key of the user
     * @param timeouts how long to wait for what
     * @param lifeline until it ends
     * @param session told what happens
     */
    UserDataStream(ConnectionContext place, BinanceRestClient rest, RequestSigner key, BinanceTimeouts timeouts,
            BackgroundTasks lifeline, BinanceSession session) {
        this.loop = place.loop();
        this.scheduler = place.scheduler();
        this.rest = rest;
        this.key = key;
        this.timeouts = timeouts;
        this.lifeline = lifeline;
        this.session = session;
        this.line = new ReconnectingWebSocket(place.loop(), place.sockets(), place.backoff(), place.address(), lifeline,
                this);
    }

    void start() {
        this.loop.execute(this.line::connect);
    }

    void close() {
        this.line.close();
    }

    @Override
    public void opened(WebSocketConnection socket) {
        // The broker counts it whether or not it was to be had.
        var _ = this.rest.budget().take(WEIGHT, true);
        Mono<Void> known = this.rest.clock().isKnown() ? Mono.empty() : this.rest.tellTime();
        subscribe(socket, known);
        this.lifeline.run(Mono.delay(this.timeouts.connect(), this.scheduler).then(), (end) -> {
            if (!this.subscribed.contains(socket)) {
                socket.close();
            }
        });
    }

    @Override
    public void said(WebSocketConnection socket, String text) {
        JsonNode frame = JsonTrees.read(text);
        JsonNode event = frame.path("event");
        if (event.isMissingNode()) {
            replied(socket, frame);
            return;
        }
        switch (event.path("e").asString("")) {
            case "serverShutdown" -> this.line.connect();
            case "eventStreamTerminated" -> socket.close();
            default -> this.session.event(event);
        }
    }

    @Override
    public void gone(WebSocketConnection socket, boolean last) {
        this.subscribed.remove(socket);
        if (last) {
            this.session.lost();
        }
    }

    private void subscribe(WebSocketConnection socket, Mono<Void> before) {
        this.lifeline.run(before.publishOn(this.scheduler), (error) -> this.loop.execute(() -> {
            if (error == null) {
                socket.send(request());
            }
            else {
                socket.close();
            }
        }));
    }

    private String request() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("apiKey", this.key.id());
        parameters.put("recvWindow", String.valueOf(RestRequest.WINDOW));
        parameters.put("timestamp", String.valueOf(this.rest.clock().millis()));
        StringBuilder payload = new StringBuilder();
        parameters.forEach(
                (name, value) -> payload.append(payload.isEmpty() ? "" : "&").append(name).append('=').append(value));
        ObjectNode request = JsonTrees.object()
            .put("id", ++this.requests)
            .put("method", "userDataStream.subscribe.signature");
        ObjectNode given = request.putObject("params");
        parameters.forEach(given::put);
        given.put("signature", this.key.sign(payload.toString()));
        return JsonTrees.write(request);
    }

    private void replied(WebSocketConnection socket, JsonNode reply) {
        int code = reply.path("error").path("code").asInt(0);
        if (reply.path("status").asInt(0) == 200) {
            this.subscribed.add(socket);
            this.line.ready(socket);
            this.session.subscribed();
        }
        else if (code == BinanceErrorMapper.WRONG_TIME) {
            subscribe(socket, this.rest.tellTime());
        }
        else {
            if (code == BinanceErrorMapper.TOO_MANY) {
                long until = reply.path("error").path("data").path("retryAfter").asLong(0);
                this.rest.budget()
                    .stop(Math.clamp(until - this.rest.clock().millis(), 1000, BinanceErrorMapper.LONGEST_STOP));
            }
            else if (BinanceErrorMapper.isSignedOut(code)) {
                this.session.doubt();
            }
            socket.close();
        }
    }

}
