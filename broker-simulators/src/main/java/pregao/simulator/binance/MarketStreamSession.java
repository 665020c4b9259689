package pregao.simulator.binance;

import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.channel.Channel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * A WebSocket with streams of the market.
 */
final class MarketStreamSession extends WebSocketSession {

    private static final int MOST_STREAMS = 1024;

    private final Map<MarketStream, Long> told = new LinkedHashMap<>();

    private final boolean combined;

    private boolean properties;

    /**
     * A socket of which nobody has heard yet.
     * @param broker all of it
     * @param channel the connection
     * @param combined whether events are wrapped
     * @param names of the streams at first
     */
    MarketStreamSession(SimulatedBroker broker, Channel channel, boolean combined, Iterable<String> names) {
        super(broker, channel);
        this.combined = combined;
        this.properties = combined;
        names.forEach(this::add);
    }

    int streams() {
        return this.told.size();
    }

    @Override
    void take(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asString("")) {
            case "SUBSCRIBE" -> parameters.forEach((name) -> add(name.asString("")));
            case "UNSUBSCRIBE" ->
                parameters.forEach((name) -> this.told.keySet().removeIf((s) -> s.name().equals(name.asString(""))));
            case "LIST_SUBSCRIPTIONS" -> {
                ArrayNode names = Json.array();
                this.told.keySet().forEach((stream) -> names.add(stream.name()));
                result(message, names);
                return;
            }
            case "SET_PROPERTY" -> this.properties = parameters.path(1).asBoolean(false);
            case "GET_PROPERTY" -> {
                result(message, Json.array().add(this.properties).path(0));
                return;
            }
            default -> {
                send(Json.object()
                    .put("code", 2)
                    .put("msg", "Invalid request: unknown variant, expected one of SUBSCRIBE, UNSUBSCRIBE"));
                return;
            }
        }
        result(message, Json.object().nullNode());
    }

    @Override
    void speak() {
        if (!this.told.isEmpty() && broker().faults().strikes(Fault.QUIET_STREAM)) {
            freeze();
        }
        this.told.replaceAll((stream, until) -> {
            long now = broker().clock().seconds();
            Interval interval = stream.interval();
            boolean due = interval == null || interval.seconds() == 1 || now - until >= 2 || interval.start(now) == now;
            if (!due || now <= until) {
                return until;
            }
            broker().events().since(stream, until).forEach((event) -> event(stream.name(), event));
            return now;
        });
    }

    @Override
    void sayShutdown() {
        event("!serverShutdown", Json.object().put("e", "serverShutdown").put("E", broker().clock().millis()));
    }

    private void add(String name) {
        MarketStream stream = MarketStream.named(name);
        if (stream != null && this.told.size() < MOST_STREAMS) {
            this.told.putIfAbsent(stream, broker().clock().seconds());
        }
    }

    private void event(String stream, ObjectNode event) {
        if (this.combined || this.properties) {
            ObjectNode wrapper = Json.object().put("stream", stream);
            wrapper.set("data", event);
            send(wrapper);
        }
        else {
            send(event);
        }
    }

    private void result(JsonNode request, JsonNode result) {
        ObjectNode reply = Json.object();
        reply.set("result", result);
        reply.set("id", request.path("id"));
        send(reply);
    }

}
