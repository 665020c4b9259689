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
 * The ticks of a minute and the parts they are stored in, so that a late tick rewrites
 * only the parts behind it.
 */
public final class StoredMinute implements ScreenedMinute {

    private static final int INITIAL_CAPACITY = 4;

    private final MinuteKey key;

    private MinuteTickBuffer ticks;

    private @Nullable TickQuarantine quarantine;

    /** Whether stored ticks are to go, so that all parts are written anew. */
    private boolean hasRemovedTicks;

    /** Where each stored part ends, as an index of {@link #ticks}. */
    private int[] partEnds = new int[INITIAL_CAPACITY];

    /** The last (time, seq) of each stored part. */
    private long[] partTimes = new long[INITIAL_CAPACITY];

    private int[] partSeqs = new int[INITIAL_CAPACITY];

    private int partCount;

    /** How many parts lie wholly before everything that came since the last store. */
    private int cleanParts;

    private int lastReportedSize;

    private @Nullable Candle preservedCandle;

    private boolean inUse;

    /**
     * A minute of which nothing is stored.
     * @param key which
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
     * How many ticks are here, accepted or in quarantine.
     * @return the number
     */
    public int size() {
        return this.ticks.size() + ((this.quarantine != null) ? this.quarantine.size() : 0);
    }

    /**
     * Whether a tick is in quarantine.
     * @param batch ticks of the instrument
     * @param index which of them
     * @return true if an equal tick is
     */
    public boolean isHeld(TickBatch batch, int index) {
        return this.quarantine != null && this.quarantine.isHeld(batch, index);
    }

    /**
     * Whether stored ticks were removed since the minute was stored.
     * @return true if their candle may have to go
     */
    public boolean hasRemovedTicks() {
        return this.hasRemovedTicks;
    }

    /** Whether ticks of the minute are in quarantine. */
    boolean hasHeld() {
        return this.quarantine != null && this.quarantine.hasHeld();
    }

    /** The quarantine, to be changed. */
    TickQuarantine quarantine() {
        this.quarantine = TickQuarantine.getOrCreate(this.quarantine, this.key);
        return this.quarantine;
    }

    /**
     * Whether any of the ticks is, or was, in quarantine.
     */
    boolean hasQuarantine() {
        return this.quarantine != null;
    }

    /**
     * Removes an accepted tick.
     * @param batch ticks of the instrument
     * @param index which of them
     */
    void remove(TickBatch batch, int index) {
        this.ticks = this.ticks.without(this.ticks.find(batch, index));
        this.cleanParts = 0;
        this.hasRemovedTicks = true;
    }

    /**
     * Takes a stored part, in the order of parts.
     * @param part its ticks
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
     * Says what candle is stored of this minute, once its ticks are restored. One that
     * counts more of them was made of ticks that retention dropped since.
     * @param candle as it is stored
     */
    void restore(Candle candle) {
        boolean isBuilt = candle.source() == CandleSource.TICKS;
        if (isBuilt && candle.volume().compareTo(BigDecimal.valueOf(this.ticks.size())) > 0) {
            this.preservedCandle = candle;
        }
    }

    /**
     * The candle that was made of more ticks than are left, and that therefore stays.
     * @return as it is stored, or null where all ticks are here
     */
    public @Nullable Candle preservedCandle() {
        return this.preservedCandle;
    }

    /**
     * Keeps a tick where it is new.
     * @param batch ticks of the instrument
     * @param index which of them
     * @return whether it was new
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
     * Whether ticks are to be stored.
     * @return true if some are not stored
     */
    public boolean isDirty() {
        return this.hasRemovedTicks || this.ticks.size() > this.ticks.storedSize()
                || (this.quarantine != null && this.quarantine.isDirty());
    }

    /**
     * The first part to be written; what is stored of it and of those behind is to be
     * deleted.
     * @return from 0
     */
    int firstDirtyPart() {
        return this.cleanParts;
    }

    /**
     * Whether stored parts are to be deleted.
     * @return false where parts are only appended
     */
    boolean needsRewrite() {
        return this.cleanParts < this.partCount;
    }

    /**
     * The first tick of {@link #firstDirtyPart()}.
     * @return an index of the ticks
     */
    int firstDirtyTick() {
        return (this.cleanParts == 0) ? 0 : this.partEnds[this.cleanParts - 1];
    }

    /**
     * Remembers that all is stored, from {@link #firstDirtyTick()} on in parts of this
     * size.
     * @param partSize the most ticks of a part
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
     * Says that the minute may not leave the memory.
     * @param inUse whether it is being worked on
     */
    void setInUse(boolean inUse) {
        this.inUse = inUse;
    }

    boolean isInUse() {
        return this.inUse;
    }

    /** How many ticks more than at the last call. */
    int drainSizeDelta() {
        int grown = size() - this.lastReportedSize;
        this.lastReportedSize = size();
        return grown;
    }

}
