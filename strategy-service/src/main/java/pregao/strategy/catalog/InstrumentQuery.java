package pregao.strategy.catalog;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import pregao.contracts.Instrument;
import pregao.webapi.problem.QueryParameters;

/**
 * Parses the instrument of a query string.
 */
public final class InstrumentQuery {

    private InstrumentQuery() {
    }

    /**
     * Parses {@code feed} and {@code symbol}.
     * @param parameters the parameters of the request, to which errors are added
     * @param requestParameters the same parameters by name
     * @param tokenFeed the feed of the token; may be empty
     * @return the instrument, or empty if any parameter is wrong
     */
    public static Optional<Instrument> parse(QueryParameters parameters, Map<String, String> requestParameters,
            String tokenFeed) {
        String symbol = parameters.required("symbol", Instrument.SYMBOL_RULE, Instrument::symbolOfQuery);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN,
                (text) -> Optional.of(text).filter((name) -> name.matches(Instrument.FEED_PATTERN)));
        if (feed == null && requestParameters.getOrDefault("feed", "").isEmpty()) {
            feed = tokenFeed;
            if (feed.isEmpty()) {
                parameters.addError("feed", "a feed, because the token names none");
            }
        }
        return parameters.hasErrors() ? Optional.empty()
                : Optional.of(new Instrument(Objects.requireNonNull(feed), Objects.requireNonNull(symbol)));
    }

}
