package pregao.stack.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A bounded wait that says what it waited for.
 */
public final class Wait {

    private static final long STEP_MILLIS = 25;

    private Wait() {
    }

    /**
     * Waits until something holds.
     * @param bound for how long at most
     * @param what what is waited for, asked when it was in vain
     * @param condition what must hold
     * @throws StartFailed when it was in vain
     */
    public static void until(Duration bound, Supplier<String> what, BooleanSupplier condition) {
        if (!holdsWithin(bound, condition)) {
            throw new StartFailed("waited " + bound.toSeconds() + " s in vain: " + what.get());
        }
    }

    /**
     * Waits until something holds.
     * @param bound for how long at most
     * @param condition what must hold
     * @return whether it did
     */
    public static boolean holdsWithin(Duration bound, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new StartFailed("interrupted", ex);
            }
        }
        return true;
    }

}
