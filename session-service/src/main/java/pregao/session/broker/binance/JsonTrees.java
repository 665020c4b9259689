package pregao.session.broker.binance;

import java.math.BigDecimal;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees of JSON, in which the broker writes decimals as texts.
 */
final class JsonTrees {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static {
        // What Jackson makes at the first use it makes under a lock, for which a loop
        // must not wait.
        write(parse("{}"));
    }

    private JsonTrees() {
    }

    static ObjectNode createObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Reads a text.
     * @param json anything
     * @return its tree, a missing node where it is not JSON
     */
    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        }
        catch (JacksonException ex) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    static String write(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    /**
     * Reads a number.
     * @param node a text
     * @return 0 where it is none
     */
    static BigDecimal parseDecimal(JsonNode node) {
        try {
            return new BigDecimal(node.asString("0"));
        }
        catch (NumberFormatException ex) {
            return BigDecimal.ZERO;
        }
    }

}
