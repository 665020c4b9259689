package pregao.strategy.event;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import pregao.background.Repetition;

/**
 * Has events published at once, as their transaction is through.
 */
@Component
public class Bell {

    private volatile @Nullable Repetition publishing;

    void hangs(Repetition repetition) {
        this.publishing = repetition;
    }

    /**
     * Rings.
     */
    public void ring() {
        Repetition called = this.publishing;
        if (called != null) {
            called.call();
        }
    }

}
