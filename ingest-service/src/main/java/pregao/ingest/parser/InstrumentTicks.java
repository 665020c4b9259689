package pregao.ingest.parser;

import java.math.BigDecimal;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.tick.TickBatch;

/**
 * Ticks of one instrument in one request, indexed by time.
 *
 * <p>
 * A tick without {@code seq} is always a separate tick, even if it equals the previous
 * one, because markets do quote the same prices twice within a millisecond. Its default
 * {@code seq} is the number of earlier ticks with the same time, which distinguishes the
 * two. Only a tick that was sent with {@code seq} can be a duplicate within its request.
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

    /**
     * For each row: the index of the previous row with the same time plus one, or 0 if
     * there is none.
     */
    private int[] previousRows = new int[INITIAL_CAPACITY];

    /** For each row: the number of previous rows with the same time. */
    private int[] ordinals = new int[INITIAL_CAPACITY];

    /**
     * Hash table by time: the index of the last row with that time plus one, or 0 if the
     * slot is empty.
     */
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
     * Returns the time series of the instrument, which resolves ambiguous local times by
     * their order.
     * @param timeOrder the order of the whole request
     * @return the series; the same on each call
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
     * Adds a tick unless it is a duplicate.
     * @param time epoch milliseconds
     * @param sentSequence {@code seq} as sent, or -1
     * @param bid the bid in units of 1e-8, or 0 if it is unknown
     * @param ask the ask in units of 1e-8, or 0 if it is unknown
     * @param last the last price in units of 1e-8, or 0 if there is none
     * @param volume the volume, or 0 if there is none
     * @param tickFlags the flags of MetaTrader
     * @return false if the tick is a duplicate
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
