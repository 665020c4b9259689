package pregao.gateway.ratelimit;

import java.time.Duration;

/**
 * Token bucket of a caller at this replica, used while Redis is unavailable. It starts
 * full and refills at a constant rate.
 */
final class TokenBucket {

    private final RateLimit limit;

    private double tokens;

    private long refilledAtNanos;

    TokenBucket(RateLimit limit, long nowNanos) {
        this.limit = limit;
        this.tokens = limit.requests();
        this.refilledAtNanos = nowNanos;
    }

    RateLimitDecision tryConsume(long nowNanos) {
        long elapsedNanos = Math.max(0, nowNanos - this.refilledAtNanos);
        this.tokens = Math.min(this.limit.requests(), this.tokens + elapsedNanos * this.limit.tokensPerNano());
        this.refilledAtNanos += elapsedNanos;
        if (this.tokens < 1) {
            return new RateLimitDecision.Refused(
                    Duration.ofNanos((long) Math.ceil((1 - this.tokens) / this.limit.tokensPerNano())));
        }
        this.tokens--;
        return new RateLimitDecision.Allowed((long) this.tokens);
    }

}
