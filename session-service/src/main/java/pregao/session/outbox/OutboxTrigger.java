package pregao.session.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;

/**
 * Trigger of the publishing task. It does nothing until the task is set.
 */
@Component
class OutboxTrigger {

    private volatile @Nullable PeriodicTask task;

    void setTask(PeriodicTask task) {
        this.task = task;
    }

    void trigger() {
        PeriodicTask currentTask = this.task;
        if (currentTask != null) {
            currentTask.trigger();
        }
    }

}
