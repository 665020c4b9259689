package pregao.strategy;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import pregao.testsupport.MarketTestDatabase;

/**
 * A test database with the schemas {@code market} and {@code strategy}, migrated by their
 * owners.
 */
public final class StrategyDatabase {

    private static final StrategyDatabase SHARED = new StrategyDatabase(MarketTestDatabase.shared());

    private final MarketTestDatabase market;

    private final DataSource pool;

    private StrategyDatabase(MarketTestDatabase market) {
        this.market = market;
        this.pool = this.market.pool(StrategyTestEnvironment.ROLE, 8);
        Flyway.configure().dataSource(this.pool).schemas("strategy").createSchemas(false).load().migrate();
    }

    /** Returns the database that tests share. */
    public static StrategyDatabase shared() {
        return SHARED;
    }

    /**
     * Creates a database for one test class, so that no service of another class writes
     * to it or takes locks in it.
     */
    public static StrategyDatabase create() {
        return new StrategyDatabase(MarketTestDatabase.empty().migrated());
    }

    /** Returns the connection pool of the role of the service. */
    public DataSource pool() {
        return this.pool;
    }

    /** Returns the database with the candles of the aggregator. */
    public MarketTestDatabase market() {
        return this.market;
    }

}
