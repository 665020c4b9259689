package pregao.contracts.tick;

import java.math.BigDecimal;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.EpochMillis;
import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.Volumes;

/**
 * Ticks of one instrument from one request, in the order they came: columns of plain
 * arrays, so that a tick costs no object. Not changed after {@link Builder#build()}.
 */
public final class TickBatch {

    private final Instrument instrument;

    private final PriceBasis basis;

    private final long receivedAt;

    private final @Nullable TickChange change;

    private final int size;

    private final long[] times;

    private final int[] seqs;

    private final long[] bids;

    private final long[] asks;

    private final long @Nullable [] lasts;

    private final BigDecimal @Nullable [] volumes;

    private final int @Nullable [] flags;

    private TickBatch(Builder builder) {
        this.instrument = builder.instrument;
        this.basis = builder.basis;
        this.receivedAt = builder.receivedAt;
        this.change = builder.change;
        this.size = builder.size;
        this.times = builder.times;
        this.seqs = builder.seqs;
        this.bids = builder.bids;
        this.asks = builder.asks;
        this.lasts = builder.lasts;
        this.volumes = builder.volumes;
        this.flags = builder.flags;
    }

    /**
     * Starts a batch.
     * @param instrument what the ticks are of
     * @param basis which price makes candles
     * @param receivedAt when the request was taken, epoch milliseconds
     * @param capacity how many ticks are expected
     * @return an empty builder
     */
    public static Builder of(Instrument instrument, PriceBasis basis, long receivedAt, int capacity) {
        return new Builder(instrument, basis, receivedAt, capacity);
    }

    public Instrument instrument() {
        return this.instrument;
    }

    public PriceBasis basis() {
        return this.basis;
    }

    /** When the request was taken, epoch milliseconds. */
    public long receivedAt() {
        return this.receivedAt;
    }

    /** What is to happen to the ticks in quarantine, or null for quotes. */
    public @Nullable TickChange change() {
        return this.change;
    }

    public int size() {
        return this.size;
    }

    /** The time of a tick, epoch milliseconds. */
    public long time(int index) {
        return this.times[index];
    }

    /** The order within equal times, from 0. */
    public int seq(int index) {
        return this.seqs[index];
    }

    /** The bid of a tick, units of 1e-8, 0 where it is unknown. */
    public long bid(int index) {
        return this.bids[index];
    }

    /** The ask of a tick, units of 1e-8, 0 where it is unknown. */
    public long ask(int index) {
        return this.asks[index];
    }

    /**
     * The last trade of a tick.
     * @param index from 0
     * @return units of 1e-8, 0 where there is none
     */
    public long last(int index) {
        return (this.lasts != null) ? this.lasts[index] : 0;
    }

    /**
     * The volume of a tick.
     * @param index from 0
     * @return the volume without zeros at the end of its decimals, 0 where there is none
     */
    public BigDecimal volume(int index) {
        return (this.volumes != null) ? this.volumes[index] : BigDecimal.ZERO;
    }

    /**
     * The terminal's flags of a tick.
     * @param index from 0
     * @return the bits, 0 where there are none
     */
    public int flags(int index) {
        return (this.flags != null) ? this.flags[index] : 0;
    }

    /**
     * The price that makes candles.
     * @param index from 0
     * @return units of 1e-8, 0 where the tick makes no price
     */
    public long price(int index) {
        return this.basis.of(bid(index), ask(index), last(index));
    }

    /**
     * Collects ticks in the order they came.
     */
    public static final class Builder {

        private final Instrument instrument;

        private final PriceBasis basis;

        private final long receivedAt;

        private @Nullable TickChange change;

        private int size;

        private long[] times;

        private int[] seqs;

        private long[] bids;

        private long[] asks;

        private long @Nullable [] lasts;

        private BigDecimal @Nullable [] volumes;

        private int @Nullable [] flags;

        private Builder(Instrument instrument, PriceBasis basis, long receivedAt, int capacity) {
            this.instrument = instrument;
            this.basis = basis;
            this.receivedAt = EpochMillis.checked(receivedAt);
            int room = Math.max(capacity, 4);
            this.times = new long[room];
            this.seqs = new int[room];
            this.bids = new long[room];
            this.asks = new long[room];
        }

        /** Makes the batch a change of ticks in quarantine; null for quotes. */
        public Builder change(@Nullable TickChange requested) {
            this.change = requested;
            return this;
        }

        public int size() {
            return this.size;
        }

        /**
         * Adds a quote: a tick that says neither last, volume nor flags.
         */
        public Builder add(long time, int seq, long bid, long ask) {
            return add(time, seq, bid, ask, 0, BigDecimal.ZERO, 0);
        }

        /**
         * Adds a tick with all a terminal can say.
         * @param time epoch milliseconds
         * @param seq order within equal times, from 0
         * @param bid units of 1e-8
         * @param ask units of 1e-8
         * @param last units of 1e-8, 0 where there is none
         * @param volume 0 where there is none
         * @param flags 0 where there are none
         * @return this
         * @throws IllegalArgumentException where a value is out of range: bid and ask
         * above 0 and at most 9e10, or 0 for unknown where there was a trade; seq and
         * last at least 0, volume as {@link Volumes} says
         */
        public Builder add(long time, int seq, long bid, long ask, long last, BigDecimal volume, int flags) {
            if (this.size == this.times.length) {
                grow();
            }
            if (seq < 0) {
                throw new IllegalArgumentException("seq must be at least 0, not " + seq);
            }
            int at = this.size;
            this.times[at] = EpochMillis.checked(time);
            this.seqs[at] = seq;
            this.bids[at] = (bid == 0 && last > 0) ? 0 : Prices.checked(bid, "bid");
            this.asks[at] = (ask == 0 && last > 0) ? 0 : Prices.checked(ask, "ask");
            if (last != 0 || this.lasts != null) {
                lasts()[at] = (last != 0) ? Prices.checked(last, "last") : 0;
            }
            if (volume.signum() != 0 || this.volumes != null) {
                volumes()[at] = Volumes.checked(volume, 1);
            }
            if (flags != 0 || this.flags != null) {
                flags()[at] = flags;
            }
            this.size++;
            return this;
        }

        /**
         * Ends the batch; the builder may not be used again.
         * @return the ticks
         */
        public TickBatch build() {
            return new TickBatch(this);
        }

        private long[] lasts() {
            if (this.lasts == null) {
                this.lasts = new long[this.times.length];
            }
            return this.lasts;
        }

        private BigDecimal[] volumes() {
            if (this.volumes == null) {
                this.volumes = new BigDecimal[this.times.length];
                Arrays.fill(this.volumes, BigDecimal.ZERO);
            }
            return this.volumes;
        }

        private int[] flags() {
            if (this.flags == null) {
                this.flags = new int[this.times.length];
            }
            return this.flags;
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
            if (this.flags != null) {
                this.flags = Arrays.copyOf(this.flags, room);
            }
            if (this.volumes != null) {
                this.volumes = Arrays.copyOf(this.volumes, room);
                Arrays.fill(this.volumes, this.size, room, BigDecimal.ZERO);
            }
        }

    }

}
