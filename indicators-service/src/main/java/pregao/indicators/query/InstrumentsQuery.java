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
     * @param values by name
     * @return the query
     * @throws InvalidParametersException naming what is wrong
     */
    public static InstrumentsQuery of(Map<String, String> values) {
        QueryParameters parameters = new QueryParameters(values);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::parseFeed);
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        return new InstrumentsQuery(feed);
    }

}
