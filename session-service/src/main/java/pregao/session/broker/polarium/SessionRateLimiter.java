package pregao.session.broker.polarium;

import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.api.TokenBucket;

/**
 * How fast one session may ask, and order, within what all of them may.
 */
final class SessionRateLimiter {

    private final TokenBucket calls = new TokenBucket(5, 10);

    private final TokenBucket orders = new TokenBucket(1, 1);

    private final IpRateLimiter budget;

    SessionRateLimiter(IpRateLimiter budget) {
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
