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
 * Writes ticks as JSON into one buffer that is used again and again, because this is done
 * for every tick.
 */
final class RawTickJsonWriter {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:")
        .withZone(ZoneOffset.UTC);

    /** More than any tick with a long volume. */
    private static final int ROOM_A_TICK = 320;

    private static final byte[] TS = ascii("{\"ts\":\"");

    private static final byte[] END_OF_TS = ascii("Z\"");

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
     * Writes some ticks of a minute, in place of what was written before.
     * @param ticks of the minute
     * @param from the first
     * @param to behind the last
     */
    void write(MinuteTickBuffer ticks, int from, int to) {
        this.length = 0;
        this.crossed = 0;
        this.coarse = true;
        byte[] minute = ascii(MINUTE.format(Instant.ofEpochMilli(ticks.minute())));
        put('[');
        for (int i = from; i < to; i++) {
            room(ROOM_A_TICK);
            if (i > from) {
                put(',');
            }
            tick(ticks, i, minute);
        }
        put(']');
    }

    private void tick(MinuteTickBuffer ticks, int index, byte[] minute) {
        put(TS);
        put(minute);
        second((int) (ticks.time(index) - ticks.minute()));
        put(END_OF_TS);
        quote(ticks.bid(index), ticks.ask(index));
        if (ticks.seq(index) != 0) {
            put(SEQ);
            number(ticks.seq(index));
        }
        if (ticks.last(index) != 0) {
            put(LAST);
            price(ticks.last(index));
        }
        BigDecimal volume = ticks.volume(index);
        if (volume.signum() != 0) {
            put(VOLUME);
            put(ascii(volume.toPlainString()));
        }
        if (ticks.flags(index) != 0) {
            put(FLAGS);
            number(ticks.flags(index));
        }
        put('}');
    }

    /** A side that is not known is not there. */
    private void quote(long bid, long ask) {
        if (bid != 0) {
            put(BID);
            price(bid);
        }
        if (ask != 0) {
            put(ASK);
            price(ask);
        }
        if (ask < bid && ask != 0) {
            this.crossed++;
        }
    }

    private void second(int millis) {
        int seconds = millis / 1000;
        put('0' + seconds / 10);
        put('0' + seconds % 10);
        put('.');
        int rest = millis % 1000;
        this.coarse &= rest == 0;
        put('0' + rest / 100);
        put('0' + rest / 10 % 10);
        put('0' + rest % 10);
    }

    private void price(long units) {
        number(units / Prices.ONE);
        long decimals = units % Prices.ONE;
        if (decimals == 0) {
            return;
        }
        put('.');
        for (long digit = Prices.ONE / 10; decimals != 0; digit /= 10) {
            put('0' + (int) (decimals / digit));
            decimals %= digit;
        }
    }

    private void number(long value) {
        long rest = value;
        if (rest < 0) {
            put('-');
            rest = -rest;
        }
        int digits = 1;
        for (long bound = rest / 10; bound != 0; bound /= 10) {
            digits++;
        }
        for (int at = this.length + digits - 1; at >= this.length; at--) {
            this.bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        this.length += digits;
    }

    private void put(int character) {
        this.bytes[this.length++] = (byte) character;
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, this.bytes, this.length, text.length);
        this.length += text.length;
    }

    private void room(int more) {
        if (this.bytes.length - this.length < more) {
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
     * How many of the ticks written have the ask below the bid.
     */
    int crossed() {
        return this.crossed;
    }

    /**
     * Whether all ticks written have whole seconds.
     */
    boolean isCoarse() {
        return this.coarse;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

}
