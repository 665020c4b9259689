package pregao.loop;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says that the loop polls and has what it was assigned, for readiness.
 */
public final class LoopHealth implements HealthIndicator {

    private final LoopState state;

    /**
     * The health of a loop.
     * @param state of which
     */
    public LoopHealth(LoopState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        Health.Builder health = this.state.isReady() ? Health.up() : Health.outOfService();
        return health.withDetail("assigned", this.state.isAssigned()).build();
    }

}
