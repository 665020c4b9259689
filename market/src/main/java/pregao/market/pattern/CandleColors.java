package pregao.market.pattern;

import java.util.Arrays;

import pregao.contracts.Timeframe;

/**
 * The colours of one instrument's final candles, one beside the other on the grid of
 * their timeframe, with holes where there is no candle. A candle is green where its close
 * is above its open, red where it is below, and a doji where they are equal, to the last
 * unit.
 */
public final class CandleColors {

    /** No candle. */
    public static final byte NONE = 0;

    /** Closed above its open. */
    public static final byte GREEN = 1;

    /** Closed below its open. */
    public static final byte RED = 2;

    /** Closed at its open. */
    public static final byte DOJI = 3;

    private static final int MAX_COUNT = 1 << 22;

    private final Timeframe timeframe;

    private final long from;

    private final byte[] all;

    private CandleColors(Timeframe timeframe, long from, byte[] all) {
        this.timeframe = timeframe;
        this.from = from;
        this.all = all;
    }

    /**
     * Colours of candles.
     * @param timeframe how long they are
     * @param times open times, epoch milliseconds, ascending multiples of the timeframe
     * @param opens units of 1e-8
     * @param closes units of 1e-8
     * @return at most four million places, holes included
     */
    public static CandleColors of(Timeframe timeframe, long[] times, long[] opens, long[] closes) {
        byte[] colours = new byte[times.length];
        for (int i = 0; i < times.length; i++) {
            colours[i] = of(opens[i], closes[i]);
        }
        return marked(timeframe, times, colours);
    }

    /**
     * Colours that are known already.
     * @param timeframe how long the candles are
     * @param times open times, epoch milliseconds, ascending multiples of the timeframe
     * @param colours one for each time
     * @return at most four million places, holes included
     */
    public static CandleColors marked(Timeframe timeframe, long[] times, byte[] colours) {
        if (times.length == 0) {
            return new CandleColors(timeframe, 0, new byte[0]);
        }
        long places = (times[times.length - 1] - times[0]) / timeframe.millis() + 1;
        if (places > MAX_COUNT) {
            throw new IllegalArgumentException("%d places are more than %d".formatted(places, MAX_COUNT));
        }
        byte[] all = new byte[(int) places];
        for (int i = 0; i < times.length; i++) {
            if (!timeframe.isAligned(times[i]) || (i > 0 && times[i] <= times[i - 1])) {
                throw new IllegalArgumentException(
                        "open times ascend by multiples of %s, not %d".formatted(timeframe, times[i]));
            }
            all[(int) ((times[i] - times[0]) / timeframe.millis())] = colours[i];
        }
        return new CandleColors(timeframe, times[0], all);
    }

    /**
     * Colours of a {@link #packed()} form.
     * @param timeframe how long the candles are
     * @param from the open time of the first candle, epoch milliseconds
     * @param places how many places there are, holes included
     * @param packed four places a byte, the first in the lowest bits
     * @return the same colours
     */
    public static CandleColors unpacked(Timeframe timeframe, long from, int places, byte[] packed) {
        if (places < 0 || packed.length != (places + 3) / 4 || !timeframe.isAligned(from)) {
            throw new IllegalArgumentException(
                    "%d bytes from %d on are not %d places".formatted(packed.length, from, places));
        }
        byte[] all = new byte[places];
        for (int i = 0; i < places; i++) {
            all[i] = (byte) ((packed[i >> 2] >> ((i & 3) << 1)) & 3);
        }
        return new CandleColors(timeframe, from, all);
    }

    /**
     * Two bits a place, to be kept.
     * @return four places a byte, the first in the lowest bits
     */
    public byte[] packed() {
        byte[] packed = new byte[(this.all.length + 3) / 4];
        for (int i = 0; i < this.all.length; i++) {
            packed[i >> 2] |= (byte) (this.all[i] << ((i & 3) << 1));
        }
        return packed;
    }

    /**
     * How many places there are.
     * @return holes included
     */
    public int places() {
        return this.all.length;
    }

    /**
     * The colour of a candle.
     * @param time its open time, epoch milliseconds
     * @return one of the four
     */
    public byte colour(long time) {
        return at(place(time));
    }

    private static byte of(long open, long close) {
        return (close > open) ? GREEN : (close < open) ? RED : DOJI;
    }

    public Timeframe timeframe() {
        return this.timeframe;
    }

    /**
     * Whether there is no candle at all.
     * @return true where nothing can be said
     */
    public boolean isEmpty() {
        return this.all.length == 0;
    }

    /**
     * The open time of the first candle.
     * @return epoch milliseconds, 0 where there is none
     */
    public long from() {
        return this.from;
    }

    /**
     * The end of the last candle.
     * @return epoch milliseconds, 0 where there is none
     */
    public long to() {
        return this.from + this.all.length * this.timeframe.millis();
    }

    /**
     * The place of a moment on the grid.
     * @param time a multiple of the timeframe, epoch milliseconds
     * @return may be before the first or behind the last
     */
    int place(long time) {
        return Math.toIntExact(Math.clamp((time - this.from) / this.timeframe.millis(), -MAX_COUNT, 2L * MAX_COUNT));
    }

    /**
     * The colour at a place.
     * @param place on the grid
     * @return one of the four
     */
    byte at(int place) {
        return (place >= 0 && place < this.all.length) ? this.all[place] : NONE;
    }

    /**
     * Whether there is any candle in a time.
     * @param begin inclusive, epoch milliseconds
     * @param end exclusive, epoch milliseconds
     * @return false for a hole, as where the market is closed
     */
    public boolean anyIn(long begin, long end) {
        int last = Math.min(this.all.length, place(end));
        for (int i = Math.max(0, place(begin)); i < last; i++) {
            if (this.all[i] != NONE) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many candles of a colour there are in a time.
     * @param colour one of the four
     * @param begin inclusive, epoch milliseconds
     * @param end exclusive, epoch milliseconds
     * @return the number
     */
    public int count(byte colour, long begin, long end) {
        int count = 0;
        int last = Math.min(this.all.length, place(end));
        for (int i = Math.max(0, place(begin)); i < last; i++) {
            if (this.all[i] == colour) {
                count++;
            }
        }
        return count;
    }

    @Override
    public String toString() {
        return "CandleColors[%s from %d, %s]".formatted(this.timeframe, this.from,
                Arrays.toString(Arrays.copyOf(this.all, Math.min(this.all.length, 20))));
    }

}
