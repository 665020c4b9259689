package pregao.ingest.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writer of JSON without whitespace. Some senders search the response for texts such as
 * {@code "inserted":1}.
 */
public final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;

    private int size;

    private long cachedSecond = Long.MIN_VALUE;

    private final byte[] cachedTime = new byte[20];

    /**
     * Creates an empty writer.
     * @param capacity the expected size in bytes
     */
    public JsonWriter(int capacity) {
        this.bytes = new byte[Math.max(capacity, 64)];
    }

    /**
     * Appends ASCII text unchanged.
     * @param json a fragment of JSON
     * @return this writer
     */
    @SuppressWarnings("deprecation") // the fastest way to copy text that is known to be
                                     // ASCII
    public JsonWriter raw(String json) {
        ensureCapacity(json.length());
        json.getBytes(0, json.length(), this.bytes, this.size);
        this.size += json.length();
        return this;
    }

    public JsonWriter number(long number) {
        if (number >= 0 && number < 10) {
            ensureCapacity(1);
            this.bytes[this.size++] = (byte) ('0' + number);
            return this;
        }
        return raw(Long.toString(number));
    }

    /**
     * Appends a quoted string.
     * @param text the string, or null for the literal {@code null}
     * @return this writer
     */
    public JsonWriter string(@Nullable String text) {
        if (text == null) {
            return raw("null");
        }
        char[] chars = text.toCharArray();
        return string(chars, 0, chars.length);
    }

    /**
     * Appends a quoted string.
     * @param chars the array that contains the characters
     * @param from the index of the first character
     * @param to the index after the last character
     * @return this writer
     */
    public JsonWriter string(char[] chars, int from, int to) {
        ensureCapacity((to - from) * 6 + 2);
        this.bytes[this.size++] = '"';
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                this.bytes[this.size++] = (byte) c;
            }
            else {
                escape(c);
            }
        }
        this.bytes[this.size++] = '"';
        return this;
    }

    /**
     * Escapes a character. All non-ASCII characters are escaped, so an unpaired surrogate
     * does no harm.
     */
    private void escape(char c) {
        this.bytes[this.size++] = '\\';
        if (c == '"' || c == '\\') {
            this.bytes[this.size++] = (byte) c;
            return;
        }
        this.bytes[this.size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            this.bytes[this.size++] = HEX[(c >> shift) & 0xF];
        }
    }

    /**
     * Appends a quoted timestamp, such as {@code "2025-10-20T03:00:00Z"}.
     * @param millis epoch milliseconds; a fraction is written only if it is not zero
     * @return this writer
     */
    public JsonWriter time(long millis) {
        ensureCapacity(26);
        long second = Math.floorDiv(millis, 1000L);
        if (second != this.cachedSecond) {
            formatSecond(second);
        }
        this.bytes[this.size++] = '"';
        System.arraycopy(this.cachedTime, 0, this.bytes, this.size, 19);
        this.size += 19;
        int millisOfSecond = (int) Math.floorMod(millis, 1000L);
        if (millisOfSecond != 0) {
            this.bytes[this.size++] = '.';
            this.bytes[this.size++] = (byte) ('0' + millisOfSecond / 100);
            this.bytes[this.size++] = (byte) ('0' + millisOfSecond / 10 % 10);
            this.bytes[this.size++] = (byte) ('0' + millisOfSecond % 10);
        }
        this.bytes[this.size++] = 'Z';
        this.bytes[this.size++] = '"';
        return this;
    }

    private void formatSecond(long second) {
        long epochDay = Math.floorDiv(second, 86_400L);
        int secondOfDay = (int) Math.floorMod(second, 86_400L);
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        writeTwoDigits(0, date.getYear() / 100);
        writeTwoDigits(2, date.getYear() % 100);
        this.cachedTime[4] = '-';
        writeTwoDigits(5, date.getMonthValue());
        this.cachedTime[7] = '-';
        writeTwoDigits(8, date.getDayOfMonth());
        this.cachedTime[10] = 'T';
        writeTwoDigits(11, secondOfDay / 3600);
        this.cachedTime[13] = ':';
        writeTwoDigits(14, secondOfDay / 60 % 60);
        this.cachedTime[16] = ':';
        writeTwoDigits(17, secondOfDay % 60);
        this.cachedSecond = second;
    }

    private void writeTwoDigits(int offset, int number) {
        this.cachedTime[offset] = (byte) ('0' + number / 10);
        this.cachedTime[offset + 1] = (byte) ('0' + number % 10);
    }

    private void ensureCapacity(int count) {
        if (this.size + count > this.bytes.length) {
            this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.size + count));
        }
    }

    /**
     * Returns the JSON written so far.
     * @return a copy of the bytes, in ASCII
     */
    public byte[] toBytes() {
        return Arrays.copyOf(this.bytes, this.size);
    }

    @Override
    public String toString() {
        return new String(this.bytes, 0, this.size, StandardCharsets.US_ASCII);
    }

}
