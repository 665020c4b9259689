package pregao.aggregator.loop;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says that the loop is alive, for readiness.
 */
final class LoopHealth implements HealthIndicator {

    private final LoopState state;

    LoopHealth(LoopState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        Health.Builder health = this.state.isAlive() ? Health.up() : Health.outOfService();
        return health.withDetail("assigned", this.state.isAssigned()).build();
    }

}
