package pregao.session.broker.binance;

import java.time.Duration;

/**
 * How long to wait before connecting again.
 *
 * @param first after the first failure; doubled with each one that follows
 * @param most but no longer
 * @param jitter up to so much more, by chance
 */
record ReconnectBackoff(Duration first, Duration most, Duration jitter) {

    static final ReconnectBackoff DEFAULT = new ReconnectBackoff(Duration.ofMillis(500), Duration.ofSeconds(30),
            Duration.ofSeconds(1));

    /**
     * How long to wait.
     * @param failures before this one, in a row
     * @param random from 0 to below 1
     * @return milliseconds
     */
    long computeDelayMillis(int failures, double random) {
        long delayMillis = Math.min(this.most.toMillis(), this.first.toMillis() << Math.min(failures, 16));
        return delayMillis + (long) (this.jitter.toMillis() * random);
    }

}
