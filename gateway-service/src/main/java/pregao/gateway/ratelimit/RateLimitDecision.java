package pregao.gateway.ratelimit;

import java.time.Duration;

/**
 * Whether a request may pass.
 */
sealed interface RateLimitDecision {

    /**
     * It may.
     *
     * @param left how many more could follow at once
     */
    record Allowed(long left) implements RateLimitDecision {

    }

    /**
     * It may not.
     *
     * @param pause when the next one may
     */
    record Refused(Duration pause) implements RateLimitDecision {

    }

}
