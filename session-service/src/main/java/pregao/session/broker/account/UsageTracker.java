package pregao.session.broker.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tracker of whether a session is used: by running requests and streams, or recently.
 */
final class UsageTracker {

    private final AtomicInteger activeUses = new AtomicInteger();

    private volatile long lastUsedNanos = System.nanoTime();

    void touch() {
        this.lastUsedNanos = System.nanoTime();
    }

    void beginUse() {
        this.activeUses.incrementAndGet();
    }

    void endUse() {
        this.activeUses.decrementAndGet();
        touch();
    }

    int activeUses() {
        return this.activeUses.get();
    }

    /**
     * Returns whether the session has been idle for a time.
     * @param timeout the minimum idle time
     * @return true if the session may be closed
     */
    boolean isIdleFor(Duration timeout) {
        return this.activeUses.get() == 0 && System.nanoTime() - this.lastUsedNanos > timeout.toNanos();
    }

}
