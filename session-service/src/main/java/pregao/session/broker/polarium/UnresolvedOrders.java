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

    private final Map<InFlightOrder.Key, Unresolved> orders = new HashMap<>();

    private final LongPredicate isDone;

    /**
     * None yet.
     * @param isDone whether an option has ended, or belongs to an order
     */
    UnresolvedOrders(LongPredicate isDone) {
        this.isDone = isDone;
    }

    /**
     * Adds an order.
     * @param key what could be mistaken for it
     * @param order which
     * @return false where another one is in its way
     */
    boolean add(InFlightOrder.Key key, UUID order) {
        Unresolved before = this.orders.get(key);
        if (before != null && !before.isDone(this.isDone)) {
            return false;
        }
        this.orders.put(key, new Unresolved(order, List.of()));
        return true;
    }

    /**
     * Takes it that several options could be an order.
     * @param key what could be mistaken for it
     * @param order which
     * @param candidates the options' numbers
     * @return whether that is news
     */
    boolean narrow(InFlightOrder.Key key, UUID order, List<Long> candidates) {
        Unresolved unresolved = this.orders.get(key);
        if (unresolved == null || !unresolved.order().equals(order)) {
            return false;
        }
        this.orders.put(key, new Unresolved(order, candidates));
        return unresolved.candidates().isEmpty();
    }

    /**
     * Takes it that an order is resolved.
     * @param key what could be mistaken for it
     * @param order which
     */
    void remove(InFlightOrder.Key key, UUID order) {
        Unresolved unresolved = this.orders.get(key);
        if (unresolved != null && unresolved.order().equals(order)) {
            this.orders.remove(key);
        }
    }

    private record Unresolved(UUID order, List<Long> candidates) {

        boolean isDone(LongPredicate isDone) {
            return !this.candidates.isEmpty() && this.candidates.stream().allMatch(isDone::test);
        }

    }

}
