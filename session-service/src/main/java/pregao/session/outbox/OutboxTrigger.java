package pregao.session.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.PeriodicTask;

/**
 * Passes calls on to whoever publishes, once there is somebody.
 */
@Component
class OutboxTrigger {

    private volatile @Nullable PeriodicTask publishing;

    void to(PeriodicTask repetition) {
        this.publishing = repetition;
    }

    void trigger() {
        PeriodicTask called = this.publishing;
        if (called != null) {
            called.trigger();
        }
    }

}
