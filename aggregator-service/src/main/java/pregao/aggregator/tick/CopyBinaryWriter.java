package pregao.aggregator.tick;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import pregao.contracts.Instrument;

/**
 * Writes rows of {@code market.market_data_raw} in the binary format of COPY. See
 * <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a> in the
 * PostgreSQL documentation.
 */
final class CopyBinaryWriter {

    private static final byte[] SIGNATURE = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0 };

    /** The epoch of PostgreSQL timestamps, 2000-01-01. */
    private static final long EPOCH_MILLIS = 946_684_800_000L;

    private static final int FIELD_COUNT = 8;

    private static final byte JSONB_VERSION = 1;

    private byte[] bytes = new byte[1 << 16];

    private int length;

    /**
     * Clears the buffer and writes the header.
     */
    void begin() {
        this.length = 0;
        ensureCapacity(SIGNATURE.length + 8);
        System.arraycopy(SIGNATURE, 0, this.bytes, 0, SIGNATURE.length);
        this.length = SIGNATURE.length;
        writeInt4(0);
        writeInt4(0);
    }

    /**
     * Adds a row.
     * @param key the minute
     * @param part the number of the part
     * @param json the ticks as JSON, and the statistics of writing them
     * @param ticks the number of ticks
     */
    void addRow(MinuteKey key, int part, RawTickJsonWriter json, int ticks) {
        Instrument instrument = key.instrument();
        ensureCapacity(512 + json.length());
        writeInt2(FIELD_COUNT);
        writeText(instrument.feed());
        writeText(instrument.symbol());
        writeInt4(Long.BYTES);
        writeInt8((key.minute() - EPOCH_MILLIS) * 1000);
        writeInt4(Integer.BYTES);
        writeInt4(part);
        writeInt4(json.length() + 1);
        this.bytes[this.length++] = JSONB_VERSION;
        System.arraycopy(json.bytes(), 0, this.bytes, this.length, json.length());
        this.length += json.length();
        writeInt4(Integer.BYTES);
        writeInt4(ticks);
        writeInt4(Integer.BYTES);
        writeInt4(json.crossed());
        writeInt4(1);
        this.bytes[this.length++] = (byte) (json.isCoarse() ? 1 : 0);
    }

    /**
     * Writes the trailer.
     */
    void finish() {
        ensureCapacity(2);
        writeInt2(-1);
    }

    byte[] bytes() {
        return this.bytes;
    }

    int length() {
        return this.length;
    }

    private void writeText(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        writeInt4(encoded.length);
        System.arraycopy(encoded, 0, this.bytes, this.length, encoded.length);
        this.length += encoded.length;
    }

    private void writeInt2(int value) {
        this.bytes[this.length++] = (byte) (value >> 8);
        this.bytes[this.length++] = (byte) value;
    }

    private void writeInt4(int value) {
        writeInt2(value >> 16);
        writeInt2(value);
    }

    private void writeInt8(long value) {
        writeInt4((int) (value >> 32));
        writeInt4((int) value);
    }

    private void ensureCapacity(int additional) {
        if (this.bytes.length - this.length < additional) {
            this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.length + additional));
        }
    }

}
