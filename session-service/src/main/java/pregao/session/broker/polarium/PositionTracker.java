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

    private static final int MAX_COUNT = 2000;

    /** Sold so far apart, it is another option, under a number that was used before. */
    private static final long ANOTHER_MILLIS = 10_000;

    private final Map<Long, Position> positions = new LinkedHashMap<>();

    /** By the numbers of orders, which options. */
    private final Map<Long, Long> made = new HashMap<>();

    /**
     * Takes what the broker tells.
     * @param position as told
     * @return whether it is news
     */
    boolean take(Position position) {
        Position known = this.positions.get(position.id());
        if (position.id() == 0 || (known != null && !isNews(known, position))) {
            return false;
        }
        remove(position.id());
        this.positions.put(position.id(), position);
        position.orderIds().forEach((order) -> this.made.put(order, position.id()));
        forgetOldest();
        return true;
    }

    /**
     * The option that an order made, or else the one of this number.
     * @param number as the broker told it
     * @return null where there is none
     */
    @Nullable Position get(long number) {
        return this.positions.get(this.made.getOrDefault(number, number));
    }

    void remove(long id) {
        Position position = this.positions.remove(id);
        if (position != null) {
            position.orderIds().forEach((order) -> this.made.remove(order, id));
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
    private static boolean isNews(Position position, Position told) {
        long later = told.openMillis() - position.openMillis();
        if (position.openMillis() > 0 && told.openMillis() > 0 && Math.abs(later) > ANOTHER_MILLIS) {
            return later > 0;
        }
        int more = Integer.compare(knowledge(told), knowledge(position));
        return more > 0 || (more == 0 && told.version() > position.version());
    }

    private static int knowledge(Position position) {
        return (position.closing() != null) ? 2 : position.closed() ? 1 : 0;
    }

    private void forgetOldest() {
        if (this.positions.size() > MAX_COUNT) {
            for (Position position : this.positions.values()) {
                if (position.closing() != null) {
                    remove(position.id());
                    return;
                }
            }
        }
    }

}
