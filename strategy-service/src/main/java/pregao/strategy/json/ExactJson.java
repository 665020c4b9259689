package pregao.strategy.json;

import java.math.BigDecimal;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON without loss: decimals keep their exact value, and equal trees
 * give equal text.
 */
public final class ExactJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();

    private ExactJson() {
    }

    /**
     * Parses JSON.
     * @param json the text in UTF-8
     * @return the tree, or empty if the text is not JSON or has a field twice
     */
    public static Optional<JsonNode> parse(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json)).filter((node) -> !node.isMissingNode());
        }
        catch (JacksonException ex) {
            return Optional.empty();
        }
    }

    /**
     * Parses JSON that this service has written.
     * @param json the text
     * @return the tree
     * @throws JacksonException if the text is not JSON
     */
    public static JsonNode parseStored(String json) {
        return MAPPER.readTree(json);
    }

    /**
     * Writes a tree.
     * @param node the tree
     * @return the JSON text, without whitespace
     */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /**
     * Creates an object without fields.
     * @return the new object
     */
    public static ObjectNode createObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Brings a decimal to the only form in which it is written.
     * @param value the decimal
     * @return the same value without an exponent and without trailing zeros
     */
    public static BigDecimal normalize(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
    }

}
