package pregao.strategy.order;

import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.stereotype.Component;

/**
 * A flag that this replica has stored the outcome of an order, so that the trading
 * pipeline does not query for outcomes on every poll.
 */
@Component
public class OutcomeSignal {

    private final AtomicBoolean pending = new AtomicBoolean();

    /** Signals that an outcome was stored. */
    public void set() {
        this.pending.set(true);
    }

    /**
     * Returns the flag and clears it.
     * @return true if there may be an outcome that its bot does not know of
     */
    public boolean getAndClear() {
        return this.pending.getAndSet(false);
    }

}
