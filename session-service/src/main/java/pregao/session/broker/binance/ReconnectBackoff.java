package pregao.session.broker.binance;

import java.time.Duration;

/**
 * Exponential backoff between reconnect attempts.
 *
 * @param first the delay after the first failure; it doubles with each further failure
 * @param most the maximum delay, without jitter
 * @param jitter the maximum random extra delay
 */
record ReconnectBackoff(Duration first, Duration most, Duration jitter) {

    static final ReconnectBackoff DEFAULT = new ReconnectBackoff(Duration.ofMillis(500), Duration.ofSeconds(30),
            Duration.ofSeconds(1));

    /**
     * Computes the delay before the next attempt.
     * @param failures the number of earlier failures in a row
     * @param random a random number from 0 inclusive to 1 exclusive
     * @return the delay in milliseconds
     */
    long computeDelayMillis(int failures, double random) {
        long delayMillis = Math.min(this.most.toMillis(), this.first.toMillis() << Math.min(failures, 16));
        return delayMillis + (long) (this.jitter.toMillis() * random);
    }

}
