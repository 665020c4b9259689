package pregao.gateway.ratelimit;

import java.time.Duration;

/**
 * What one caller may still ask this replica while Redis is away: it starts full and
 * fills evenly.
 */
final class TokenBucket {

    private final RateLimit rule;

    private double left;

    private long filledAt;

    TokenBucket(RateLimit rule, long now) {
        this.rule = rule;
        this.left = rule.requests();
        this.filledAt = now;
    }

    RateLimitDecision take(long now) {
        long passed = Math.max(0, now - this.filledAt);
        this.left = Math.min(this.rule.requests(), this.left + passed * this.rule.perNano());
        this.filledAt += passed;
        if (this.left < 1) {
            return new RateLimitDecision.Refused(
                    Duration.ofNanos((long) Math.ceil((1 - this.left) / this.rule.perNano())));
        }
        this.left--;
        return new RateLimitDecision.Allowed((long) this.left);
    }

}
