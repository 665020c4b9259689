package pregao.strategy;

import pregao.fixtures.MarketDatabase;
import pregao.fixtures.RunningService;

/**
 * This service as its tests run it.
 */
public final class TestedService {

    /** Its role at the database. */
    public static final String ROLE = "pregao_strategy";

    private TestedService() {
    }

    /**
     * Starts it.
     * @param database with the market schema
     * @param jwksUrl where the keys of tokens are
     * @param others further arguments
     * @return when it answers
     */
    public static RunningService start(MarketDatabase database, String jwksUrl, String... others) {
        return RunningService.start(StrategyService.class, ROLE, database, jwksUrl, others);
    }

}
