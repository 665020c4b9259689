package pregao.ingest.parser;

import java.math.BigDecimal;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;

/**
 * The ticks of one instrument in one request, which can be looked up by their time.
 *
 * <p>
 * A tick without {@code seq} is a tick of its own even where the one before says the
 * same: markets do quote twice alike within a millisecond, and its default {@code seq},
 * the number of earlier ticks of the same time, tells the two apart. Only a tick whose
 * {@code seq} was sent can be a repetition within its request.
 */
final class InstrumentTicks {

    private static final int INITIAL_CAPACITY = 8;

    private final Instrument instrument;

    private int size;

    private int crossedCount;

    private boolean admitted;

    private boolean digitsKnown;

    private TimeOrder.@Nullable Series timeSeries;

    private long[] times = new long[INITIAL_CAPACITY];

    private int[] seqs = new int[INITIAL_CAPACITY];

    private long[] bids = new long[INITIAL_CAPACITY];

    private long[] asks = new long[INITIAL_CAPACITY];

    private long[] lasts = new long[INITIAL_CAPACITY];

    private BigDecimal[] volumes = new BigDecimal[INITIAL_CAPACITY];

    private int[] flags = new int[INITIAL_CAPACITY];

    /** For each row: one more than the row before it with the same time, else 0. */
    private int[] previousRows = new int[INITIAL_CAPACITY];

    /** For each row: how many rows before it have the same time. */
    private int[] ordinals = new int[INITIAL_CAPACITY];

    /** By the hash of the time: one more than the last row with it, else 0. */
    private int[] rowTable = new int[INITIAL_CAPACITY * 2];

    InstrumentTicks(Instrument instrument) {
        this.instrument = instrument;
    }

    Instrument instrument() {
        return this.instrument;
    }

    int size() {
        return this.size;
    }

    int crossedCount() {
        return this.crossedCount;
    }

    boolean isAdmitted() {
        return this.admitted;
    }

    void markAdmitted() {
        this.admitted = true;
    }

    boolean hasDigits() {
        return this.digitsKnown;
    }

    void markDigitsKnown() {
        this.digitsKnown = true;
    }

    /**
     * The order of its times, which tells those apart that a clock shows twice.
     * @param timeOrder of the whole request
     * @return the same each time
     */
    TimeOrder.Series timeSeries(TimeOrder timeOrder) {
        TimeOrder.Series series = this.timeSeries;
        if (series == null) {
            series = timeOrder.getSeries(this.instrument.symbol(), 0);
            this.timeSeries = series;
        }
        return series;
    }

    /**
     * Adds a tick unless it is there.
     * @param time epoch milliseconds
     * @param sentSequence as sent, or -1
     * @param bid units of 1e-8, 0 where it is unknown
     * @param ask units of 1e-8, 0 where it is unknown
     * @param last units of 1e-8, 0 where there is none
     * @param volume 0 where there is none
     * @param tickFlags the bits
     * @return false for a repetition
     */
    boolean add(long time, int sentSequence, long bid, long ask, long last, BigDecimal volume, int tickFlags) {
        int slot = findSlot(time);
        int lastRow = this.rowTable[slot];
        if (sentSequence >= 0) {
            for (int row = lastRow - 1; row >= 0; row = this.previousRows[row] - 1) {
                if (this.seqs[row] == sentSequence && this.bids[row] == bid && this.asks[row] == ask
                        && this.lasts[row] == last && this.flags[row] == tickFlags
                        && this.volumes[row].compareTo(volume) == 0) {
                    return false;
                }
            }
        }
        int ordinal = (lastRow == 0) ? 0 : this.ordinals[lastRow - 1] + 1;
        int newRow = this.size++;
        this.times[newRow] = time;
        this.seqs[newRow] = (sentSequence >= 0) ? sentSequence : ordinal;
        this.bids[newRow] = bid;
        this.asks[newRow] = ask;
        this.lasts[newRow] = last;
        this.volumes[newRow] = volume;
        this.flags[newRow] = tickFlags;
        this.previousRows[newRow] = lastRow;
        this.ordinals[newRow] = ordinal;
        this.rowTable[slot] = newRow + 1;
        this.crossedCount += (bid > ask && ask > 0) ? 1 : 0;
        if (this.size == this.times.length) {
            grow();
        }
        return true;
    }

    private int findSlot(long time) {
        int mask = this.rowTable.length - 1;
        int slot = (int) ((time * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (this.rowTable[slot] != 0 && this.times[this.rowTable[slot] - 1] != time) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int capacity = this.size * 2;
        this.times = Arrays.copyOf(this.times, capacity);
        this.seqs = Arrays.copyOf(this.seqs, capacity);
        this.bids = Arrays.copyOf(this.bids, capacity);
        this.asks = Arrays.copyOf(this.asks, capacity);
        this.lasts = Arrays.copyOf(this.lasts, capacity);
        this.volumes = Arrays.copyOf(this.volumes, capacity);
        this.flags = Arrays.copyOf(this.flags, capacity);
        this.previousRows = Arrays.copyOf(this.previousRows, capacity);
        this.ordinals = Arrays.copyOf(this.ordinals, capacity);
        this.rowTable = new int[capacity * 2];
        for (int row = 0; row < this.size; row++) {
            this.rowTable[findSlot(this.times[row])] = row + 1;
        }
    }

    TickBatch toBatch(PriceBasis basis, long receivedAt) {
        TickBatch.Builder builder = TickBatch.of(this.instrument, basis, receivedAt, this.size);
        for (int i = 0; i < this.size; i++) {
            builder.add(this.times[i], this.seqs[i], this.bids[i], this.asks[i], this.lasts[i], this.volumes[i],
                    this.flags[i]);
        }
        return builder.build();
    }

}
