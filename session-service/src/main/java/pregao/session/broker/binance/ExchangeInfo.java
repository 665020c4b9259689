package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Instrument;
import pregao.session.broker.api.BrokerInstrument;

/**
 * What the broker trades, and how much it may be asked.
 */
final class ExchangeInfo {

    private static final int USUAL_WEIGHT = 6000;

    private final Map<String, SymbolFilters> filters = new LinkedHashMap<>();

    private final int weight;

    /**
     * Reads what the broker answered.
     * @param info the answer
     */
    ExchangeInfo(JsonNode info) {
        for (JsonNode symbol : info.path("symbols")) {
            if (Instrument.isSymbol(symbol.path("symbol").asString(""))) {
                SymbolFilters read = new SymbolFilters(symbol);
                this.filters.put(read.symbol(), read);
            }
        }
        int found = USUAL_WEIGHT;
        for (JsonNode limit : info.path("rateLimits")) {
            if (limit.path("rateLimitType").asString("").equals("REQUEST_WEIGHT")
                    && limit.path("interval").asString("").equals("MINUTE")) {
                found = limit.path("limit").asInt(USUAL_WEIGHT);
            }
        }
        this.weight = found;
    }

    List<BrokerInstrument> all() {
        List<BrokerInstrument> all = new ArrayList<>();
        this.filters.values().forEach((one) -> all.add(one.instrument()));
        return all;
    }

    /**
     * The rules of a symbol.
     * @param symbol such as {@code BTCUSDT}
     * @return null where nothing of this name is traded
     */
    @Nullable SymbolFilters filters(String symbol) {
        return this.filters.get(symbol);
    }

    /**
     * How much this address may ask.
     * @return weight a minute
     */
    int weight() {
        return this.weight;
    }

}
