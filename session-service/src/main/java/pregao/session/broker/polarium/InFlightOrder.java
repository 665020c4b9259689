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
    private static final long CLOCK_MILLIS = 2000;

    /** After the order's validity the broker may take so long to sell it. */
    private static final long ARRIVAL_MILLIS = 5000;

    InFlightOrder {
        actives = Set.copyOf(actives);
        known = Set.copyOf(known);
    }

    /**
     * As much as can be said of an order that another session has sent.
     * @param order what was sent
     * @param actives on what it can have been
     * @param aheadMillis by so much the broker's clock is ahead of ours
     * @return as if it had been sent when it was decided
     */
    static InFlightOrder byAnother(OptionOrder order, Set<Integer> actives, long aheadMillis) {
        long decided = order.decidedAt().toEpochMilli() + aheadMillis;
        long seconds = order.length().toSeconds();
        Expiry expiry = (seconds < 60) ? new Expiry(OptionType.BLITZ, 0, (int) seconds)
                : new Expiry(OptionType.TURBO, decided / 1000 + seconds, 0);
        return new InFlightOrder(order, actives, expiry, null, decided, Set.of());
    }

    /**
     * The options that can be this order.
     * @param positions what the broker has
     * @param others options that belong to other orders
     * @return none, one, or too many
     */
    List<Position> among(Collection<Position> positions, Set<Long> others) {
        List<Position> found = new ArrayList<>();
        for (Position position : positions) {
            boolean isAnothers = others.stream().anyMatch(position::isCalled);
            if (!this.known.contains(position.id()) && !isAnothers && fits(position)) {
                found.add(position);
            }
        }
        return found;
    }

    /**
     * Whether it cannot arrive at the broker any more.
     * @param millis our time, epoch milliseconds
     * @return true if what is not there will never be
     */
    boolean isOver(long millis) {
        return millis > this.order.validUntil().toEpochMilli() + ARRIVAL_MILLIS;
    }

    /**
     * When an option ends that can be this order.
     * @param position the option
     * @return epoch seconds
     */
    long end(Position position) {
        return (position.expiry() > 0) ? position.expiry() : this.expiry.endIfSold(position.openMillis() / 1000);
    }

    Key key() {
        return new Key(this.actives, this.order.direction());
    }

    private boolean fits(Position position) {
        boolean sameWay = position.direction() == null || position.direction() == this.order.direction();
        long end = this.sentMillis + CLOCK_MILLIS + ARRIVAL_MILLIS + this.order.validUntil().toEpochMilli()
                - this.order.decidedAt().toEpochMilli();
        return this.actives.contains(position.active()) && sameWay
                && position.invest().compareTo(this.order.stake()) == 0
                && position.openMillis() >= this.sentMillis - CLOCK_MILLIS && position.openMillis() <= end;
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
