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

    static Subscription candles(int active, int seconds) {
        return new Subscription("candle-generated", "1.0", Map.of("active_id", (long) active, "size", (long) seconds));
    }

    ObjectNode message() {
        ObjectNode message = JsonTrees.object().put("name", this.name).put("version", this.version);
        ObjectNode filters = message.putObject("params").putObject("routingFilters");
        this.filters.forEach(filters::put);
        return message;
    }

}
