package pregao.indicators.query;

import java.util.List;
import java.util.Map;

import pregao.http.problem.Trouble;
import pregao.http.problem.TroubleException;

/**
 * The answer where nothing was ever stored of an instrument.
 */
public final class UnknownInstrument {

    private UnknownInstrument() {
    }

    /**
     * Says so.
     * @param feed of this feed
     * @param symbol of this symbol
     * @return a 404
     */
    public static TroubleException of(String feed, String symbol) {
        return new Trouble("unknown-instrument", "No such instrument", 404,
                "Nothing is stored of symbol '%s' of feed '%s'".formatted(symbol, feed), List.of(), Map.of())
            .asException();
    }

}
