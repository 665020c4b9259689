package pregao.session.broker.polarium;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees with exact decimals.
 */
final class JsonTrees {

    private static final JsonMapper MAPPER = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();

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
     * @return the tree, or an empty object if the text isn't JSON
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
