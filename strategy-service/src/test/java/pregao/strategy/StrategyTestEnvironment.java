package pregao.strategy;

import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;

/**
 * This service as its tests run it.
 */
public final class StrategyTestEnvironment {

    /** Its role at the database. */
    public static final String ROLE = "pregao_strategy";

    private StrategyTestEnvironment() {
    }

    /**
     * Starts it.
     * @param database with the market schema
     * @param jwksUrl where the keys of tokens are
     * @param others further arguments
     * @return when it answers
     */
    public static ServiceUnderTest start(MarketTestDatabase database, String jwksUrl, String... others) {
        return ServiceUnderTest.start(StrategyService.class, ROLE, database, jwksUrl, others);
    }

}
