package pregao.session.polarium;

import pregao.session.broker.AddressBudget;
import pregao.session.broker.RateLimit;

/**
 * How fast one session may ask, and order, within what all of them may.
 */
final class Pace {

    private final RateLimit calls = new RateLimit(5, 10);

    private final RateLimit orders = new RateLimit(1, 1);

    private final AddressBudget budget;

    Pace(AddressBudget budget) {
        this.budget = budget;
    }

    /**
     * Takes a turn.
     * @param order whether it is for an order
     * @return how many nanoseconds to wait
     */
    long take(boolean order) {
        long now = System.nanoTime();
        long wait = Math.max(this.calls.take(now), this.budget.request(order));
        return order ? Math.max(wait, this.orders.take(now)) : wait;
    }

}
