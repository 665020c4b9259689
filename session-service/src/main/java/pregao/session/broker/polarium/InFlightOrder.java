package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.Direction;
import pregao.session.broker.api.OptionOrder;

/**
 * Order that was sent and whose outcome isn't known yet. The broker doesn't keep client
 * order ids, so the order is matched by its properties and the time of its sale.
 *
 * @param order the order
 * @param actives the active ids on which it was, or could have been, placed
 * @param expiry the expiry
 * @param payout the payout that was requested in percent, or null if it isn't known
 * @param sentMillis when it was sent, by the server clock, in epoch milliseconds
 * @param known the ids of the options that existed before
 */
record InFlightOrder(OptionOrder order, Set<Integer> actives, Expiry expiry, @Nullable Integer payout, long sentMillis,
        Set<Long> known) {

    /** The maximum error of our estimate of the server clock. */
    private static final long CLOCK_TOLERANCE_MILLIS = 2000;

    /** How long after the order's validity the broker may still sell it. */
    private static final long ARRIVAL_TIMEOUT_MILLIS = 5000;

    InFlightOrder {
        actives = Set.copyOf(actives);
        known = Set.copyOf(known);
    }

    /**
     * Reconstructs an order that another session has sent, as if it had been sent when it
     * was decided.
     * @param order the order
     * @param activeIds the active ids on which it could have been placed
     * @param clockOffsetMillis how far the server clock is ahead of ours, in milliseconds
     * @return the order, without a payout and without known options
     */
    static InFlightOrder ofOtherSession(OptionOrder order, Set<Integer> activeIds, long clockOffsetMillis) {
        long decidedMillis = order.decidedAt().toEpochMilli() + clockOffsetMillis;
        long seconds = order.length().toSeconds();
        Expiry expiry = (seconds < 60) ? new Expiry(OptionType.BLITZ, 0, (int) seconds)
                : new Expiry(OptionType.TURBO, decidedMillis / 1000 + seconds, 0);
        return new InFlightOrder(order, activeIds, expiry, null, decidedMillis, Set.of());
    }

    /**
     * Finds the options that can be this order.
     * @param positions the options that the broker has
     * @param takenIds the ids of options that belong to other orders
     * @return the candidates: none, one, or several
     */
    List<Position> findCandidates(Collection<Position> positions, Set<Long> takenIds) {
        List<Position> candidates = new ArrayList<>();
        for (Position position : positions) {
            boolean isTaken = takenIds.stream().anyMatch(position::hasNumber);
            if (!this.known.contains(position.id()) && !isTaken && matches(position)) {
                candidates.add(position);
            }
        }
        return candidates;
    }

    /**
     * Returns whether the order can no longer arrive at the broker.
     * @param nowMillis the local time in epoch milliseconds
     * @return true if an order that the broker doesn't have now never arrives
     */
    boolean canNoLongerArrive(long nowMillis) {
        return nowMillis > this.order.validUntil().toEpochMilli() + ARRIVAL_TIMEOUT_MILLIS;
    }

    /**
     * Computes the end of an option that can be this order.
     * @param position the option
     * @return the end in epoch seconds
     */
    long computeEnd(Position position) {
        return (position.expiry() > 0) ? position.expiry() : this.expiry.computeEnd(position.openMillis() / 1000);
    }

    Key key() {
        return new Key(this.actives, this.order.direction());
    }

    private boolean matches(Position position) {
        boolean sameDirection = position.direction() == null || position.direction() == this.order.direction();
        long latestOpenMillis = this.sentMillis + CLOCK_TOLERANCE_MILLIS + ARRIVAL_TIMEOUT_MILLIS
                + this.order.validUntil().toEpochMilli() - this.order.decidedAt().toEpochMilli();
        return this.actives.contains(position.active()) && sameDirection
                && position.invest().compareTo(this.order.stake()) == 0
                && position.openMillis() >= this.sentMillis - CLOCK_TOLERANCE_MILLIS
                && position.openMillis() <= latestOpenMillis;
    }

    /**
     * Key of the orders that could be mistaken for each other.
     *
     * @param actives the active ids
     * @param direction the direction
     */
    record Key(Set<Integer> actives, Direction direction) {

    }

}
