package pregao.pipeline.consumer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports the liveness of a consumer's thread.
 */
public final class ConsumerThreadHealthIndicator implements HealthIndicator {

    private final ConsumerState state;

    /**
     * Creates the indicator.
     * @param state the state of the consumer
     */
    public ConsumerThreadHealthIndicator(ConsumerState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        return (this.state.isAlive() ? Health.up() : Health.down()).build();
    }

}
