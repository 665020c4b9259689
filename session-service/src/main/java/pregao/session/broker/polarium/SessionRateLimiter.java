package pregao.session.broker.polarium;

import pregao.session.broker.api.IpRateLimiter;
import pregao.session.broker.api.TokenBucket;

/**
 * Rate limiter of one session for requests and orders, within the limit that all sessions
 * share.
 */
final class SessionRateLimiter {

    private final TokenBucket requestBucket = new TokenBucket(5, 10);

    private final TokenBucket orderBucket = new TokenBucket(1, 1);

    private final IpRateLimiter ipRateLimiter;

    SessionRateLimiter(IpRateLimiter ipRateLimiter) {
        this.ipRateLimiter = ipRateLimiter;
    }

    /**
     * Reserves a request.
     * @param isOrder whether the request is an order
     * @return the nanoseconds to wait before sending
     */
    long reserve(boolean isOrder) {
        long nowNanos = System.nanoTime();
        long delayNanos = Math.max(this.requestBucket.reservePermit(nowNanos),
                this.ipRateLimiter.reserveRequest(isOrder));
        return isOrder ? Math.max(delayNanos, this.orderBucket.reservePermit(nowNanos)) : delayNanos;
    }

}
