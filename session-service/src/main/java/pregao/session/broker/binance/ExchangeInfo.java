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
 * Trading rules of all symbols and the request weight limit, from {@code GET
 * /v3/exchangeInfo}.
 */
final class ExchangeInfo {

    private static final int DEFAULT_WEIGHT_PER_MINUTE = 6000;

    private final Map<String, SymbolFilters> filtersBySymbol = new LinkedHashMap<>();

    private final int weightPerMinute;

    /**
     * Parses the response. Symbols with a name that Pregão doesn't support are left out.
     * @param response the response of {@code /v3/exchangeInfo}
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
     * Returns the filters of a symbol.
     * @param symbol a symbol, such as {@code BTCUSDT}
     * @return the filters, or null if the symbol isn't traded
     */
    @Nullable SymbolFilters findFilters(String symbol) {
        return this.filtersBySymbol.get(symbol);
    }

    /**
     * Returns the request weight limit of an IP address.
     * @return the weight per minute
     */
    int weightPerMinute() {
        return this.weightPerMinute;
    }

}
