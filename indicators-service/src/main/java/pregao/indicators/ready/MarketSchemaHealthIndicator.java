package pregao.indicators.ready;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Up once the aggregator has migrated the market schema and this service may read it.
 */
@Component
class MarketSchemaHealthIndicator implements ReactiveHealthIndicator {

    private static final String MIGRATED = """
            select coalesce(has_table_privilege(to_regclass('market.indicator'), 'insert'), false) and exists (
              select from pg_catalog.pg_attribute
              where attrelid = to_regclass('market.market_data') and attname = 'tick_volume') and exists (
              select from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
              where n.nspname = 'market' and p.proname = 'put_indicators' and has_function_privilege(p.oid, 'execute'))""";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DatabaseClient database;

    MarketSchemaHealthIndicator(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Health> health() {
        return this.database.sql(MIGRATED)
            .mapValue(Boolean.class)
            .one()
            .timeout(PATIENCE)
            .map((migrated) -> (migrated ? Health.up() : Health.down().withDetail("missing", "market schema")).build())
            .onErrorResume(Exception.class, (failure) -> Mono.just(Health.down(failure).build()));
    }

}
