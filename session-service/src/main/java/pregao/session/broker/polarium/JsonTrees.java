package pregao.session.broker.polarium;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees of JSON, with exact decimals.
 */
final class JsonTrees {

    private static final JsonMapper MAPPER = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();

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
     * @return its tree, an empty object where it is not JSON
     */
    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        }
        catch (JacksonException ex) {
            return createObject();
        }
    }

    static String write(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

}
