package pregao.ingest.parser;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Byte-level checks of JSON for bodies that cannot be parsed.
 */
final class JsonBytes {

    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private JsonBytes() {
    }

    /**
     * Returns whether an unquoted value is valid JSON.
     * @param bytes the array that contains the value
     * @param from the index of the first byte
     * @param to the index after the last byte
     * @return true for a number, {@code true}, {@code false} and {@code null}
     */
    static boolean isNumberOrLiteral(byte[] bytes, int from, int to) {
        int first = (bytes[from] == '-') ? from + 1 : from;
        int point = skipDigits(bytes, first, to);
        if (point == first) {
            return LITERALS.contains(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }
        if (bytes[first] == '0' && point > first + 1) {
            return false;
        }
        int index = point;
        if (index < to && bytes[index] == '.') {
            index = skipDigits(bytes, point + 1, to);
            if (index == point + 1) {
                return false;
            }
        }
        return index == to || ((bytes[index] == 'e' || bytes[index] == 'E') && isExponent(bytes, index + 1, to));
    }

    private static boolean isExponent(byte[] bytes, int from, int to) {
        int first = (from < to && (bytes[from] == '+' || bytes[from] == '-')) ? from + 1 : from;
        return first < to && skipDigits(bytes, first, to) == to;
    }

    private static int skipDigits(byte[] bytes, int from, int to) {
        int index = from;
        while (index < to && bytes[index] >= '0' && bytes[index] <= '9') {
            index++;
        }
        return index;
    }

    /**
     * Returns whether bytes are exactly one JSON value.
     * @param bytes the array that contains the value
     * @param from the index of the first byte
     * @param length the number of bytes
     * @return true if a parser reads the value to its end
     */
    static boolean isValidJson(byte[] bytes, int from, int length) {
        try (JsonParser parser = ItemStreamParser.JSON_FACTORY.createParser(ObjectReadContext.empty(), bytes, from,
                length)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        }
        catch (JacksonException ex) {
            return false;
        }
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    static int findStringEnd(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] == '\\') {
                i++;
            }
            else if (bytes[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    static int findObjectEnd(byte[] bytes, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '"') {
                int stringEnd = findStringEnd(bytes, i, to);
                if (stringEnd < 0) {
                    return -1;
                }
                i = stringEnd - 1;
            }
            else if (bytes[i] == '{') {
                depth++;
            }
            else if (bytes[i] == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

}
