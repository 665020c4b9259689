package pregao.session.broker.polarium;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongPredicate;

/**
 * The orders of which nobody knows what came of them. While one is there nothing is sent
 * that could be mistaken for it; where several options could be it, that is until none of
 * them is left to be mistaken.
 */
final class UnresolvedOrders {

    private final Map<InFlightOrder.Key, Unresolved> ordersByKey = new HashMap<>();

    private final LongPredicate isOptionResolved;

    /**
     * None yet.
     * @param isOptionResolved whether an option has ended, or belongs to an order
     */
    UnresolvedOrders(LongPredicate isOptionResolved) {
        this.isOptionResolved = isOptionResolved;
    }

    /**
     * Adds an order.
     * @param key what could be mistaken for it
     * @param orderId which
     * @return false where another one is in its way
     */
    boolean tryAdd(InFlightOrder.Key key, UUID orderId) {
        Unresolved previous = this.ordersByKey.get(key);
        if (previous != null && !previous.isResolved(this.isOptionResolved)) {
            return false;
        }
        this.ordersByKey.put(key, new Unresolved(orderId, List.of()));
        return true;
    }

    /**
     * Takes it that several options could be an order.
     * @param key what could be mistaken for it
     * @param orderId which
     * @param candidates the options' numbers
     * @return whether that is news
     */
    boolean recordCandidates(InFlightOrder.Key key, UUID orderId, List<Long> candidates) {
        Unresolved unresolved = this.ordersByKey.get(key);
        if (unresolved == null || !unresolved.order().equals(orderId)) {
            return false;
        }
        this.ordersByKey.put(key, new Unresolved(orderId, candidates));
        return unresolved.candidates().isEmpty();
    }

    /**
     * Takes it that an order is resolved.
     * @param key what could be mistaken for it
     * @param orderId which
     */
    void remove(InFlightOrder.Key key, UUID orderId) {
        Unresolved unresolved = this.ordersByKey.get(key);
        if (unresolved != null && unresolved.order().equals(orderId)) {
            this.ordersByKey.remove(key);
        }
    }

    private record Unresolved(UUID order, List<Long> candidates) {

        boolean isResolved(LongPredicate isOptionResolved) {
            return !this.candidates.isEmpty() && this.candidates.stream().allMatch(isOptionResolved::test);
        }

    }

}
