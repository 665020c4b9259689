package pregao.pipeline.consumer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports the readiness of a consumer: it polls, and it has recovered its assigned
 * partitions.
 */
public final class ConsumerHealthIndicator implements HealthIndicator {

    private final ConsumerState state;

    /**
     * Creates the indicator.
     * @param state the state of the consumer
     */
    public ConsumerHealthIndicator(ConsumerState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        Health.Builder health = this.state.isReady() ? Health.up() : Health.outOfService();
        return health.withDetail("assigned", this.state.isAssigned()).build();
    }

}
