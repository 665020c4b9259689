package pregao.strategy.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;

/**
 * Triggers the publication of events right after their transaction has committed.
 */
@Component
public class OutboxTrigger {

    private volatile @Nullable PeriodicTask task;

    void setTask(PeriodicTask task) {
        this.task = task;
    }

    /** Triggers a run of the outbox. */
    public void trigger() {
        PeriodicTask task = this.task;
        if (task != null) {
            task.trigger();
        }
    }

}
