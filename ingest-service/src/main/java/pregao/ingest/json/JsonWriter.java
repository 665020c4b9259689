package pregao.ingest.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * JSON text under way, without blanks: some senders search it for {@code "inserted":1}.
 */
public final class JsonWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;

    private int size;

    private long cachedSecond = Long.MIN_VALUE;

    private final byte[] cachedTime = new byte[20];

    /**
     * Starts an empty text.
     * @param capacity how many bytes are expected
     */
    public JsonWriter(int capacity) {
        this.bytes = new byte[Math.max(capacity, 64)];
    }

    /**
     * Appends ASCII as it is.
     * @param json part of the text
     * @return this
     */
    @SuppressWarnings("deprecation") // the fast way for what is ASCII for certain
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
     * Appends a string in quotes.
     * @param text the string, or null
     * @return this
     */
    public JsonWriter string(@Nullable String text) {
        if (text == null) {
            return raw("null");
        }
        char[] chars = text.toCharArray();
        return string(chars, 0, chars.length);
    }

    /**
     * Appends a string in quotes.
     * @param chars where it is
     * @param from its first character
     * @param to the first behind it
     * @return this
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

    /** What is not plain ASCII is escaped, so half of a pair does no harm. */
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
     * Appends a moment in quotes, such as {@code "2025-10-20T03:00:00Z"}.
     * @param millis epoch milliseconds, of which whole seconds are shown, and the rest
     * where there is any
     * @return this
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
     * The text so far.
     * @return its bytes
     */
    public byte[] toBytes() {
        return Arrays.copyOf(this.bytes, this.size);
    }

    @Override
    public String toString() {
        return new String(this.bytes, 0, this.size, StandardCharsets.US_ASCII);
    }

}
