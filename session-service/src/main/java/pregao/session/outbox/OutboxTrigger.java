package pregao.session.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;

/**
 * Passes calls on to whoever publishes, once there is somebody.
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
