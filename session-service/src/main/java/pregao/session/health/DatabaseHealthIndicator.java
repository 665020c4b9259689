package pregao.session.health;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Health indicator that is up while the database responds.
 */
@Component
class DatabaseHealthIndicator implements ReactiveHealthIndicator {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private final DatabaseClient database;

    DatabaseHealthIndicator(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Health> health() {
        return this.database.sql("select 1")
            .mapValue(Integer.class)
            .one()
            .timeout(REQUEST_TIMEOUT)
            .map((value) -> Health.up().build())
            .onErrorResume(Exception.class, (failure) -> Mono.just(Health.down(failure).build()));
    }

}
