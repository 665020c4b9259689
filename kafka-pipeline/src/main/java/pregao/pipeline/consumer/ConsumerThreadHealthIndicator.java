package pregao.pipeline.consumer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says that the thread of the loop works, for liveness.
 */
public final class ConsumerThreadHealthIndicator implements HealthIndicator {

    private final ConsumerState state;

    /**
     * The health of a loop's thread.
     * @param state of which
     */
    public ConsumerThreadHealthIndicator(ConsumerState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        return (this.state.isAlive() ? Health.up() : Health.down()).build();
    }

}
