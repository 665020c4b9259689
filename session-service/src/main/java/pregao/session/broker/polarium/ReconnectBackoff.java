package pregao.session.broker.polarium;

import java.time.Duration;

/**
 * How long to wait before connecting again.
 *
 * @param first after the first failure; doubled with each one that follows
 * @param most but no longer
 * @param jitter up to so much more, by chance
 * @param mostRejections refused tokens in a row after which it is of no use
 */
record ReconnectBackoff(Duration first, Duration most, Duration jitter, int mostRejections) {

    /** As the broker's own client does. */
    static final ReconnectBackoff DEFAULT = new ReconnectBackoff(Duration.ofMillis(100), Duration.ofSeconds(10),
            Duration.ofSeconds(1), 5);

}
