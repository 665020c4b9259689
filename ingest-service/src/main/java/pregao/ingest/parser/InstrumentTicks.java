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

    private static final int FIRST_ROOM = 8;

    private final Instrument instrument;

    private int size;

    private int crossed;

    private boolean admitted;

    private boolean digits;

    private TimeOrder.@Nullable Series order;

    private long[] times = new long[FIRST_ROOM];

    private int[] seqs = new int[FIRST_ROOM];

    private long[] bids = new long[FIRST_ROOM];

    private long[] asks = new long[FIRST_ROOM];

    private long[] lasts = new long[FIRST_ROOM];

    private BigDecimal[] volumes = new BigDecimal[FIRST_ROOM];

    private int[] flags = new int[FIRST_ROOM];

    /** For each row: one more than the row before it with the same time, else 0. */
    private int[] earlier = new int[FIRST_ROOM];

    /** For each row: how many rows before it have the same time. */
    private int[] ordinal = new int[FIRST_ROOM];

    /** By the hash of the time: one more than the last row with it, else 0. */
    private int[] table = new int[FIRST_ROOM * 2];

    InstrumentTicks(Instrument instrument) {
        this.instrument = instrument;
    }

    Instrument instrument() {
        return this.instrument;
    }

    int size() {
        return this.size;
    }

    int crossed() {
        return this.crossed;
    }

    boolean isAdmitted() {
        return this.admitted;
    }

    void admit() {
        this.admitted = true;
    }

    boolean knowsDigits() {
        return this.digits;
    }

    void learnDigits() {
        this.digits = true;
    }

    /**
     * The order of its times, which tells those apart that a clock shows twice.
     * @param request of the whole request
     * @return the same each time
     */
    TimeOrder.Series order(TimeOrder request) {
        TimeOrder.Series series = this.order;
        if (series == null) {
            series = request.series(this.instrument.symbol(), 0);
            this.order = series;
        }
        return series;
    }

    /**
     * Adds a tick unless it is there.
     * @param time epoch milliseconds
     * @param sentSeq as sent, or -1
     * @param bid units of 1e-8, 0 where it is unknown
     * @param ask units of 1e-8, 0 where it is unknown
     * @param last units of 1e-8, 0 where there is none
     * @param volume 0 where there is none
     * @param flag the bits
     * @return false for a repetition
     */
    boolean add(long time, int sentSeq, long bid, long ask, long last, BigDecimal volume, int flag) {
        int slot = slot(time);
        int before = this.table[slot];
        if (sentSeq >= 0) {
            for (int row = before - 1; row >= 0; row = this.earlier[row] - 1) {
                if (this.seqs[row] == sentSeq && this.bids[row] == bid && this.asks[row] == ask
                        && this.lasts[row] == last && this.flags[row] == flag
                        && this.volumes[row].compareTo(volume) == 0) {
                    return false;
                }
            }
        }
        int nth = (before == 0) ? 0 : this.ordinal[before - 1] + 1;
        int at = this.size++;
        this.times[at] = time;
        this.seqs[at] = (sentSeq >= 0) ? sentSeq : nth;
        this.bids[at] = bid;
        this.asks[at] = ask;
        this.lasts[at] = last;
        this.volumes[at] = volume;
        this.flags[at] = flag;
        this.earlier[at] = before;
        this.ordinal[at] = nth;
        this.table[slot] = at + 1;
        this.crossed += (bid > ask && ask > 0) ? 1 : 0;
        if (this.size == this.times.length) {
            grow();
        }
        return true;
    }

    private int slot(long time) {
        int mask = this.table.length - 1;
        int slot = (int) ((time * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (this.table[slot] != 0 && this.times[this.table[slot] - 1] != time) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int room = this.size * 2;
        this.times = Arrays.copyOf(this.times, room);
        this.seqs = Arrays.copyOf(this.seqs, room);
        this.bids = Arrays.copyOf(this.bids, room);
        this.asks = Arrays.copyOf(this.asks, room);
        this.lasts = Arrays.copyOf(this.lasts, room);
        this.volumes = Arrays.copyOf(this.volumes, room);
        this.flags = Arrays.copyOf(this.flags, room);
        this.earlier = Arrays.copyOf(this.earlier, room);
        this.ordinal = Arrays.copyOf(this.ordinal, room);
        this.table = new int[room * 2];
        for (int row = 0; row < this.size; row++) {
            this.table[slot(this.times[row])] = row + 1;
        }
    }

    TickBatch toTicks(PriceBasis basis, long receivedAt) {
        TickBatch.Builder ticks = TickBatch.of(this.instrument, basis, receivedAt, this.size);
        for (int i = 0; i < this.size; i++) {
            ticks.add(this.times[i], this.seqs[i], this.bids[i], this.asks[i], this.lasts[i], this.volumes[i],
                    this.flags[i]);
        }
        return ticks.build();
    }

}
