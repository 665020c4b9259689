package pregao.session.broker.polarium;

import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * Something the broker is to tell of.
 *
 * @param name as it is subscribed to
 * @param version of it
 * @param filters whose or of what
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
