package pregao.session.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.Repetition;

/**
 * Passes calls on to whoever publishes, once there is somebody.
 */
@Component
class Calls {

    private volatile @Nullable Repetition publishing;

    void to(Repetition repetition) {
        this.publishing = repetition;
    }

    void call() {
        Repetition called = this.publishing;
        if (called != null) {
            called.call();
        }
    }

}
