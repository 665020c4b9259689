package pregao.loop;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says that the thread of the loop works, for liveness.
 */
public final class LoopThreadHealth implements HealthIndicator {

    private final LoopState state;

    /**
     * The health of a loop's thread.
     * @param state of which
     */
    public LoopThreadHealth(LoopState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        return (this.state.isAlive() ? Health.up() : Health.down()).build();
    }

}
