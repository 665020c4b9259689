package pregao.indicators.query;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.webapi.problem.InvalidParametersException;
import pregao.webapi.problem.QueryParameters;

/**
 * Which instruments a reader wants listed.
 *
 * @param feed of this feed only; null for all
 */
public record InstrumentsQuery(@Nullable String feed) {

    /**
     * Reads the parameters of a request.
     * @param given by name
     * @return the query
     * @throws InvalidParametersException naming what is wrong
     */
    public static InstrumentsQuery of(Map<String, String> given) {
        QueryParameters parameters = new QueryParameters(given);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::feed);
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        return new InstrumentsQuery(feed);
    }

}
