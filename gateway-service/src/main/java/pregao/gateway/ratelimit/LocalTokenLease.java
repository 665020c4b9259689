package pregao.gateway.ratelimit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What one caller may ask this replica: requests taken from Redis ahead of need, more of
 * them the faster they are used, and given up if they are not used within a second. So
 * all replicas together never let more pass than the rule says, and hardly a request
 * waits for Redis.
 */
final class LocalTokenLease {

    private static final long KEPT = Duration.ofSeconds(1).toNanos();

    private static final long ASKED = Duration.ofMillis(100).toNanos();

    /** The most taken ahead, as a part of the rule, so that other replicas find some. */
    private static final int PART = 50;

    private final TokenBucket bucket;

    private final int most;

    private long ahead;

    private long left;

    private int size = 1;

    private long takenAt;

    private long refusedUntil;

    private long askedUntil;

    LocalTokenLease(RateLimit rule, long now) {
        this.bucket = new TokenBucket(rule, now);
        this.most = Math.max(1, rule.requests() / PART);
        this.takenAt = now;
        this.refusedUntil = now;
        this.askedUntil = now;
    }

    /** Null where Redis must be asked. */
    synchronized @Nullable RateLimitDecision tryLocal(long now) {
        if (this.refusedUntil - now > 0) {
            return new RateLimitDecision.Refused(Duration.ofNanos(this.refusedUntil - now));
        }
        if (this.ahead > 0 && now - this.takenAt <= KEPT) {
            this.ahead--;
            return new RateLimitDecision.Allowed(this.left + this.ahead);
        }
        return null;
    }

    /**
     * How many to ask Redis for: this request, and what may follow soon unless that is
     * being asked for already.
     */
    synchronized int tokensToRequest(long now) {
        if (this.askedUntil - now > 0) {
            return 1;
        }
        boolean usedUp = this.ahead == 0 && now - this.takenAt <= KEPT;
        this.size = usedUp ? Math.min(this.most, this.size * 2) : 1;
        this.ahead = 0;
        this.takenAt = now;
        this.askedUntil = now + ASKED;
        return this.size;
    }

    synchronized RateLimitDecision onGrant(TokenGrant grant, long now) {
        this.askedUntil = now;
        if (grant.given() == 0) {
            this.refusedUntil = now + grant.pause().toNanos();
            return new RateLimitDecision.Refused(grant.pause());
        }
        this.ahead += grant.given() - 1;
        this.left = grant.left();
        return new RateLimitDecision.Allowed(this.left + this.ahead);
    }

    synchronized RateLimitDecision tryWithoutRedis(long now) {
        return this.bucket.take(now);
    }

}
