package pregao.market.tick;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.tick.TickBatch;
import pregao.market.candle.MinuteCandleBuilder;

/**
 * The distinct ticks of one instrument in one minute, in order: by time, then seq, then
 * first arrival. Knows which of them were not stored yet, and folds them into the
 * minute's candle. For one thread.
 */
public final class MinuteTickBuffer {

    private final Instrument instrument;

    private final long minute;

    private final TickColumnBuffer columns = new TickColumnBuffer();

    private int storedSize;

    private boolean appendedOnly = true;

    private int crossed;

    /** Has the first ticks, as many as its size says. */
    private MinuteCandleBuilder fold = new MinuteCandleBuilder(PriceBasis.MID);

    /**
     * A minute without ticks.
     * @param instrument what the ticks are of
     * @param minute its start, epoch milliseconds
     */
    public MinuteTickBuffer(Instrument instrument, long minute) {
        if (!Timeframe.M1.isAligned(minute)) {
            throw new IllegalArgumentException("%d is not the start of a minute".formatted(minute));
        }
        this.instrument = instrument;
        this.minute = minute;
    }

    /**
     * A minute as it was stored.
     * @param minute its start, epoch milliseconds
     * @param stored its ticks in the order in which they were stored
     * @return the minute, all of it marked stored
     */
    public static MinuteTickBuffer ofStored(long minute, TickBatch stored) {
        MinuteTickBuffer ticks = new MinuteTickBuffer(stored.instrument(), minute);
        for (int i = 0; i < stored.size(); i++) {
            ticks.add(stored, i);
        }
        ticks.markStored();
        return ticks;
    }

    public Instrument instrument() {
        return this.instrument;
    }

    /**
     * The start of the minute.
     * @return epoch milliseconds
     */
    public long minute() {
        return this.minute;
    }

    /**
     * Keeps a tick where it is new.
     * @param batch ticks of the instrument
     * @param index which of them, from 0
     * @return false where an equal tick is already here
     * @throws IllegalArgumentException where the tick is not of this minute
     */
    public boolean add(TickBatch batch, int index) {
        long time = batch.time(index);
        long offset = time - this.minute;
        if (offset < 0 || offset >= Timeframe.M1.millis()) {
            throw new IllegalArgumentException("a tick at %d is not of the minute at %d".formatted(time, this.minute));
        }
        if (this.columns.endsBefore(time, batch.seq(index))) {
            insert(this.columns.size(), batch, index);
            return true;
        }
        return addBetween(time, batch, index);
    }

    /**
     * Looks for an equal tick.
     * @param batch ticks of the instrument
     * @param index which of them, from 0
     * @return its index here, or -1
     */
    public int find(TickBatch batch, int index) {
        long time = batch.time(index);
        int seq = batch.seq(index);
        if (this.columns.endsBefore(time, seq)) {
            return -1;
        }
        for (int at = this.columns.firstNotBefore(time, seq); this.columns.isAt(at, time, seq); at++) {
            if (this.columns.hasValues(at, batch, index)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * The same minute without one tick, nothing of it marked stored.
     * @param index of the tick
     * @return a copy
     */
    public MinuteTickBuffer without(int index) {
        MinuteTickBuffer copy = new MinuteTickBuffer(this.instrument, this.minute);
        TickBatch rest = toTicks();
        for (int i = 0; i < rest.size(); i++) {
            if (i != index) {
                copy.add(rest, i);
            }
        }
        return copy;
    }

    private TickBatch toTicks() {
        TickBatch.Builder ticks = TickBatch.of(this.instrument, PriceBasis.MID, this.minute, size());
        for (int i = 0; i < size(); i++) {
            ticks.add(time(i), seq(i), bid(i), ask(i), last(i), volume(i), flags(i));
        }
        return ticks.build();
    }

    /** The index of the first tick that is not before (time, seq). */
    int firstNotBefore(long time, int seq) {
        return this.columns.firstNotBefore(time, seq);
    }

    private boolean addBetween(long time, TickBatch batch, int index) {
        int seq = batch.seq(index);
        int at = this.columns.firstNotBefore(time, seq);
        while (this.columns.isAt(at, time, seq)) {
            if (this.columns.hasValues(at, batch, index)) {
                return false;
            }
            at++;
        }
        if (at < this.storedSize) {
            this.appendedOnly = false;
        }
        if (at < this.fold.size()) {
            this.fold.insert(at, batch.bid(index), batch.ask(index), batch.last(index));
        }
        insert(at, batch, index);
        return true;
    }

    private void insert(int at, TickBatch batch, int index) {
        this.columns.insert(at, batch, index);
        if (batch.ask(index) < batch.bid(index) && batch.ask(index) != 0) {
            this.crossed++;
        }
    }

    /**
     * The candle of the ticks that are here. Folds only what came since the last call
     * with the same basis.
     * @param basis which price makes the candle
     * @param complete whether it is final
     * @return the candle, or null where no tick makes a price
     */
    public @Nullable Candle fold(PriceBasis basis, boolean complete) {
        if (this.fold.basis() != basis) {
            this.fold = new MinuteCandleBuilder(basis);
        }
        int size = this.columns.size();
        for (int i = this.fold.size(); i < size; i++) {
            this.fold.add(this.columns.bid(i), this.columns.ask(i), this.columns.last(i));
        }
        return this.fold.isEmpty() ? null : this.fold.candle(this.instrument, this.minute, complete);
    }

    public int size() {
        return this.columns.size();
    }

    /**
     * How many of the ticks are stored.
     * @return from 0 to {@link #size()}
     */
    public int storedSize() {
        return this.storedSize;
    }

    /**
     * Whether every tick that is not stored lies behind all stored ones, so that those
     * from {@link #storedSize()} on may be stored as one more part. Otherwise the minute
     * is to be stored again as a whole.
     * @return true if a part may be appended
     */
    public boolean appendedOnly() {
        return this.appendedOnly;
    }

    /**
     * Remembers that all ticks are stored, in this order.
     */
    public void markStored() {
        this.storedSize = this.columns.size();
        this.appendedOnly = true;
    }

    /**
     * How many quotes have the ask below the bid.
     * @return the number
     */
    public int crossed() {
        return this.crossed;
    }

    /**
     * The time of a tick.
     * @param index from 0, in order
     * @return epoch milliseconds
     */
    public long time(int index) {
        return this.columns.time(index);
    }

    /**
     * The order of a tick within equal times.
     * @param index from 0, in order
     * @return from 0
     */
    public int seq(int index) {
        return this.columns.seq(index);
    }

    /**
     * The bid of a tick.
     * @param index from 0, in order
     * @return units of 1e-8
     */
    public long bid(int index) {
        return this.columns.bid(index);
    }

    /**
     * The ask of a tick.
     * @param index from 0, in order
     * @return units of 1e-8
     */
    public long ask(int index) {
        return this.columns.ask(index);
    }

    /**
     * The last trade of a tick.
     * @param index from 0, in order
     * @return units of 1e-8, 0 where there is none
     */
    public long last(int index) {
        return this.columns.last(index);
    }

    /**
     * The volume of a tick.
     * @param index from 0, in order
     * @return 0 where there is none
     */
    public BigDecimal volume(int index) {
        return this.columns.volume(index);
    }

    /**
     * The terminal's flags of a tick.
     * @param index from 0, in order
     * @return the bits, 0 where there are none
     */
    public int flags(int index) {
        return this.columns.flags(index);
    }

}
