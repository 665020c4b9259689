package pregao.indicators;

import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;

/**
 * This service as its tests run it.
 */
public final class IndicatorsTestEnvironment {

    /** Its role at the database. */
    public static final String ROLE = "pregao_indicators";

    private IndicatorsTestEnvironment() {
    }

    /**
     * Starts it.
     * @param database with the market schema
     * @param jwksUrl where the keys of tokens are
     * @param others further arguments
     * @return when it answers
     */
    public static ServiceUnderTest start(MarketTestDatabase database, String jwksUrl, String... others) {
        return ServiceUnderTest.start(IndicatorsService.class, ROLE, database, jwksUrl, others);
    }

}
