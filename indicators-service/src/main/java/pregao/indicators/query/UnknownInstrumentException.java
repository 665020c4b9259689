package pregao.indicators.query;

import java.util.List;
import java.util.Map;

import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * The answer where nothing was ever stored of an instrument.
 */
public final class UnknownInstrumentException {

    private UnknownInstrumentException() {
    }

    /**
     * Says so.
     * @param feed of this feed
     * @param symbol of this symbol
     * @return a 404
     */
    public static ProblemException of(String feed, String symbol) {
        return new ProblemDefinition("unknown-instrument", "No such instrument", 404,
                "Nothing is stored of symbol '%s' of feed '%s'".formatted(symbol, feed), List.of(), Map.of())
            .asException();
    }

}
