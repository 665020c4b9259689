package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The user's options, each as it was told last: what is told twice or late changes
 * nothing, and what is told before the reply to its order is there when the reply comes.
 */
final class PositionTracker {

    private static final int MAX_POSITIONS = 2000;

    /** Sold so far apart, it is another option, under a number that was used before. */
    private static final long REUSE_THRESHOLD_MILLIS = 10_000;

    private final Map<Long, Position> positions = new LinkedHashMap<>();

    /** By the numbers of orders, which options. */
    private final Map<Long, Long> positionIdsByOrderId = new HashMap<>();

    /**
     * Takes what the broker tells.
     * @param position as told
     * @return whether it is news
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
     * The option that an order made, or else the one of this number.
     * @param number as the broker told it
     * @return null where there is none
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
     * All numbers known.
     * @return a copy
     */
    Set<Long> ids() {
        return Set.copyOf(this.positions.keySet());
    }

    /**
     * The options of which is not known how they ended, most of them as they run.
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
     * That an option has ended, and what it brought, is news whenever it comes and is not
     * forgotten; the broker's history tells no version.
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
