package pregao.ingest.parser;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * JSON of a request body. The decoder strips the trailing NUL of MetaTrader strings, a
 * byte order mark and whitespace, and converts bodies that are not valid UTF-8 from
 * Windows-1252.
 */
public final class BodyDecoder {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final byte[] bytes;

    private final int from;

    private final int to;

    private BodyDecoder(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /**
     * Decodes a body.
     * @param body the body as sent, after decompression; it is not copied
     * @return the JSON
     */
    public static BodyDecoder of(byte[] body) {
        int from = startsWithByteOrderMark(body) ? 3 : 0;
        int to = body.length;
        while (from < to && isPadding(body[from])) {
            from++;
        }
        while (to > from && isPadding(body[to - 1])) {
            to--;
        }
        if (isAscii(body, from, to) || isUtf8(body, from, to)) {
            return new BodyDecoder(body, from, to);
        }
        byte[] encoded = new String(body, from, to - from, WINDOWS_1252).getBytes(StandardCharsets.UTF_8);
        return new BodyDecoder(encoded, 0, encoded.length);
    }

    private static boolean startsWithByteOrderMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    }

    private static boolean isPadding(byte b) {
        return b == 0 || b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static boolean isAscii(byte[] body, int from, int to) {
        byte combined = 0;
        for (int i = from; i < to; i++) {
            combined |= body[i];
        }
        return combined >= 0;
    }

    private static boolean isUtf8(byte[] body, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, from, to - from));
            return true;
        }
        catch (CharacterCodingException ex) {
            return false;
        }
    }

    byte[] bytes() {
        return this.bytes;
    }

    int from() {
        return this.from;
    }

    int length() {
        return this.to - this.from;
    }

}
