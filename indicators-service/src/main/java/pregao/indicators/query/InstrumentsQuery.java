package pregao.indicators.query;

import pregao.http.problem.InvalidQuery;
import pregao.http.problem.Parameters;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import pregao.contracts.Instrument;

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
     * @throws InvalidQuery naming what is wrong
     */
    public static InstrumentsQuery of(Map<String, String> given) {
        Parameters parameters = new Parameters(given);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN, MarketDataQuery::feed);
        if (parameters.anyWrong()) {
            throw parameters.failure();
        }
        return new InstrumentsQuery(feed);
    }

}
