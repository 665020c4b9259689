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

    private static final int DEFAULT_WEIGHT_PER_MINUTE = 6000;

    private final Map<String, SymbolFilters> filtersBySymbol = new LinkedHashMap<>();

    private final int weightPerMinute;

    /**
     * Reads what the broker answered.
     * @param response the answer
     */
    ExchangeInfo(JsonNode response) {
        for (JsonNode symbol : response.path("symbols")) {
            if (Instrument.isSymbol(symbol.path("symbol").asString(""))) {
                SymbolFilters symbolFilters = new SymbolFilters(symbol);
                this.filtersBySymbol.put(symbolFilters.symbol(), symbolFilters);
            }
        }
        int weightLimit = DEFAULT_WEIGHT_PER_MINUTE;
        for (JsonNode limit : response.path("rateLimits")) {
            if (limit.path("rateLimitType").asString("").equals("REQUEST_WEIGHT")
                    && limit.path("interval").asString("").equals("MINUTE")) {
                weightLimit = limit.path("limit").asInt(DEFAULT_WEIGHT_PER_MINUTE);
            }
        }
        this.weightPerMinute = weightLimit;
    }

    List<BrokerInstrument> instruments() {
        List<BrokerInstrument> instruments = new ArrayList<>();
        this.filtersBySymbol.values().forEach((symbolFilters) -> instruments.add(symbolFilters.toInstrument()));
        return instruments;
    }

    /**
     * The rules of a symbol.
     * @param symbol such as {@code BTCUSDT}
     * @return null where nothing of this name is traded
     */
    @Nullable SymbolFilters findFilters(String symbol) {
        return this.filtersBySymbol.get(symbol);
    }

    /**
     * How much this address may ask.
     * @return weight a minute
     */
    int weightPerMinute() {
        return this.weightPerMinute;
    }

}
