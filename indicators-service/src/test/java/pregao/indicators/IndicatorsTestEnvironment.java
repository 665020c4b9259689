package pregao.indicators;

import pregao.testsupport.MarketTestDatabase;
import pregao.testsupport.ServiceUnderTest;

/**
 * Starts the service for tests.
 */
public final class IndicatorsTestEnvironment {

    /** The database role of the service. */
    public static final String ROLE = "pregao_indicators";

    private IndicatorsTestEnvironment() {
    }

    /**
     * Starts the service.
     * @param database a database with the market schema
     * @param jwksUrl the URL of the token keys
     * @param others further arguments
     * @return the service, once it is ready
     */
    public static ServiceUnderTest start(MarketTestDatabase database, String jwksUrl, String... others) {
        return ServiceUnderTest.start(IndicatorsService.class, ROLE, database, jwksUrl, others);
    }

}
