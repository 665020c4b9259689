package pregao.gateway.ratelimit;

import java.time.Duration;

/**
 * Decision of a rate limiter about a request.
 */
sealed interface RateLimitDecision {

    /**
     * The request is allowed.
     *
     * @param left the number of further requests allowed at this time
     */
    record Allowed(long left) implements RateLimitDecision {

    }

    /**
     * The request is rejected.
     *
     * @param pause the time until the next request is allowed
     */
    record Refused(Duration pause) implements RateLimitDecision {

    }

}
