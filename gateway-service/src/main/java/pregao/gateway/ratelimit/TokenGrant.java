package pregao.gateway.ratelimit;

import java.time.Duration;
import java.util.List;

/**
 * Tokens that Redis granted to this replica for a caller.
 *
 * @param given the number of granted tokens
 * @param left the number of tokens left in Redis
 * @param pause the time until a token is available, if none was granted
 */
record TokenGrant(long given, long left, Duration pause) {

    private static final long NANOS_PER_MICRO = 1_000;

    /** Converts the reply of the script: granted, left, microseconds. */
    static TokenGrant of(List<Long> reply) {
        return new TokenGrant(reply.get(0), reply.get(1), Duration.ofNanos(reply.get(2) * NANOS_PER_MICRO));
    }

}
