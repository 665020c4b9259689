package pregao.gateway.ratelimit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that this replica has leased from the Redis bucket of a caller. It leases more
 * tokens at once the faster they are used, and discards those not used within a second.
 * So all replicas together never exceed the limit, and few requests wait for Redis.
 */
final class LocalTokenLease {

    private static final long LEASE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long REQUEST_NANOS = Duration.ofMillis(100).toNanos();

    /**
     * A lease is at most this fraction of the limit, so that tokens remain for other
     * replicas.
     */
    private static final int MAX_LEASE_DIVISOR = 50;

    private final TokenBucket fallbackBucket;

    private final int maxTokens;

    private long leasedTokens;

    private long remainingInRedis;

    private int requestSize = 1;

    private long leasedAtNanos;

    private long rejectedUntilNanos;

    private long requestPendingUntilNanos;

    LocalTokenLease(RateLimit limit, long nowNanos) {
        this.fallbackBucket = new TokenBucket(limit, nowNanos);
        this.maxTokens = Math.max(1, limit.requests() / MAX_LEASE_DIVISOR);
        this.leasedAtNanos = nowNanos;
        this.rejectedUntilNanos = nowNanos;
        this.requestPendingUntilNanos = nowNanos;
    }

    /** Returns null if Redis must be asked. */
    synchronized @Nullable RateLimitDecision tryLocal(long nowNanos) {
        if (this.rejectedUntilNanos - nowNanos > 0) {
            return new RateLimitDecision.Refused(Duration.ofNanos(this.rejectedUntilNanos - nowNanos));
        }
        if (this.leasedTokens > 0 && nowNanos - this.leasedAtNanos <= LEASE_NANOS) {
            this.leasedTokens--;
            return new RateLimitDecision.Allowed(this.remainingInRedis + this.leasedTokens);
        }
        return null;
    }

    /**
     * Returns the number of tokens to request from Redis: one for this request, and more
     * for expected ones unless another request for tokens is pending.
     */
    synchronized int tokensToRequest(long nowNanos) {
        if (this.requestPendingUntilNanos - nowNanos > 0) {
            return 1;
        }
        boolean usedUp = this.leasedTokens == 0 && nowNanos - this.leasedAtNanos <= LEASE_NANOS;
        this.requestSize = usedUp ? Math.min(this.maxTokens, this.requestSize * 2) : 1;
        this.leasedTokens = 0;
        this.leasedAtNanos = nowNanos;
        this.requestPendingUntilNanos = nowNanos + REQUEST_NANOS;
        return this.requestSize;
    }

    synchronized RateLimitDecision onGrant(TokenGrant grant, long nowNanos) {
        this.requestPendingUntilNanos = nowNanos;
        if (grant.given() == 0) {
            this.rejectedUntilNanos = nowNanos + grant.pause().toNanos();
            return new RateLimitDecision.Refused(grant.pause());
        }
        this.leasedTokens += grant.given() - 1;
        this.remainingInRedis = grant.left();
        return new RateLimitDecision.Allowed(this.remainingInRedis + this.leasedTokens);
    }

    synchronized RateLimitDecision tryWithoutRedis(long nowNanos) {
        return this.fallbackBucket.tryConsume(nowNanos);
    }

}
