package pregao.strategy.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reports up if the database responds and the aggregator has created the candle table
 * that this service reads.
 */
@Component
class DatabaseHealthIndicator implements HealthIndicator {

    private static final String SELECT_MIGRATED = """
            select coalesce(has_table_privilege(to_regclass('market.candle'), 'select'), false)""";

    private final JdbcClient database;

    DatabaseHealthIndicator(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Health health() {
        try {
            boolean isMigrated = this.database.sql(SELECT_MIGRATED).query(Boolean.class).single();
            return isMigrated ? Health.up().build()
                    : Health.outOfService().withDetail("waiting", "for market.candle").build();
        }
        catch (org.springframework.dao.DataAccessException ex) {
            return Health.down(ex).build();
        }
    }

}
