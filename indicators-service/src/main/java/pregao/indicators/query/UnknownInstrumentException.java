package pregao.indicators.query;

import java.util.List;
import java.util.Map;

import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * Creates the problem for an instrument without stored data.
 */
public final class UnknownInstrumentException {

    private UnknownInstrumentException() {
    }

    /**
     * Creates the problem.
     * @param feed the feed
     * @param symbol the symbol
     * @return a 404 problem
     */
    public static ProblemException of(String feed, String symbol) {
        return new ProblemDefinition("unknown-instrument", "No such instrument", 404,
                "Nothing is stored of symbol '%s' of feed '%s'".formatted(symbol, feed), List.of(), Map.of())
            .asException();
    }

}
