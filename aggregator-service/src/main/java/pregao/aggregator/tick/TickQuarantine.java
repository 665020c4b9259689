package pregao.aggregator.tick;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import pregao.contracts.tick.TickBatch;
import pregao.market.tick.MinuteTickBuffer;

/**
 * The ticks of a minute that are or were in quarantine, and the changes since the minute
 * was stored. Not thread-safe.
 */
final class TickQuarantine {

    /** Ticks that the rule holds. */
    private MinuteTickBuffer held;

    /** Ticks whose release a user has undone; the rule never releases them. */
    private MinuteTickBuffer undone;

    /** Released ticks, which are also among the ticks of the minute. */
    private MinuteTickBuffer released;

    private final Map<Key, QuarantineRow> pendingChanges = new LinkedHashMap<>();

    TickQuarantine(MinuteKey key) {
        this.held = new MinuteTickBuffer(key.instrument(), key.minute());
        this.undone = new MinuteTickBuffer(key.instrument(), key.minute());
        this.released = new MinuteTickBuffer(key.instrument(), key.minute());
    }

    MinuteTickBuffer held() {
        return this.held;
    }

    boolean isHeld(TickBatch ticks, int index) {
        return this.held.find(ticks, index) >= 0 || this.undone.find(ticks, index) >= 0;
    }

    boolean hasHeld() {
        return this.held.size() > 0 || this.undone.size() > 0;
    }

    boolean isReleased(TickBatch ticks, int index) {
        return this.released.find(ticks, index) >= 0;
    }

    int size() {
        return this.held.size() + this.undone.size() + this.released.size();
    }

    /** Adds a stored row. */
    void restore(TickBatch tick, boolean isHeld, boolean isUndone) {
        (isHeld ? (isUndone ? this.undone : this.held) : this.released).add(tick, 0);
    }

    void hold(QuarantineRow row) {
        this.released = without(this.released, row.tick());
        this.held.add(row.tick(), 0);
        addChange(row);
    }

    void release(QuarantineRow row) {
        this.held = without(this.held, row.tick());
        this.undone = without(this.undone, row.tick());
        this.released.add(row.tick(), 0);
        addChange(row);
    }

    void undo(QuarantineRow row) {
        this.released = without(this.released, row.tick());
        this.undone.add(row.tick(), 0);
        addChange(row);
    }

    private static MinuteTickBuffer without(MinuteTickBuffer ticks, TickBatch tick) {
        int index = ticks.find(tick, 0);
        return (index < 0) ? ticks : ticks.without(index);
    }

    private void addChange(QuarantineRow row) {
        this.pendingChanges.merge(Key.of(row.tick()), row, QuarantineRow::mergeWith);
    }

    boolean isDirty() {
        return !this.pendingChanges.isEmpty();
    }

    List<QuarantineRow> changes() {
        return new ArrayList<>(this.pendingChanges.values());
    }

    void markStored() {
        this.pendingChanges.clear();
    }

    /**
     * The identity of a tick within its minute.
     */
    private record Key(long time, int seq, long bid, long ask, long last, BigDecimal volume, int flags) {

        static Key of(TickBatch tick) {
            return new Key(tick.time(0), tick.seq(0), tick.bid(0), tick.ask(0), tick.last(0),
                    tick.volume(0).stripTrailingZeros(), tick.flags(0));
        }

    }

    /** Returns the quarantine, or an empty one if it is null. */
    static TickQuarantine getOrCreate(@Nullable TickQuarantine quarantine, MinuteKey key) {
        return (quarantine != null) ? quarantine : new TickQuarantine(key);
    }

}
