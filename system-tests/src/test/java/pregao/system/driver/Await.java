package pregao.system.driver;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Bounded waits that say what they waited for and what they saw last.
 */
public final class Await {

    /** Long enough for a busy machine. */
    public static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration STEP = Duration.ofMillis(100);

    private Await() {
    }

    /**
     * Waits until what is seen is right.
     * @param <T> what is seen
     * @param what is waited for
     * @param seen looks
     * @param right judges
     * @return what was right
     */
    public static <T> T see(String what, Supplier<T> seen, Predicate<T> right) {
        return see(what, REQUEST_TIMEOUT, seen, right);
    }

    /**
     * Waits until what is seen is right.
     * @param <T> what is seen
     * @param what is waited for
     * @param patience how long at most
     * @param seen looks
     * @param right judges
     * @return what was right
     */
    public static <T> T see(String what, Duration patience, Supplier<T> seen, Predicate<T> right) {
        long start = System.nanoTime();
        while (true) {
            T last = seen.get();
            if (right.test(last)) {
                return last;
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError(
                        "waited %d s for %s, but last saw: %s".formatted(patience.toSeconds(), what, last));
            }
            try {
                Thread.sleep(STEP);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, ex);
            }
        }
    }

}
