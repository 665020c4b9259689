package pregao.webapi.request;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

import pregao.webapi.problem.TextRule;

/**
 * Deserializer of strings in requests. It accepts only JSON strings with plain text.
 */
final class PlainTextDeserializer extends StdScalarDeserializer<String> {

    PlainTextDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        String text = parser.getString();
        if (!TextRule.isPlain(text)) {
            throw context.weirdStringException(text, String.class, TextRule.EXPECTED);
        }
        return text;
    }

}
