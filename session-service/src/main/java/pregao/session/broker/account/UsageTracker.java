package pregao.session.broker.account;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether anybody needs a session: who streams needs it all the while, who asks for a
 * moment.
 */
final class UsageTracker {

    private final AtomicInteger lasting = new AtomicInteger();

    private volatile long last = System.nanoTime();

    void touch() {
        this.last = System.nanoTime();
    }

    void begin() {
        this.lasting.incrementAndGet();
    }

    void end() {
        this.lasting.decrementAndGet();
        touch();
    }

    int lasting() {
        return this.lasting.get();
    }

    /**
     * Whether nobody has needed it for a while.
     * @param bound the while
     * @return true where it may be closed
     */
    boolean isOverSince(Duration bound) {
        return this.lasting.get() == 0 && System.nanoTime() - this.last > bound.toNanos();
    }

}
