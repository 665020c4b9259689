package pregao.session.broker.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether anybody needs a session: who streams needs it all the while, who asks for a
 * moment.
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
     * Whether nobody has needed it for a while.
     * @param timeout the while
     * @return true where it may be closed
     */
    boolean isIdleFor(Duration timeout) {
        return this.activeUses.get() == 0 && System.nanoTime() - this.lastUsedNanos > timeout.toNanos();
    }

}
