package pregao.indicators.query;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.webapi.problem.InvalidParametersException;
import pregao.webapi.problem.QueryParameters;

/**
 * The parameters of {@code GET /api/instruments}.
 *
 * @param feed the feed; null for all
 */
public record InstrumentsQuery(@Nullable String feed) {

    /**
     * Parses the parameters of a request.
     * @param values the parameter values by name
     * @return the query
     * @throws InvalidParametersException if parameters are invalid; it names all of them
     */
    public static InstrumentsQuery of(Map<String, String> values) {
        QueryParameters parameters = new QueryParameters(values);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::parseFeed);
        if (parameters.hasErrors()) {
            throw parameters.toException();
        }
        return new InstrumentsQuery(feed);
    }

}
