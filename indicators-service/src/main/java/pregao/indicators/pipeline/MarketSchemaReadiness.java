package pregao.indicators.pipeline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

/**
 * Checks whether the aggregator has migrated the market schema so far that values can be
 * stored.
 */
public final class MarketSchemaReadiness implements BooleanSupplier {

    /** Selects whether the schema is migrated, for this database role. */
    public static final String SELECT_IS_MIGRATED = """
            select coalesce(has_table_privilege(to_regclass('market.indicator'), 'insert'), false) and exists (
              select from pg_catalog.pg_attribute
              where attrelid = to_regclass('market.market_data') and attname = 'tick_volume') and exists (
              select from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
              where n.nspname = 'market' and p.proname = 'put_indicators' and has_function_privilege(p.oid, 'execute'))""";

    private final DataSource dataSource;

    MarketSchemaReadiness(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public boolean getAsBoolean() {
        try (Connection connection = this.dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(SELECT_IS_MIGRATED);
                ResultSet result = statement.executeQuery()) {
            return result.next() && result.getBoolean(1);
        }
        catch (SQLException ex) {
            // The container checks again soon, and logs that it waits.
            return false;
        }
    }

}
