package pregao.ingest.ea;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Values that stand in JSON without quotes.
 */
final class BareValue {

    private static final Set<String> WORDS = Set.of("true", "false", "null");

    private BareValue() {
    }

    /**
     * Whether a value is one of JSON.
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

}
