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
 * JSON as text, exact: decimals stay what they are, and the same tree is always the same
 * text.
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
     * Reads a text.
     * @param text as bytes in UTF-8
     * @return empty where it is no JSON, or says a field twice
     */
    public static Optional<JsonNode> read(byte[] text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter((node) -> !node.isMissingNode());
        }
        catch (JacksonException ex) {
            return Optional.empty();
        }
    }

    /**
     * Reads a text that we wrote.
     * @param text JSON
     * @return its tree
     * @throws JacksonException where it is none
     */
    public static JsonNode stored(String text) {
        return MAPPER.readTree(text);
    }

    /**
     * Writes a tree.
     * @param node any
     * @return without blanks
     */
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /**
     * An object without fields.
     * @return a new one
     */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The one way a decimal is written.
     * @param decimal any
     * @return without an exponent or zeros at the end of its decimals
     */
    public static BigDecimal plain(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
    }

}
