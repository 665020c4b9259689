package pregao.strategy;

import java.util.ArrayList;
import java.util.List;

import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;

/**
 * Starts this service for tests.
 */
public final class StrategyTestEnvironment {

    /** The database role of the service. */
    public static final String ROLE = "pregao_strategy";

    private StrategyTestEnvironment() {
    }

    /**
     * Starts the service.
     * @param database the database with the schema {@code market}
     * @param jwksUrl the URL of the keys of access tokens
     * @param others additional arguments
     * @return the service, once it responds
     */
    public static ServiceUnderTest start(MarketTestDatabase database, String jwksUrl, String... others) {
        List<String> settings = new ArrayList<>(List.of(others));
        settings.add("--pregao.strategy.warm-up.orders=0");
        return ServiceUnderTest.start(StrategyService.class, ROLE, database, jwksUrl, settings.toArray(String[]::new));
    }

}
