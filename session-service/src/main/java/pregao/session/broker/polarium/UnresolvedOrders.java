package pregao.session.broker.polarium;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongPredicate;

/**
 * Orders with an unknown outcome. While one exists, no order that could be mistaken for
 * it is sent. If several options could be the order, that holds until all of them have
 * ended or are matched to other orders.
 */
final class UnresolvedOrders {

    private final Map<InFlightOrder.Key, Unresolved> ordersByKey = new HashMap<>();

    private final LongPredicate isOptionResolved;

    /**
     * Creates an empty set.
     * @param isOptionResolved whether an option has ended, or belongs to an order
     */
    UnresolvedOrders(LongPredicate isOptionResolved) {
        this.isOptionResolved = isOptionResolved;
    }

    /**
     * Adds an order.
     * @param key the key of the orders that could be mistaken for it
     * @param orderId the id of the order
     * @return false if another unresolved order blocks it
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
     * Records that several options could be an order.
     * @param key the key of the orders that could be mistaken for it
     * @param orderId the id of the order
     * @param candidates the ids of the options
     * @return whether these are the first candidates
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
     * Removes an order, because its outcome is known.
     * @param key the key of the orders that could be mistaken for it
     * @param orderId the id of the order
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
