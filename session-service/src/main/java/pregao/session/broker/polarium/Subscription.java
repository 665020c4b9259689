package pregao.session.broker.polarium;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * Subscription to events of the broker.
 *
 * @param name the name of the event
 * @param version the version of the event
 * @param filters the routing filters, such as the user or the instrument
 */
record Subscription(String name, String version, Map<String, Long> filters) {

    Subscription {
        filters = Map.copyOf(filters);
    }

    static Subscription ofCandles(int activeId, int seconds) {
        return new Subscription("candle-generated", "1.0",
                Map.of("active_id", (long) activeId, "size", (long) seconds));
    }

    ObjectNode toMessage() {
        ObjectNode message = JsonTrees.createObject().put("name", this.name).put("version", this.version);
        ObjectNode filters = message.putObject("params").putObject("routingFilters");
        this.filters.forEach(filters::put);
        return message;
    }

}
