package pregao.ingest.parser;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Characters of a JSON value, read from the parser's buffer without copying.
 */
final class JsonValueSlice {

    private char[] chars = new char[0];

    private int from;

    private int length;

    private @Nullable JsonToken token;

    /**
     * Reads the current value.
     * @param parser the parser, on a value
     * @return true for a number or a string; false for any other value, whose children
     * are skipped
     */
    boolean read(JsonParser parser) {
        JsonToken current = parser.currentToken();
        this.token = current;
        if (current == JsonToken.VALUE_STRING || current == JsonToken.VALUE_NUMBER_INT
                || current == JsonToken.VALUE_NUMBER_FLOAT) {
            this.chars = parser.getStringCharacters();
            this.from = parser.getStringOffset();
            this.length = parser.getStringLength();
            return true;
        }
        this.length = 0;
        parser.skipChildren();
        return false;
    }

    JsonValueSlice set(String text) {
        return set(text, JsonToken.VALUE_STRING);
    }

    JsonValueSlice set(String text, JsonToken kind) {
        this.chars = text.toCharArray();
        this.from = 0;
        this.length = this.chars.length;
        this.token = kind;
        return this;
    }

    /**
     * Returns whether the current value is a single token.
     * @param parser the parser, on a value
     * @return false for an object or an array
     */
    static boolean isScalar(JsonParser parser) {
        JsonToken current = parser.currentToken();
        return current != null && current.isScalarValue();
    }

    boolean isNumber() {
        return this.token == JsonToken.VALUE_NUMBER_INT || this.token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    boolean isNull() {
        return this.token == JsonToken.VALUE_NULL;
    }

    boolean isString() {
        return this.token == JsonToken.VALUE_STRING;
    }

    @Nullable Boolean asBoolean() {
        if (this.token == JsonToken.VALUE_TRUE || contentEquals("true") || contentEquals("1")) {
            return true;
        }
        if (this.token == JsonToken.VALUE_FALSE || contentEquals("false") || contentEquals("0")) {
            return false;
        }
        return null;
    }

    char[] chars() {
        return this.chars;
    }

    int from() {
        return this.from;
    }

    int length() {
        return this.length;
    }

    boolean contentEquals(String text) {
        if (text.length() != this.length) {
            return false;
        }
        for (int i = 0; i < this.length; i++) {
            if (text.charAt(i) != this.chars[this.from + i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Describes the value for error messages.
     * @return a number as it is, a quoted string, or the type of another value
     */
    String describe() {
        if (this.token == JsonToken.VALUE_STRING) {
            boolean unquoted = this.length > 0 && this.chars[this.from] == BodyRepair.UNQUOTED_MARKER;
            return unquoted ? Rejection.truncate(new String(this.chars, this.from + 1, this.length - 1))
                    : '"' + Rejection.truncate(toString()) + '"';
        }
        return switch (this.token) {
            case START_OBJECT, END_OBJECT -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case null, default -> Rejection.truncate(toString());
        };
    }

    @Override
    public String toString() {
        return new String(this.chars, this.from, this.length);
    }

}
