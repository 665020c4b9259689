package pregao.strategy.order;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.stereotype.Component;

/**
 * Whether this replica has written down what became of an order since somebody asked, so
 * that the loop need not look for it every time.
 */
@Component
public class OutcomeSignal {

    private final AtomicBoolean pending = new AtomicBoolean();

    /** Something was written down. */
    public void set() {
        this.pending.set(true);
    }

    /**
     * Asks, and forgets.
     * @return true where there is something that its bot may not know
     */
    public boolean getAndClear() {
        return this.pending.getAndSet(false);
    }

}
