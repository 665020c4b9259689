package pregao.devcluster.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A bounded wait that says what it waited for.
 */
public final class Await {

    private static final Duration STEP = Duration.ofMillis(25);

    private Await() {
    }

    /**
     * Waits until something holds.
     * @param bound for how long at most
     * @param what what is waited for, asked when it was in vain
     * @param condition what must hold
     * @throws StartupException when it was in vain
     */
    public static void until(Duration bound, Supplier<String> what, BooleanSupplier condition) {
        until(bound, STEP, what, condition);
    }

    /**
     * Waits until something holds that is dear to look at.
     * @param bound for how long at most
     * @param step between two looks
     * @param what what is waited for, asked when it was in vain
     * @param condition what must hold
     * @throws StartupException when it was in vain
     */
    public static void until(Duration bound, Duration step, Supplier<String> what, BooleanSupplier condition) {
        if (!holdsWithin(bound, step, condition)) {
            throw new StartupException("waited " + bound.toSeconds() + " s in vain: " + what.get());
        }
    }

    /**
     * Waits until something holds.
     * @param bound for how long at most
     * @param condition what must hold
     * @return whether it did
     */
    public static boolean holdsWithin(Duration bound, BooleanSupplier condition) {
        return holdsWithin(bound, STEP, condition);
    }

    private static boolean holdsWithin(Duration bound, Duration step, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(step);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new StartupException("interrupted", ex);
            }
        }
        return true;
    }

}
