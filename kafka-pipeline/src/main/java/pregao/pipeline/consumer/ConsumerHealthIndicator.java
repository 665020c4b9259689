package pregao.pipeline.consumer;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says that the loop polls and has what it was assigned, for readiness.
 */
public final class ConsumerHealthIndicator implements HealthIndicator {

    private final ConsumerState state;

    /**
     * The health of a loop.
     * @param state of which
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
