package pregao.aggregator.tick;

import java.util.Arrays;

import pregao.contracts.tick.Ticks;
import pregao.market.tick.MinuteTicks;

/**
 * The ticks of a minute and the parts they are stored in, so that a late tick rewrites
 * only the parts behind it.
 */
public final class TickMinute {

    private static final int FIRST_ROOM = 4;

    private final MinuteKey key;

    private final MinuteTicks ticks;

    /** Where each stored part ends, as an index of {@link #ticks}. */
    private int[] partEnds = new int[FIRST_ROOM];

    /** The last (time, seq) of each stored part. */
    private long[] partTimes = new long[FIRST_ROOM];

    private int[] partSeqs = new int[FIRST_ROOM];

    private int parts;

    /** How many parts lie wholly before everything that came since the last store. */
    private int untouched;

    private int keptSize;

    private boolean inUse;

    /**
     * A minute of which nothing is stored.
     * @param key which
     */
    public TickMinute(MinuteKey key) {
        this.key = key;
        this.ticks = new MinuteTicks(key.instrument(), key.minute());
    }

    public MinuteKey key() {
        return this.key;
    }

    public MinuteTicks ticks() {
        return this.ticks;
    }

    /**
     * Takes a stored part, in the order of parts.
     * @param part its ticks
     */
    void restore(Ticks part) {
        for (int i = 0; i < part.size(); i++) {
            this.ticks.add(part, i);
        }
        this.ticks.markStored();
        addPart(this.ticks.size());
        this.untouched = this.parts;
    }

    /**
     * Keeps a tick where it is new.
     * @param batch ticks of the instrument
     * @param index which of them
     * @return whether it was new
     */
    public boolean add(Ticks batch, int index) {
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
        return this.ticks.size() > this.ticks.storedSize();
    }

    /**
     * The first part to be written; what is stored of it and of those behind is to be
     * deleted.
     * @return from 0
     */
    int firstPart() {
        return this.untouched;
    }

    /**
     * Whether stored parts are to be deleted.
     * @return false where parts are only appended
     */
    boolean rewrites() {
        return this.untouched < this.parts;
    }

    /**
     * The first tick of {@link #firstPart()}.
     * @return an index of the ticks
     */
    int firstTick() {
        return (this.untouched == 0) ? 0 : this.partEnds[this.untouched - 1];
    }

    /**
     * Remembers that all is stored, from {@link #firstTick()} on in parts of this size.
     * @param partSize the most ticks of a part
     */
    void markStored(int partSize) {
        int from = firstTick();
        this.parts = this.untouched;
        while (from < this.ticks.size()) {
            from = Math.min(from + partSize, this.ticks.size());
            addPart(from);
        }
        this.untouched = this.parts;
        this.ticks.markStored();
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
    int growth() {
        int grown = this.ticks.size() - this.keptSize;
        this.keptSize = this.ticks.size();
        return grown;
    }

}
