package pregao.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

import pregao.devcluster.postgres.Database;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.devcluster.postgres.LocalPostgres;
import pregao.devcluster.postgres.TemporaryDatabase;

/**
 * A database for tests, with the market schema as its owner migrates it.
 */
public final class MarketTestDatabase {

    private final Database postgres;

    private MarketTestDatabase(Database postgres) {
        this.postgres = postgres;
    }

    /** One of its own, without the schema. */
    public static MarketTestDatabase empty() {
        return new MarketTestDatabase(TestResources.close(System.getProperty("pregao.test.edition") == null
                ? LocalPostgres.start(TestResources.folder("market-database"), 0)
                : TemporaryDatabase.make(System.getenv())));
    }

    /** The one that tests share, migrated. */
    public static MarketTestDatabase shared() {
        return Holder.DATABASE;
    }

    /**
     * How a service finds it.
     * @param role the service's
     * @return its settings
     */
    public String[] properties(String role) {
        DatabaseCredentials login = this.postgres.login(role);
        return new String[] { "PREGAO_DATABASE_URL=" + this.postgres.url(), "PREGAO_DATABASE_USER=" + login.user(),
                "PREGAO_DATABASE_PASSWORD=" + login.password() };
    }

    /** Migrates what the services that store and read candles own. */
    public MarketTestDatabase migrated() {
        return migrate("aggregator", "market").migrate("indicators", "indicators");
    }

    /**
     * Migrates the schema of a service as it does at its start.
     * @param service without {@code -service}
     * @param schema the one it owns
     * @return this database
     */
    public MarketTestDatabase migrate(String service, String schema) {
        DatabaseCredentials owner = this.postgres.login("pregao_" + service);
        Flyway.configure()
            .dataSource("jdbc:" + this.postgres.url(), owner.user(), owner.password())
            .locations("filesystem:../" + service + "-service/src/main/resources/db/migration")
            .schemas(schema)
            .createSchemas(false)
            .load()
            .migrate();
        return this;
    }

    /**
     * Connections of a service's role.
     * @param role the service's
     * @param size how many at most, which are there all the time
     * @return a pool
     */
    public DataSource pool(String role, int size) {
        DatabaseCredentials login = this.postgres.login(role);
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:" + this.postgres.url());
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(size);
        pool.addDataSourceProperty("prepareThreshold", "1");
        return pool;
    }

    /** A connection of the superuser. */
    public Connection connect() throws SQLException {
        return this.postgres.connect();
    }

    /** Runs SQL as the superuser. */
    public void execute(String sql) {
        try (Connection connection = this.postgres.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The first column of what the superuser selects. */
    public List<String> strings(String sql) {
        List<String> found = new ArrayList<>();
        try (Connection connection = this.postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return found;
    }

    public void stop() {
        this.postgres.close();
    }

    /** M1 candles from a moment on: candle n has the close n. */
    public void putMinutes(String feed, String symbol, String from, int count) {
        execute("""
                insert into market.candle (feed, symbol, timeframe, ts, open, high, low, close, volume, spread, source,
                  final, rank, revision)
                select '%s', '%s', 'M1', timestamptz '%s' + n * interval '1 minute', n, n + 1, n, n, 10, 0.5, 'given',
                  true, 4, 1
                from generate_series(1, %d) n on conflict do nothing""".formatted(feed, symbol, from, count));
        noteSeries();
    }

    /** What the loop does. */
    public void noteSeries() {
        execute("""
                insert into indicators.series
                select feed, symbol, timeframe, min(ts), max(ts) from market.candle group by 1, 2, 3
                on conflict do nothing""");
    }

    private static final class Holder {

        private static final MarketTestDatabase DATABASE = empty().migrated();

    }

}
