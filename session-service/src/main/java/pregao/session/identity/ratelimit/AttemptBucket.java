package pregao.session.identity.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * Token bucket of login attempts: it starts full and refills at a constant rate.
 *
 * @param left the number of attempts left
 * @param at the time at which that number applied
 */
record AttemptBucket(double left, Instant at) {

    /**
     * Returns the bucket with the attempts that were refilled since.
     * @param capacity the maximum number of attempts
     * @param refillInterval the time to refill one attempt
     * @param now the current time
     * @return the bucket at the current time
     */
    AttemptBucket refill(int capacity, Duration refillInterval, Instant now) {
        double refilled = (double) Math.max(0, Duration.between(this.at, now).toNanos()) / refillInterval.toNanos();
        return new AttemptBucket(Math.min(capacity, this.left + refilled), now);
    }

    AttemptBucket add(double amount, int capacity) {
        return new AttemptBucket(Math.min(capacity, this.left + amount), this.at);
    }

    /**
     * Returns the time until an attempt is available.
     * @param refillInterval the time to refill one attempt
     * @return zero if one is available
     */
    Duration timeUntilNext(Duration refillInterval) {
        double missing = 1 - this.left;
        return (missing <= 0) ? Duration.ZERO : Duration.ofNanos((long) (missing * refillInterval.toNanos()));
    }

}
