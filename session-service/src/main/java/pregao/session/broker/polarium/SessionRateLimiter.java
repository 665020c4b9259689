package pregao.session.broker.polarium;

import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.api.TokenBucket;

/**
 * How fast one session may ask, and order, within what all of them may.
 */
final class SessionRateLimiter {

    private final TokenBucket requestBucket = new TokenBucket(5, 10);

    private final TokenBucket orderBucket = new TokenBucket(1, 1);

    private final IpRateLimiter ipRateLimiter;

    SessionRateLimiter(IpRateLimiter ipRateLimiter) {
        this.ipRateLimiter = ipRateLimiter;
    }

    /**
     * Takes a turn.
     * @param isOrder whether it is for an order
     * @return how many nanoseconds to wait
     */
    long reserve(boolean isOrder) {
        long nowNanos = System.nanoTime();
        long delayNanos = Math.max(this.requestBucket.take(nowNanos), this.ipRateLimiter.request(isOrder));
        return isOrder ? Math.max(delayNanos, this.orderBucket.take(nowNanos)) : delayNanos;
    }

}
