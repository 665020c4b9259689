package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.Direction;
import pregao.session.broker.api.OptionOrder;

/**
 * An order that has left, and how to find again what came of it. The broker knows no
 * number of ours, so it is found by what it is and when it was sold.
 *
 * @param order what was sent
 * @param actives on what, or on what it can have been
 * @param expiry when it was to end
 * @param payout what the broker was to pay, or null where that is not known
 * @param sentMillis when, by the broker's clock, epoch milliseconds
 * @param known the options that were there before
 */
record InFlightOrder(OptionOrder order, Set<Integer> actives, Expiry expiry, @Nullable Integer payout, long sentMillis,
        Set<Long> known) {

    /** By so much the broker's clock may be other than we think. */
    private static final long CLOCK_TOLERANCE_MILLIS = 2000;

    /** After the order's validity the broker may take so long to sell it. */
    private static final long ARRIVAL_TIMEOUT_MILLIS = 5000;

    InFlightOrder {
        actives = Set.copyOf(actives);
        known = Set.copyOf(known);
    }

    /**
     * As much as can be said of an order that another session has sent.
     * @param order what was sent
     * @param activeIds on what it can have been
     * @param clockOffsetMillis by so much the broker's clock is ahead of ours
     * @return as if it had been sent when it was decided
     */
    static InFlightOrder ofOtherSession(OptionOrder order, Set<Integer> activeIds, long clockOffsetMillis) {
        long decidedMillis = order.decidedAt().toEpochMilli() + clockOffsetMillis;
        long seconds = order.length().toSeconds();
        Expiry expiry = (seconds < 60) ? new Expiry(OptionType.BLITZ, 0, (int) seconds)
                : new Expiry(OptionType.TURBO, decidedMillis / 1000 + seconds, 0);
        return new InFlightOrder(order, activeIds, expiry, null, decidedMillis, Set.of());
    }

    /**
     * The options that can be this order.
     * @param positions what the broker has
     * @param takenIds options that belong to other orders
     * @return none, one, or too many
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
     * Whether it cannot arrive at the broker any more.
     * @param nowMillis our time, epoch milliseconds
     * @return true if what is not there will never be
     */
    boolean canNoLongerArrive(long nowMillis) {
        return nowMillis > this.order.validUntil().toEpochMilli() + ARRIVAL_TIMEOUT_MILLIS;
    }

    /**
     * When an option ends that can be this order.
     * @param position the option
     * @return epoch seconds
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
     * Orders that could be taken for each other.
     *
     * @param actives on what
     * @param direction which way
     */
    record Key(Set<Integer> actives, Direction direction) {

    }

}
