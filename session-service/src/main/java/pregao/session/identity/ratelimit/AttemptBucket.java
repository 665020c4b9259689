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
     * @param most how many there can be
     * @param every after which one comes back
     * @param now this moment
     * @return the bucket now
     */
    AttemptBucket filled(int most, Duration every, Instant now) {
        double back = (double) Math.max(0, Duration.between(this.at, now).toNanos()) / every.toNanos();
        return new AttemptBucket(Math.min(most, this.left + back), now);
    }

    AttemptBucket with(double more, int most) {
        return new AttemptBucket(Math.min(most, this.left + more), this.at);
    }

    /**
     * How long until one is there.
     * @param every after which one comes back
     * @return zero where there is one
     */
    Duration wait(Duration every) {
        double missing = 1 - this.left;
        return (missing <= 0) ? Duration.ZERO : Duration.ofNanos((long) (missing * every.toNanos()));
    }

}
