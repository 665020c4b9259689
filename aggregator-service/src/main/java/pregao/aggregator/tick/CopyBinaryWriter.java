package pregao.aggregator.tick;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import pregao.contracts.Instrument;

/**
 * Rows of {@code market_data_raw} in the binary form of COPY.
 */
final class CopyBinaryWriter {

    private static final byte[] SIGNATURE = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0 };

    /** 2000-01-01, where the database begins to count. */
    private static final long EPOCH_MILLIS = 946_684_800_000L;

    private static final int FIELDS = 8;

    private static final byte JSONB_VERSION = 1;

    private byte[] bytes = new byte[1 << 16];

    private int length;

    /**
     * Begins anew.
     */
    void begin() {
        this.length = 0;
        room(SIGNATURE.length + 8);
        System.arraycopy(SIGNATURE, 0, this.bytes, 0, SIGNATURE.length);
        this.length = SIGNATURE.length;
        int4(0);
        int4(0);
    }

    /**
     * Adds a row.
     * @param key the minute
     * @param part its number
     * @param json the ticks, and what was seen while they were written
     * @param ticks how many
     */
    void add(MinuteKey key, int part, RawTickJsonWriter json, int ticks) {
        Instrument instrument = key.instrument();
        room(512 + json.length());
        int2(FIELDS);
        text(instrument.feed());
        text(instrument.symbol());
        int4(Long.BYTES);
        int8((key.minute() - EPOCH_MILLIS) * 1000);
        int4(Integer.BYTES);
        int4(part);
        int4(json.length() + 1);
        this.bytes[this.length++] = JSONB_VERSION;
        System.arraycopy(json.bytes(), 0, this.bytes, this.length, json.length());
        this.length += json.length();
        int4(Integer.BYTES);
        int4(ticks);
        int4(Integer.BYTES);
        int4(json.crossed());
        int4(1);
        this.bytes[this.length++] = (byte) (json.isCoarse() ? 1 : 0);
    }

    /**
     * Ends.
     */
    void end() {
        room(2);
        int2(-1);
    }

    byte[] bytes() {
        return this.bytes;
    }

    int length() {
        return this.length;
    }

    private void text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        int4(encoded.length);
        System.arraycopy(encoded, 0, this.bytes, this.length, encoded.length);
        this.length += encoded.length;
    }

    private void int2(int value) {
        this.bytes[this.length++] = (byte) (value >> 8);
        this.bytes[this.length++] = (byte) value;
    }

    private void int4(int value) {
        int2(value >> 16);
        int2(value);
    }

    private void int8(long value) {
        int4((int) (value >> 32));
        int4((int) value);
    }

    private void room(int more) {
        if (this.bytes.length - this.length < more) {
            this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.length + more));
        }
    }

}
