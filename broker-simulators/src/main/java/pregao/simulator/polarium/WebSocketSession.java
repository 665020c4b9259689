package pregao.simulator.polarium;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * One WebSocket, from authentication to its end.
 */
final class WebSocketSession {

    private static final int OK = 2000;

    private static final long WATCHED_MILLIS = 60_000;

    private static final Set<String> STREAMS = Set.of("candle-generated", "candles-generated", "quote-generated");

    private final Set<String> subscriptions = new HashSet<>();

    private final Map<Streams.Stream, Long> streams = new HashMap<>();

    private final Set<String> watched = new HashSet<>();

    private final SimulatedBroker broker;

    private final Channel channel;

    private final RpcHandler calls;

    private @Nullable Account account;

    private boolean sendResults;

    private boolean frozen;

    private boolean emptyIds;

    private long noTimeUntil;

    private long watchedUntil;

    WebSocketSession(SimulatedBroker broker, Channel channel) {
        this.broker = broker;
        this.channel = channel;
        this.calls = new RpcHandler(broker, this);
    }

    long userId() {
        Account known = this.account;
        return (known == null) ? 0 : known.userId();
    }

    Channel channel() {
        return this.channel;
    }

    void receive(String text) {
        JsonNode frame = Json.read(text);
        Account known = this.account;
        if (this.frozen) {
            return;
        }
        if (known == null) {
            authenticate(frame);
            return;
        }
        String request = frame.path("request_id").asString("");
        JsonNode message = frame.path("msg");
        switch (frame.path("name").asString("")) {
            case "setOptions" -> {
                this.sendResults = message.path("sendResults").asBoolean(false);
                acknowledge(request);
            }
            case "sendMessage" -> this.calls.call(known, request, message);
            case "subscribeMessage" -> subscribe(request, message, true);
            case "unsubscribeMessage" -> subscribe(request, message, false);
            case "heartbeat" -> {
            }
            default -> reply(request, "error", 4000, Json.object().put("message", "unknown message"));
        }
    }

    /** Tells the time and what the streams say; once a second. */
    void tick() {
        this.frozen |= this.account != null && this.broker.faults().strikes(Fault.HALF_OPEN);
        if (this.frozen || this.account == null) {
            return;
        }
        tellTime();
        this.streams.keySet().forEach(this::stream);
        if (!this.watched.isEmpty() && this.broker.clock().millis() < this.watchedUntil) {
            event("portfolio", "positions-state", this.broker.desk().worth(userId(), this.watched));
        }
        this.channel.flush();
    }

    /**
     * Acknowledges a call, if the client wants that.
     * @param request the call's id
     * @return whether the call is to be done
     */
    boolean acknowledge(String request) {
        if (!this.sendResults) {
            return true;
        }
        if (this.broker.faults().strikes(Fault.ACK_FALSE)) {
            ObjectNode no = Json.object().put("success", false).put("reason", "the service is busy");
            reply(request, "result", OK, no);
            return false;
        }
        if (!this.broker.faults().strikes(Fault.ACK_MISSING)) {
            int times = this.broker.faults().strikes(Fault.ACK_DOUBLED) ? 2 : 1;
            for (int time = 0; time < times; time++) {
                reply(request, "result", OK, Json.object().put("success", true));
            }
        }
        return true;
    }

    void reply(String request, String name, JsonNode message) {
        reply(request, name, OK, message);
    }

    void reply(String request, String name, int status, JsonNode message) {
        ObjectNode frame = Json.object().put("request_id", request).put("name", name).put("status", status);
        frame.set("msg", message);
        send(frame);
        this.channel.flush();
    }

    void event(String service, String name, ObjectNode message) {
        boolean legacy = name.startsWith("socket-") || name.startsWith("option-");
        if (legacy || this.subscriptions.contains(service + '.' + name)) {
            ObjectNode frame = Json.object().put("name", name).put("microserviceName", service);
            frame.set("msg", message);
            send(frame);
            this.channel.flush();
        }
    }

