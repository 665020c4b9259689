package pregao.devcluster.supervision;

import java.time.Duration;

/**
 * How long to wait before a start: nothing the first time, then twice as long each time,
 * until it ran for a while.
 */
final class ExponentialBackOff {

    private static final Duration FIRST = Duration.ofMillis(250);

    private static final Duration MAX_DURATION = Duration.ofSeconds(15);

    private static final Duration STABLE = Duration.ofMinutes(1);

    private int failures;

    /**
     * The wait after a death.
     * @param ran how long it ran before it died
     * @return the wait
     */
    Duration after(Duration ran) {
        if (ran.compareTo(STABLE) >= 0) {
            this.failures = 0;
        }
        Duration wait = (this.failures == 0) ? Duration.ZERO
                : FIRST.multipliedBy(1L << Math.min(this.failures - 1, 10));
        this.failures++;
        return (wait.compareTo(MAX_DURATION) > 0) ? MAX_DURATION : wait;
    }

}
