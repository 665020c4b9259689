package pregao.ingest.parser;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Looks at JSON byte by byte, where a parser gave up.
 */
final class JsonBytes {

    private static final Set<String> WORDS = Set.of("true", "false", "null");

    private JsonBytes() {
    }

    /**
     * Whether a value without quotes is one of JSON.
     * @param in where it is
     * @param from its first byte
     * @param to the first byte behind it
     * @return true for a number, {@code true}, {@code false} and {@code null}
     */
    static boolean isJson(byte[] in, int from, int to) {
        int first = (in[from] == '-') ? from + 1 : from;
        int point = digits(in, first, to);
        if (point == first) {
            return WORDS.contains(new String(in, from, to - from, StandardCharsets.ISO_8859_1));
        }
        if (in[first] == '0' && point > first + 1) {
            return false;
        }
        int at = point;
        if (at < to && in[at] == '.') {
            at = digits(in, point + 1, to);
            if (at == point + 1) {
                return false;
            }
        }
        return at == to || ((in[at] == 'e' || in[at] == 'E') && isExponent(in, at + 1, to));
    }

    private static boolean isExponent(byte[] in, int from, int to) {
        int first = (from < to && (in[from] == '+' || in[from] == '-')) ? from + 1 : from;
        return first < to && digits(in, first, to) == to;
    }

    private static int digits(byte[] in, int from, int to) {
        int at = from;
        while (at < to && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at;
    }

    /**
     * Whether a value is JSON as a whole.
     * @param bytes where it is
     * @param from its first byte
     * @param length how many bytes
     * @return true if a parser reads it to its end
     */
    static boolean parses(byte[] bytes, int from, int length) {
        try (JsonParser parser = ItemStreamParser.JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
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

    static int endOfString(byte[] in, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (in[i] == '\\') {
                i++;
            }
            else if (in[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    static int endOfObject(byte[] in, int from, int to) {
        int open = 0;
        for (int i = from; i < to; i++) {
            if (in[i] == '"') {
                int end = endOfString(in, i, to);
                if (end < 0) {
                    return -1;
                }
                i = end - 1;
            }
            else if (in[i] == '{') {
                open++;
            }
            else if (in[i] == '}' && --open == 0) {
                return i + 1;
            }
        }
        return -1;
    }

}
