package pregao.strategy.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;

/**
 * Has events published at once, as their transaction is through.
 */
@Component
public class OutboxTrigger {

    private volatile @Nullable PeriodicTask task;

    void setTask(PeriodicTask task) {
        this.task = task;
    }

    /**
     * Rings.
     */
    public void trigger() {
        PeriodicTask task = this.task;
        if (task != null) {
            task.trigger();
        }
    }

}
