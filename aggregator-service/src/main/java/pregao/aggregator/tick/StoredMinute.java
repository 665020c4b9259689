package pregao.aggregator.tick;

import java.math.BigDecimal;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.tick.TickBatch;
import pregao.market.tick.MinuteTickBuffer;
import pregao.market.tick.ScreenedMinute;

/**
 * The ticks of a minute and the parts they are stored in. A late tick rewrites only the
 * parts from its position on.
 */
public final class StoredMinute implements ScreenedMinute {

    private static final int INITIAL_CAPACITY = 4;

    private final MinuteKey key;

    private MinuteTickBuffer ticks;

    private @Nullable TickQuarantine quarantine;

    /** Whether stored ticks were removed, so that all parts have to be rewritten. */
    private boolean hasRemovedTicks;

    /** The end of each stored part, as an index of {@link #ticks}. */
    private int[] partEnds = new int[INITIAL_CAPACITY];

    /** The (time, seq) of the last tick of each stored part. */
    private long[] partTimes = new long[INITIAL_CAPACITY];

    private int[] partSeqs = new int[INITIAL_CAPACITY];

    private int partCount;

    /** The number of parts that lie before every tick added since the last store. */
    private int cleanParts;

    private int lastReportedSize;

    private @Nullable Candle preservedCandle;

    private boolean inUse;

    /**
     * Creates a minute that is not stored.
     * @param key the key of the minute
     */
    public StoredMinute(MinuteKey key) {
        this.key = key;
        this.ticks = new MinuteTickBuffer(key.instrument(), key.minute());
    }

    public MinuteKey key() {
        return this.key;
    }

    @Override
    public MinuteTickBuffer ticks() {
        return this.ticks;
    }

    @Override
    public @Nullable MinuteTickBuffer held() {
        return (this.quarantine != null) ? this.quarantine.held() : null;
    }

    /**
     * Returns the number of ticks, accepted and in quarantine.
     * @return the number
     */
    public int size() {
        return this.ticks.size() + ((this.quarantine != null) ? this.quarantine.size() : 0);
    }

    /**
     * Returns true if a tick is in quarantine.
     * @param batch a batch with the tick
     * @param index the index of the tick
     * @return whether an equal tick is in quarantine
     */
    public boolean isHeld(TickBatch batch, int index) {
        return this.quarantine != null && this.quarantine.isHeld(batch, index);
    }

    /**
     * Returns true if stored ticks were removed since the minute was stored.
     * @return whether the candle may have to be withdrawn
     */
    public boolean hasRemovedTicks() {
        return this.hasRemovedTicks;
    }

    /** Returns true if ticks of the minute are in quarantine. */
    boolean hasHeld() {
        return this.quarantine != null && this.quarantine.hasHeld();
    }

    /** Returns the quarantine to modify it, and creates it if there is none. */
    TickQuarantine quarantine() {
        this.quarantine = TickQuarantine.getOrCreate(this.quarantine, this.key);
        return this.quarantine;
    }

    /**
     * Returns true if any tick is or was in quarantine.
     */
    boolean hasQuarantine() {
        return this.quarantine != null;
    }

    /**
     * Removes an accepted tick.
     * @param batch a batch with the tick
     * @param index the index of the tick
     */
    void remove(TickBatch batch, int index) {
        this.ticks = this.ticks.without(this.ticks.find(batch, index));
        this.cleanParts = 0;
        this.hasRemovedTicks = true;
    }

    /**
     * Adds a stored part. Call it in the order of the parts.
     * @param part the ticks of the part
     */
    void restore(TickBatch part) {
        for (int i = 0; i < part.size(); i++) {
            this.ticks.add(part, i);
        }
        this.ticks.markStored();
        addPart(this.ticks.size());
        this.cleanParts = this.partCount;
    }

    /**
     * Sets the stored candle of this minute, once its ticks are restored. A candle that
     * counts more ticks was aggregated from ticks that retention has deleted since.
     * @param candle the stored candle
     */
    void restore(Candle candle) {
        boolean isBuilt = candle.source() == CandleSource.TICKS;
        if (isBuilt && candle.volume().compareTo(BigDecimal.valueOf(this.ticks.size())) > 0) {
            this.preservedCandle = candle;
        }
    }

    /**
     * Returns the candle that was aggregated from more ticks than are left, and is
     * therefore preserved.
     * @return the stored candle, or null if no tick is missing
     */
    public @Nullable Candle preservedCandle() {
        return this.preservedCandle;
    }

    /**
     * Adds a tick if it is new.
     * @param batch a batch with the tick
     * @param index the index of the tick
     * @return true if the tick is new
     */
    public boolean add(TickBatch batch, int index) {
        if (!this.ticks.add(batch, index)) {
            return false;
        }
        long time = batch.time(index);
        int seq = batch.seq(index);
        while (this.cleanParts > 0 && isBefore(time, seq, this.cleanParts - 1)) {
            this.cleanParts--;
        }
        return true;
    }

    private boolean isBefore(long time, int seq, int part) {
        return time < this.partTimes[part] || (time == this.partTimes[part] && seq < this.partSeqs[part]);
    }

    /**
     * Returns true if the minute has changes to store.
     * @return whether ticks or the quarantine have changed
     */
    public boolean isDirty() {
        return this.hasRemovedTicks || this.ticks.size() > this.ticks.storedSize()
                || (this.quarantine != null && this.quarantine.isDirty());
    }

    /**
     * Returns the number of the first part to write. It and all parts after it are
     * deleted first.
     * @return the part number, from 0
     */
    int firstDirtyPart() {
        return this.cleanParts;
    }

    /**
     * Returns true if stored parts have to be deleted.
     * @return false if parts are only appended
     */
    boolean needsRewrite() {
        return this.cleanParts < this.partCount;
    }

    /**
     * Returns the index of the first tick of {@link #firstDirtyPart()}.
     * @return an index of the ticks
     */
    int firstDirtyTick() {
        return (this.cleanParts == 0) ? 0 : this.partEnds[this.cleanParts - 1];
    }

    /**
     * Marks everything as stored, with parts of this size from {@link #firstDirtyTick()}
     * on.
     * @param partSize the maximum number of ticks of a part
     */
    void markStored(int partSize) {
        int from = firstDirtyTick();
        this.partCount = this.cleanParts;
        while (from < this.ticks.size()) {
            from = Math.min(from + partSize, this.ticks.size());
            addPart(from);
        }
        this.cleanParts = this.partCount;
        this.ticks.markStored();
        this.hasRemovedTicks = false;
        if (this.quarantine != null) {
            this.quarantine.markStored();
        }
    }

    private void addPart(int end) {
        if (this.partCount == this.partEnds.length) {
            this.partEnds = Arrays.copyOf(this.partEnds, this.partCount * 2);
            this.partTimes = Arrays.copyOf(this.partTimes, this.partCount * 2);
            this.partSeqs = Arrays.copyOf(this.partSeqs, this.partCount * 2);
        }
        this.partEnds[this.partCount] = end;
        this.partTimes[this.partCount] = this.ticks.time(end - 1);
        this.partSeqs[this.partCount] = this.ticks.seq(end - 1);
        this.partCount++;
    }

    /**
     * Sets whether the minute is in use and must not be evicted.
     * @param inUse whether the minute is in use
     */
    void setInUse(boolean inUse) {
        this.inUse = inUse;
    }

    boolean isInUse() {
        return this.inUse;
    }

    /** Returns how many ticks were added since the last call. */
    int drainSizeDelta() {
        int grown = size() - this.lastReportedSize;
        this.lastReportedSize = size();
        return grown;
    }

}
