package pregao.background;

import java.util.List;
import java.util.Locale;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Metrics and health of the background threads of a service.
 */
@AutoConfiguration
public class BackgroundAutoConfiguration {

    @Bean
    BackgroundMetrics backgroundMetrics(ObjectProvider<SupervisedComponent> components) {
        return new BackgroundMetrics(() -> findThreads(components));
    }

    /**
     * For liveness: only a restart revives a thread that has died.
     */
    @Bean
    HealthIndicator backgroundAliveHealthIndicator(ObjectProvider<SupervisedComponent> components) {
        return () -> {
            List<String> dead = findThreads(components).stream()
                .filter((thread) -> thread.state() == SupervisedThread.State.DEAD)
                .map(SupervisedThread::name)
                .toList();
            return (dead.isEmpty() ? Health.up() : Health.down().withDetail("dead", dead)).build();
        };
    }

    /**
     * For operators: the state of each thread, and how long ago it succeeded.
     */
    @Bean
    HealthIndicator backgroundHealthIndicator(ObjectProvider<SupervisedComponent> components) {
        return () -> {
            List<SupervisedThread> threads = findThreads(components);
            boolean healthy = threads.stream().allMatch(SupervisedThread::isHealthy);
            Health.Builder health = healthy ? Health.up() : Health.outOfService();
            for (SupervisedThread thread : threads) {
                health.withDetail(thread.name(), "%s, last success %d s ago"
                    .formatted(thread.state().name().toLowerCase(Locale.ROOT), thread.getSuccessAge().toSeconds()));
            }
            return health.build();
        };
    }

    private static List<SupervisedThread> findThreads(ObjectProvider<SupervisedComponent> components) {
        return components.stream().flatMap((component) -> component.threads().stream()).toList();
    }

}
