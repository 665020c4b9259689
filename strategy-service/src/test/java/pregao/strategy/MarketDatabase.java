package pregao.strategy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import pregao.stack.postgres.Database;
import pregao.stack.postgres.LocalPostgres;
import pregao.stack.postgres.Login;
import pregao.stack.postgres.ThrowawayDatabase;

/**
 * A database for tests, with the market schema as its owner migrates it.
 */
public final class MarketDatabase {

    private static final Path MIGRATIONS = Path.of("../aggregator-service/src/main/resources/db/migration");

    private final Database postgres;

    private MarketDatabase(Database postgres) {
        this.postgres = postgres;
    }

    /** One of its own, without the schema. */
    public static MarketDatabase empty() {
        try {
            Path folder = Files.createTempDirectory("market-database");
            Database postgres = System.getProperty("pregao.test.edition") == null ? LocalPostgres.start(folder, 0)
                    : ThrowawayDatabase.make(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
            return new MarketDatabase(postgres);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The one that tests share, migrated. */
    public static MarketDatabase shared() {
        return Shared.DATABASE;
    }

    public String[] properties() {
        Login login = this.postgres.login("pregao_strategy");
        return new String[] { "PREGAO_DATABASE_URL=" + this.postgres.url(), "PREGAO_DATABASE_USER=" + login.user(),
                "PREGAO_DATABASE_PASSWORD=" + login.password() };
    }

    public MarketDatabase migrated() {
        Login owner = this.postgres.login("pregao_aggregator");
        try (Connection connection = DriverManager.getConnection("jdbc:" + this.postgres.url(), owner.user(),
                owner.password()); Statement statement = connection.createStatement()) {
            for (Path script : scripts()) {
                statement.execute(Files.readString(script));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
        return this;
    }

    /** Connections of the service's role. */
    public DataSource pool() {
        Login login = this.postgres.login("pregao_strategy");
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:" + this.postgres.url());
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(8);
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
                insert into market.series
                select feed, symbol, timeframe, min(ts), max(ts) from market.candle group by 1, 2, 3
                on conflict do nothing""");
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.filter((file) -> file.toString().endsWith(".sql")).sorted().toList();
        }
    }

    private static final class Shared {

        private static final MarketDatabase DATABASE = empty().migrated();

    }

}
