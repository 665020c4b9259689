package pregao.indicators.health;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.indicators.pipeline.MarketSchemaReadiness;

/**
 * Reports UP once the aggregator has migrated the market schema and this service has
 * access to it.
 */
@Component
class MarketSchemaHealthIndicator implements ReactiveHealthIndicator {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private final DatabaseClient databaseClient;

    MarketSchemaHealthIndicator(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    @Override
    public Mono<Health> health() {
        return this.databaseClient.sql(MarketSchemaReadiness.SELECT_IS_MIGRATED)
            .mapValue(Boolean.class)
            .one()
            .timeout(REQUEST_TIMEOUT)
            .map((isMigrated) -> (isMigrated ? Health.up() : Health.down().withDetail("missing", "market schema"))
                .build())
            .onErrorResume(Exception.class, (failure) -> Mono.just(Health.down(failure).build()));
    }

}
