package pregao.gateway.ratelimit;

import java.time.Duration;
import java.util.List;

/**
 * What Redis gave a replica of one caller's requests.
 *
 * @param given how many
 * @param left how many are left for others to take
 * @param pause how long until there is one, where none was given
 */
record TokenGrant(long given, long left, Duration pause) {

    private static final long NANOS_PER_MICRO = 1_000;

    /** From the script's answer: given, left, microseconds. */
    static TokenGrant of(List<Long> reply) {
        return new TokenGrant(reply.get(0), reply.get(1), Duration.ofNanos(reply.get(2) * NANOS_PER_MICRO));
    }

}
