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

    private static final int FIRST_ROOM = 4;

    private final MinuteKey key;

    private MinuteTickBuffer ticks;

    private @Nullable TickQuarantine quarantine;

    /** Whether stored ticks are to go, so that all parts are written anew. */
    private boolean removed;

    /** Where each stored part ends, as an index of {@link #ticks}. */
    private int[] partEnds = new int[FIRST_ROOM];

    /** The last (time, seq) of each stored part. */
    private long[] partTimes = new long[FIRST_ROOM];

    private int[] partSeqs = new int[FIRST_ROOM];

    private int parts;

    /** How many parts lie wholly before everything that came since the last store. */
    private int untouched;

    private int keptSize;

    private @Nullable Candle outliving;

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
    public boolean hasRemoved() {
        return this.removed;
    }

    /** Whether ticks of the minute are in quarantine. */
    boolean hasHeld() {
        return this.quarantine != null && this.quarantine.hasHeld();
    }

    /** The quarantine, to be changed. */
    TickQuarantine quarantine() {
        this.quarantine = TickQuarantine.orNew(this.quarantine, this.key);
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
        this.untouched = 0;
        this.removed = true;
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
        this.untouched = this.parts;
    }

    /**
     * Says what candle is stored of this minute, once its ticks are restored. One that
     * counts more of them was made of ticks that retention dropped since.
     * @param candle as it is stored
     */
    void restore(Candle candle) {
        boolean built = candle.source() == CandleSource.TICKS;
        if (built && candle.volume().compareTo(BigDecimal.valueOf(this.ticks.size())) > 0) {
            this.outliving = candle;
        }
    }

    /**
     * The candle that was made of more ticks than are left, and that therefore stays.
     * @return as it is stored, or null where all ticks are here
     */
    public @Nullable Candle outliving() {
        return this.outliving;
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
        while (this.untouched > 0 && isBefore(time, seq, this.untouched - 1)) {
            this.untouched--;
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
        return this.removed || this.ticks.size() > this.ticks.storedSize()
                || (this.quarantine != null && this.quarantine.isDirty());
    }

    /**
     * The first part to be written; what is stored of it and of those behind is to be
     * deleted.
     * @return from 0
     */
    int firstDirtyPart() {
        return this.untouched;
    }

    /**
     * Whether stored parts are to be deleted.
     * @return false where parts are only appended
     */
    boolean needsRewrite() {
        return this.untouched < this.parts;
    }

    /**
     * The first tick of {@link #firstDirtyPart()}.
     * @return an index of the ticks
     */
    int firstDirtyTick() {
        return (this.untouched == 0) ? 0 : this.partEnds[this.untouched - 1];
    }

    /**
     * Remembers that all is stored, from {@link #firstDirtyTick()} on in parts of this
     * size.
     * @param partSize the most ticks of a part
     */
    void markStored(int partSize) {
        int from = firstDirtyTick();
        this.parts = this.untouched;
        while (from < this.ticks.size()) {
            from = Math.min(from + partSize, this.ticks.size());
            addPart(from);
        }
        this.untouched = this.parts;
        this.ticks.markStored();
        this.removed = false;
        if (this.quarantine != null) {
            this.quarantine.markStored();
        }
    }

    private void addPart(int end) {
        if (this.parts == this.partEnds.length) {
            this.partEnds = Arrays.copyOf(this.partEnds, this.parts * 2);
            this.partTimes = Arrays.copyOf(this.partTimes, this.parts * 2);
            this.partSeqs = Arrays.copyOf(this.partSeqs, this.parts * 2);
        }
        this.partEnds[this.parts] = end;
        this.partTimes[this.parts] = this.ticks.time(end - 1);
        this.partSeqs[this.parts] = this.ticks.seq(end - 1);
        this.parts++;
    }

    /**
     * Says that the minute may not leave the memory.
     * @param used whether it is being worked on
     */
    void use(boolean used) {
        this.inUse = used;
    }

    boolean isInUse() {
        return this.inUse;
    }

    /** How many ticks more than at the last call. */
    int drainSizeDelta() {
        int grown = size() - this.keptSize;
        this.keptSize = size();
        return grown;
    }

}
