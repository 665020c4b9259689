package pregao.aggregator.tick;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

import pregao.contracts.Prices;
import pregao.market.tick.MinuteTickBuffer;

/**
 * Writes ticks as JSON into a buffer that is reused, because every tick passes through
 * this class.
 */
final class RawTickJsonWriter {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:")
        .withZone(ZoneOffset.UTC);

    /** Longer than any tick, even with a long volume. */
    private static final int MAX_TICK_LENGTH = 320;

    private static final byte[] TS = ascii("{\"ts\":\"");

    private static final byte[] TS_END = ascii("Z\"");

    private static final byte[] BID = ascii(",\"bid\":");

    private static final byte[] ASK = ascii(",\"ask\":");

    private static final byte[] SEQ = ascii(",\"seq\":");

    private static final byte[] LAST = ascii(",\"last\":");

    private static final byte[] VOLUME = ascii(",\"volume\":");

    private static final byte[] FLAGS = ascii(",\"flags\":");

    private byte[] bytes = new byte[1 << 16];

    private int length;

    private int crossed;

    private boolean coarse;

    /**
     * Writes ticks of a minute, replacing the content of the buffer.
     * @param ticks the ticks of the minute
     * @param from the index of the first tick
     * @param to the index after the last tick
     */
    void write(MinuteTickBuffer ticks, int from, int to) {
        this.length = 0;
        this.crossed = 0;
        this.coarse = true;
        byte[] minute = ascii(MINUTE.format(Instant.ofEpochMilli(ticks.minute())));
        append('[');
        for (int i = from; i < to; i++) {
            ensureCapacity(MAX_TICK_LENGTH);
            if (i > from) {
                append(',');
            }
            writeTick(ticks, i, minute);
        }
        append(']');
    }

    private void writeTick(MinuteTickBuffer ticks, int index, byte[] minute) {
        append(TS);
        append(minute);
        writeSeconds((int) (ticks.time(index) - ticks.minute()));
        append(TS_END);
        writeQuote(ticks.bid(index), ticks.ask(index));
        if (ticks.seq(index) != 0) {
            append(SEQ);
            writeNumber(ticks.seq(index));
        }
        if (ticks.last(index) != 0) {
            append(LAST);
            writePrice(ticks.last(index));
        }
        BigDecimal volume = ticks.volume(index);
        if (volume.signum() != 0) {
            append(VOLUME);
            append(ascii(volume.toPlainString()));
        }
        if (ticks.flags(index) != 0) {
            append(FLAGS);
            writeNumber(ticks.flags(index));
        }
        append('}');
    }

    /** An unknown side is left out. */
    private void writeQuote(long bid, long ask) {
        if (bid != 0) {
            append(BID);
            writePrice(bid);
        }
        if (ask != 0) {
            append(ASK);
            writePrice(ask);
        }
        if (ask < bid && ask != 0) {
            this.crossed++;
        }
    }

    private void writeSeconds(int millis) {
        int seconds = millis / 1000;
        append('0' + seconds / 10);
        append('0' + seconds % 10);
        append('.');
        int millisOfSecond = millis % 1000;
        this.coarse &= millisOfSecond == 0;
        append('0' + millisOfSecond / 100);
        append('0' + millisOfSecond / 10 % 10);
        append('0' + millisOfSecond % 10);
    }

    private void writePrice(long units) {
        writeNumber(units / Prices.ONE);
        long decimals = units % Prices.ONE;
        if (decimals == 0) {
            return;
        }
        append('.');
        for (long digit = Prices.ONE / 10; decimals != 0; digit /= 10) {
            append('0' + (int) (decimals / digit));
            decimals %= digit;
        }
    }

    private void writeNumber(long value) {
        long remaining = value;
        if (remaining < 0) {
            append('-');
            remaining = -remaining;
        }
        int digits = 1;
        for (long quotient = remaining / 10; quotient != 0; quotient /= 10) {
            digits++;
        }
        for (int position = this.length + digits - 1; position >= this.length; position--) {
            this.bytes[position] = (byte) ('0' + remaining % 10);
            remaining /= 10;
        }
        this.length += digits;
    }

    private void append(int character) {
        this.bytes[this.length++] = (byte) character;
    }

    private void append(byte[] text) {
        System.arraycopy(text, 0, this.bytes, this.length, text.length);
        this.length += text.length;
    }

    private void ensureCapacity(int additional) {
        if (this.bytes.length - this.length < additional) {
            this.bytes = Arrays.copyOf(this.bytes, this.bytes.length * 2);
        }
    }

    byte[] bytes() {
        return this.bytes;
    }

    int length() {
        return this.length;
    }

    /**
     * Returns the number of written ticks whose ask is below the bid.
     */
    int crossed() {
        return this.crossed;
    }

    /**
     * Returns true if all written ticks have whole seconds.
     */
    boolean isCoarse() {
        return this.coarse;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

}
