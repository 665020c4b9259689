package pregao.market.tick;

import java.math.BigDecimal;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.tick.TickBatch;

/**
 * Growable columns of ticks, so that a tick costs no object. Columns that no tick has a
 * value in are not there.
 */
final class TickColumnBuffer {

    private static final int FIRST_ROOM = 32;

    private int size;

    /** The last row's, beside the arrays, so that appending reads none of them. */
    private long lastTime = Long.MIN_VALUE;

    private int lastSeq;

    private long[] times = new long[FIRST_ROOM];

    private int[] seqs = new int[FIRST_ROOM];

    private long[] bids = new long[FIRST_ROOM];

    private long[] asks = new long[FIRST_ROOM];

    private long @Nullable [] lasts;

    private @Nullable BigDecimal @Nullable [] volumes;

    private int @Nullable [] flags;

    int size() {
        return this.size;
    }

    long time(int index) {
        return this.times[index];
    }

    int seq(int index) {
        return this.seqs[index];
    }

    long bid(int index) {
        return this.bids[index];
    }

    long ask(int index) {
        return this.asks[index];
    }

    long last(int index) {
        return (this.lasts != null) ? this.lasts[index] : 0;
    }

    BigDecimal volume(int index) {
        BigDecimal volume = (this.volumes != null) ? this.volumes[index] : null;
        return (volume != null) ? volume : BigDecimal.ZERO;
    }

    int flags(int index) {
        return (this.flags != null) ? this.flags[index] : 0;
    }

    /**
     * Whether a tick lies behind the last one here.
     */
    boolean endsBefore(long time, int seq) {
        return this.lastTime < time || (this.lastTime == time && this.lastSeq < seq);
    }

    /**
     * The index of the first tick that is not before (time, seq).
     */
    int firstNotBefore(long time, int seq) {
        int from = 0;
        int to = this.size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (this.times[middle] < time || (this.times[middle] == time && this.seqs[middle] < seq)) {
                from = middle + 1;
            }
            else {
                to = middle;
            }
        }
        return from;
    }

    boolean isAt(int index, long time, int seq) {
        return index < this.size && this.times[index] == time && this.seqs[index] == seq;
    }

    /**
     * Whether the values besides time and seq are equal.
     */
    boolean hasValues(int index, TickBatch batch, int of) {
        return bid(index) == batch.bid(of) && ask(index) == batch.ask(of) && last(index) == batch.last(of)
                && flags(index) == batch.flags(of) && volume(index).compareTo(batch.volume(of)) == 0;
    }

    void insert(int at, TickBatch batch, int index) {
        if (this.size == this.times.length) {
            grow();
        }
        if (at < this.size) {
            shift(at);
        }
        else {
            this.lastTime = batch.time(index);
            this.lastSeq = batch.seq(index);
        }
        this.size++;
        this.times[at] = batch.time(index);
        this.seqs[at] = batch.seq(index);
        this.bids[at] = batch.bid(index);
        this.asks[at] = batch.ask(index);
        long last = batch.last(index);
        if (last != 0 || this.lasts != null) {
            lasts()[at] = last;
        }
        BigDecimal volume = batch.volume(index);
        if (volume.signum() != 0 || this.volumes != null) {
            volumes()[at] = volume;
        }
        int bits = batch.flags(index);
        if (bits != 0 || this.flags != null) {
            flags()[at] = bits;
        }
    }

    private long[] lasts() {
        if (this.lasts == null) {
            this.lasts = new long[this.times.length];
        }
        return this.lasts;
    }

    private @Nullable BigDecimal[] volumes() {
        if (this.volumes == null) {
            this.volumes = new @Nullable BigDecimal[this.times.length];
        }
        return this.volumes;
    }

    private int[] flags() {
        if (this.flags == null) {
            this.flags = new int[this.times.length];
        }
        return this.flags;
    }

    private void shift(int at) {
        int count = this.size - at;
        System.arraycopy(this.times, at, this.times, at + 1, count);
        System.arraycopy(this.seqs, at, this.seqs, at + 1, count);
        System.arraycopy(this.bids, at, this.bids, at + 1, count);
        System.arraycopy(this.asks, at, this.asks, at + 1, count);
        if (this.lasts != null) {
            System.arraycopy(this.lasts, at, this.lasts, at + 1, count);
        }
        if (this.volumes != null) {
            System.arraycopy(this.volumes, at, this.volumes, at + 1, count);
        }
        if (this.flags != null) {
            System.arraycopy(this.flags, at, this.flags, at + 1, count);
        }
    }

    private void grow() {
        int room = this.times.length * 2;
        this.times = Arrays.copyOf(this.times, room);
        this.seqs = Arrays.copyOf(this.seqs, room);
        this.bids = Arrays.copyOf(this.bids, room);
        this.asks = Arrays.copyOf(this.asks, room);
        if (this.lasts != null) {
            this.lasts = Arrays.copyOf(this.lasts, room);
        }
        if (this.volumes != null) {
            this.volumes = Arrays.copyOf(this.volumes, room);
        }
        if (this.flags != null) {
            this.flags = Arrays.copyOf(this.flags, room);
        }
    }

}
