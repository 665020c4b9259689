package pregao.session.broker.binance;

import java.math.BigDecimal;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees in Binance's format, in which decimals are strings.
 */
final class JsonTrees {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static {
        // Jackson initializes under a lock at its first use. An event loop must not
        // wait for that lock.
        write(parse("{}"));
    }

    private JsonTrees() {
    }

    static ObjectNode createObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Parses a JSON text.
     * @param json any text
     * @return the tree, or a missing node if the text isn't JSON
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
     * Parses a decimal.
     * @param node a string node
     * @return the decimal, or 0 if the node isn't a decimal
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
