package pregao.session.binance;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.Lifeline;

/**
 * What the broker tells a user by itself, over a connection of their own.
 */
final class UserStream implements Listener {

    private static final int WEIGHT = 4;

    private final Set<Socket> subscribed = new HashSet<>();

    private final Lifeline lifeline;

    private final EventLoop loop;

    private final Scheduler scheduler;

    private final Line line;

    private final Rest rest;

    private final Key key;

    private final Timeouts timeouts;

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
    UserStream(Place place, Rest rest, Key key, Timeouts timeouts, Lifeline lifeline, BinanceSession session) {
        this.loop = place.loop();
        this.scheduler = place.scheduler();
        this.rest = rest;
        this.key = key;
        this.timeouts = timeouts;
        this.lifeline = lifeline;
        this.session = session;
        this.line = new Line(place.loop(), place.sockets(), place.backoff(), place.address(), lifeline, this);
    }

    void start() {
        this.loop.execute(this.line::connect);
    }

    void close() {
        this.line.close();
    }

    @Override
    public void opened(Socket socket) {
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
    public void said(Socket socket, String text) {
        JsonNode frame = Json.read(text);
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
    public void gone(Socket socket, boolean last) {
        this.subscribed.remove(socket);
        if (last) {
            this.session.lost();
        }
    }

    private void subscribe(Socket socket, Mono<Void> before) {
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
        parameters.put("recvWindow", String.valueOf(Question.WINDOW));
        parameters.put("timestamp", String.valueOf(this.rest.clock().millis()));
        StringBuilder payload = new StringBuilder();
        parameters.forEach(
                (name, value) -> payload.append(payload.isEmpty() ? "" : "&").append(name).append('=').append(value));
        ObjectNode request = Json.object()
            .put("id", ++this.requests)
            .put("method", "userDataStream.subscribe.signature");
        ObjectNode given = request.putObject("params");
        parameters.forEach(given::put);
        given.put("signature", this.key.sign(payload.toString()));
        return Json.write(request);
    }

    private void replied(Socket socket, JsonNode reply) {
        int code = reply.path("error").path("code").asInt(0);
        if (reply.path("status").asInt(0) == 200) {
            this.subscribed.add(socket);
            this.line.ready(socket);
            this.session.subscribed();
        }
        else if (code == Answers.WRONG_TIME) {
            subscribe(socket, this.rest.tellTime());
        }
        else {
            if (code == Answers.TOO_MANY) {
                long until = reply.path("error").path("data").path("retryAfter").asLong(0);
                this.rest.budget().stop(Math.clamp(until - this.rest.clock().millis(), 1000, Answers.LONGEST_STOP));
            }
            else if (Answers.isSignedOut(code)) {
                this.session.doubt();
            }
            socket.close();
        }
    }

}
