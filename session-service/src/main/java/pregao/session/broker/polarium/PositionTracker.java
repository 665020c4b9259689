package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tracker of the user's options. It keeps the latest state of each option; duplicate and
 * late updates have no effect. An update that arrives before the reply to its order is
 * kept for it.
 */
final class PositionTracker {

    private static final int MAX_POSITIONS = 2000;

    /** Sales with the same number that are further apart belong to different options. */
    private static final long REUSE_THRESHOLD_MILLIS = 10_000;

    private final Map<Long, Position> positions = new LinkedHashMap<>();

    /** The option ids by the ids of the orders that opened them. */
    private final Map<Long, Long> positionIdsByOrderId = new HashMap<>();

    /**
     * Updates an option.
     * @param position the reported state
     * @return whether the state is new
     */
    boolean update(Position position) {
        Position current = this.positions.get(position.id());
        if (position.id() == 0 || (current != null && !isNewer(current, position))) {
            return false;
        }
        remove(position.id());
        this.positions.put(position.id(), position);
        position.orderIds().forEach((orderId) -> this.positionIdsByOrderId.put(orderId, position.id()));
        evictOldest();
        return true;
    }

    /**
     * Finds the option that an order opened, or else the option with this id.
     * @param number the number that the broker reported
     * @return the option, or null if there is none
     */
    @Nullable Position findByNumber(long number) {
        return this.positions.get(this.positionIdsByOrderId.getOrDefault(number, number));
    }

    void remove(long id) {
        Position position = this.positions.remove(id);
        if (position != null) {
            position.orderIds().forEach((orderId) -> this.positionIdsByOrderId.remove(orderId, id));
        }
    }

    /**
     * Returns the ids of all options.
     * @return a copy
     */
    Set<Long> ids() {
        return Set.copyOf(this.positions.keySet());
    }

    /**
     * Returns the options without a known result, most of which are open.
     * @return a copy
     */
    List<Position> unsettled() {
        List<Position> unsettled = new ArrayList<>();
        for (Position position : this.positions.values()) {
            if (position.closing() == null) {
                unsettled.add(position);
            }
        }
        return unsettled;
    }

    /**
     * Returns whether an update is newer. The end of an option and its result are new
     * whenever they arrive, and are never overwritten by less; entries in the broker's
     * history have no version.
     */
    private static boolean isNewer(Position current, Position update) {
        long laterMillis = update.openMillis() - current.openMillis();
        if (current.openMillis() > 0 && update.openMillis() > 0 && Math.abs(laterMillis) > REUSE_THRESHOLD_MILLIS) {
            return laterMillis > 0;
        }
        int comparison = Integer.compare(rankCompleteness(update), rankCompleteness(current));
        return comparison > 0 || (comparison == 0 && update.version() > current.version());
    }

    private static int rankCompleteness(Position position) {
        return (position.closing() != null) ? 2 : position.closed() ? 1 : 0;
    }

    private void evictOldest() {
        if (this.positions.size() > MAX_POSITIONS) {
            for (Position position : this.positions.values()) {
                if (position.closing() != null) {
                    remove(position.id());
                    return;
                }
            }
        }
    }

}
