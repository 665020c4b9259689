package pregao.strategy;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import pregao.testsupport.MarketTestDatabase;

/**
 * A database for tests with the schemas market and strategy, as their owners migrate
 * them.
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

    /** The one that tests share. */
    public static StrategyDatabase shared() {
        return SHARED;
    }

    /**
     * A database of one test class, which no service of another class writes to and takes
     * locks in.
     */
    public static StrategyDatabase create() {
        return new StrategyDatabase(MarketTestDatabase.empty().migrated());
    }

    /** Connections of the service's role. */
    public DataSource pool() {
        return this.pool;
    }

    /** With the candles of the aggregator. */
    public MarketTestDatabase market() {
        return this.market;
    }

}