    /**
     * Tells for a minute what positions are worth.
     * @param ids of the positions
     */
    void watch(JsonNode ids) {
        ids.forEach((id) -> this.watched.add(id.asString("")));
        this.watchedUntil = this.broker.clock().millis() + WATCHED_MILLIS;
    }

    void drop() {
        this.channel.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void authenticate(JsonNode frame) {
        boolean legacy = frame.path("name").asString("").equals("ssid");
        if (!legacy && !frame.path("name").asString("").equals("authenticate")) {
            return;
        }
        String token = legacy ? frame.path("msg").asString("") : frame.path("msg").path("ssid").asString("");
        Account holder = this.broker.logins().holder(token, Logins.Purpose.SESSION);
        if (holder == null && !legacy) {
            holder = this.broker.logins().holder(token, Logins.Purpose.ACCESS);
        }
        this.emptyIds = this.broker.faults().strikes(Fault.EMPTY_REQUEST_ID);
        if (holder == null || this.broker.faults().strikes(Fault.AUTH_REFUSED)) {
            ObjectNode no = Json.object().put("name", legacy ? "profile" : "authenticated").put("msg", false);
            if (this.emptyIds) {
                no.put("request_id", "");
            }
            ChannelFuture sent = this.channel.writeAndFlush(new TextWebSocketFrame(Json.write(no)));
            sent.addListener((done) -> drop());
            return;
        }
        this.account = holder;
        this.broker.audience().join(this);
        String request = frame.path("request_id").asString("");
        if (legacy) {
            reply(request, "profile", this.broker.profile(holder).path("result"));
        }
        else {
            send(Json.object()
                .put("request_id", this.emptyIds ? "" : request)
                .put("name", "authenticated")
                .put("msg", true)
                .put("client_session_id", "session-" + holder.userId()));
        }
        send(Json.object().put("name", "front").put("msg", "ws01.local"));
        tellTime();
        this.channel.flush();
    }

    private void tellTime() {
        long now = this.broker.clock().millis();
        this.broker.faults()
            .strike(Fault.NO_TIME_SYNC)
            .ifPresent((seconds) -> this.noTimeUntil = now + TimeUnit.SECONDS.toMillis(seconds));
        if (now >= this.noTimeUntil) {
            send(Json.object().put("name", "timeSync").put("msg", now));
        }
    }

    private void subscribe(String request, JsonNode message, boolean on) {
        if (!acknowledge(request)) {
            return;
        }
        String name = message.path("name").asString("");
        JsonNode filters = message.path("params").path("routingFilters");
        if (STREAMS.contains(name)) {
            Streams.Stream stream = new Streams.Stream(name, filters.path("active_id").asInt(0),
                    filters.path("size").asInt(0));
            if (on) {
                this.streams.put(stream, 0L);
            }
            else {
                this.streams.remove(stream);
            }
        }
        else if (on) {
            this.subscriptions.add(name);
        }
        else {
            this.subscriptions.remove(name);
        }
    }

    private void stream(Streams.Stream stream) {
        Streams.LastMessage lastMessage = this.broker.streams().now(stream);
        if (lastMessage == null || lastMessage.id() < this.streams.getOrDefault(stream, 0L)) {
            return;
        }
        if (lastMessage.id() > this.streams.getOrDefault(stream, 0L)) {
            long gap = this.broker.faults().strike(Fault.STREAM_GAP).orElse(0);
            this.streams.put(stream, lastMessage.id() + gap);
            if (gap > 0) {
                return;
            }
        }
        put(lastMessage.text());
    }

    private void send(ObjectNode frame) {
        if (this.emptyIds && !frame.has("request_id")) {
            frame.put("request_id", "");
        }
        if (!this.frozen) {
            put(Json.write(frame));
        }
    }

    private void put(String text) {
        this.channel.write(new TextWebSocketFrame(text)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

}
