package pregao.session.identity.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * Tries that are left: so many at once, then one after each while.
 *
 * @param left how many were left
 * @param at when that was
 */
record AttemptBucket(double left, Instant at) {

    /**
     * What has come back since.
     * @param capacity how many there can be
     * @param refillInterval after which one comes back
     * @param now this moment
     * @return the bucket now
     */
    AttemptBucket refill(int capacity, Duration refillInterval, Instant now) {
        double refilled = (double) Math.max(0, Duration.between(this.at, now).toNanos()) / refillInterval.toNanos();
        return new AttemptBucket(Math.min(capacity, this.left + refilled), now);
    }

    AttemptBucket add(double amount, int capacity) {
        return new AttemptBucket(Math.min(capacity, this.left + amount), this.at);
    }

    /**
     * How long until one is there.
     * @param refillInterval after which one comes back
     * @return zero where there is one
     */
    Duration timeUntilNext(Duration refillInterval) {
        double missing = 1 - this.left;
        return (missing <= 0) ? Duration.ZERO : Duration.ofNanos((long) (missing * refillInterval.toNanos()));
    }

}
