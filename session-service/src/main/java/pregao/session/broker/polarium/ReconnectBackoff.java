package pregao.session.broker.polarium;

import java.time.Duration;

/**
 * Exponential backoff between reconnect attempts.
 *
 * @param first the delay after the first failure; it doubles with each further failure
 * @param most the maximum delay, without jitter
 * @param jitter the maximum random extra delay
 * @param mostRejections the number of rejected tokens in a row after which the session
 * gives up
 */
record ReconnectBackoff(Duration first, Duration most, Duration jitter, int mostRejections) {

    /** The defaults, as in the broker's own client. */
    static final ReconnectBackoff DEFAULT = new ReconnectBackoff(Duration.ofMillis(100), Duration.ofSeconds(10),
            Duration.ofSeconds(1), 5);

}
