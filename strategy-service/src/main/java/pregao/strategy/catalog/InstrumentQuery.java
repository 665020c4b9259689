package pregao.strategy.catalog;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import pregao.contracts.Instrument;
import pregao.webapi.problem.QueryParameters;

/**
 * Reads which instrument a reader wants.
 */
public final class InstrumentQuery {

    private InstrumentQuery() {
    }

    /**
     * Reads {@code feed} and {@code symbol}.
     * @param parameters of the request; what is wrong is noted there
     * @param requestParameters the same, by name
     * @param tokenFeed that of the token; may be empty
     * @return empty where anything is wrong
     */
    public static Optional<Instrument> parse(QueryParameters parameters, Map<String, String> requestParameters,
            String tokenFeed) {
        String symbol = parameters.required("symbol", Instrument.SYMBOL_RULE, Instrument::symbolOfQuery);
        String feed = parameters.optional("feed", Instrument.FEED_PATTERN,
                (text) -> Optional.of(text).filter((name) -> name.matches(Instrument.FEED_PATTERN)));
        if (feed == null && requestParameters.getOrDefault("feed", "").isEmpty()) {
            feed = tokenFeed;
            if (feed.isEmpty()) {
                parameters.wrong("feed", "a feed, because the token names none");
            }
        }
        return parameters.anyWrong() ? Optional.empty()
                : Optional.of(new Instrument(Objects.requireNonNull(feed), Objects.requireNonNull(symbol)));
    }

}
