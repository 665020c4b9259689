package pregao.strategy.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;

/**
 * Has events published at once, as their transaction is through.
 */
@Component
public class OutboxTrigger {

    private volatile @Nullable PeriodicTask publishing;

    void hangs(PeriodicTask repetition) {
        this.publishing = repetition;
    }

    /**
     * Rings.
     */
    public void ring() {
        PeriodicTask called = this.publishing;
        if (called != null) {
            called.trigger();
        }
    }

}
