package pregao.devcluster.replay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits longer after each failure, with jitter, and not for ever.
 */
public final class RetryBackoff {

    private static final Duration FIRST = Duration.ofMillis(200);

    private static final Duration MAX_DURATION = Duration.ofSeconds(8);

    private static final int DOUBLINGS = 6;

    private final Duration patience;

    private final RandomGenerator random;

    private final Sleeper sleep;

    /**
     * A back-off that sleeps.
     * @param patience how long one request is tried for
     * @param random for the jitter
     */
    public RetryBackoff(Duration patience, RandomGenerator random) {
        this(patience, random, Thread::sleep);
    }

    RetryBackoff(Duration patience, RandomGenerator random, Sleeper sleep) {
        this.patience = patience;
        this.random = random;
        this.sleep = sleep;
    }

    /**
     * Waits before the next attempt.
     * @param attempt how many have failed, from 1
     * @param duration how long the service asked for, or zero
     * @return false, without waiting, where the attempts together have taken long enough
     * @throws InterruptedException where the thread is to stop
     */
    boolean pause(int attempt, Duration duration) throws InterruptedException {
        if (spent(attempt).compareTo(this.patience) > 0) {
            return false;
        }
        Duration own = Duration.ofMillis((long) (delay(attempt).toMillis() * (0.5 + this.random.nextDouble())));
        this.sleep.sleep((duration.compareTo(own) > 0) ? duration : own);
        return true;
    }

    private static Duration delay(int attempt) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS));
        return (delay.compareTo(MAX_DURATION) > 0) ? MAX_DURATION : delay;
    }

    /**
     * The waits before this attempt without their jitter, which needs no clock.
     */
    private static Duration spent(int attempt) {
        Duration sum = Duration.ZERO;
        for (int earlier = 1; earlier < attempt; earlier++) {
            sum = sum.plus(delay(earlier));
        }
        return sum;
    }

    /**
     * How to sleep.
     */
    interface Sleeper {

        void sleep(Duration duration) throws InterruptedException;

    }

}
