package pregao.simulator.binance;

import java.util.HashSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * What anybody may ask.
 */
final class PublicCalls {

    private static final int USUAL = 500;

    private final Set<String> halted = new HashSet<>();

    private final Prices prices;

    private final Klines klines;

    private final Limits limits;

    private final SimulatorClock clock;

    PublicCalls(Prices prices, Klines klines, Limits limits, SimulatorClock clock) {
        this.prices = prices;
        this.klines = klines;
        this.limits = limits;
        this.clock = clock;
    }

    JsonNode answer(Endpoint endpoint, Parameters parameters) {
        return switch (endpoint) {
            case PING -> Json.object();
            case TIME -> Json.object().put("serverTime", this.clock.millis());
            case EXCHANGE_INFO -> exchangeInfo(parameters);
            case KLINES -> klines(parameters);
            case PRICE -> price(parameters);
            default -> throw new IllegalArgumentException(endpoint + " is not for anybody");
        };
    }

    boolean isHalted(Pair pair) {
        return this.halted.contains(pair.symbol());
    }

    void halt(String symbol, boolean really) {
        if (really) {
            this.halted.add(symbol);
        }
        else {
            this.halted.remove(symbol);
        }
    }

    private ObjectNode exchangeInfo(Parameters parameters) {
        ObjectNode info = Json.object().put("timezone", "UTC").put("serverTime", this.clock.millis());
        info.set("rateLimits", this.limits.json());
        info.putArray("exchangeFilters");
        ArrayNode symbols = info.putArray("symbols");
        Pair only = parameters.has("symbol") ? parameters.pair() : null;
        for (Pair pair : Pair.ALL) {
            if (only == null || only.equals(pair)) {
                symbols.add(pair.json(isHalted(pair) ? "HALT" : "TRADING"));
            }
        }
        return info;
    }

    private ArrayNode klines(Parameters parameters) {
        Pair pair = parameters.pair();
        Integer seconds = Klines.INTERVALS.get(parameters.mandatory("interval"));
        if (seconds == null) {
            throw new Refusal(-1120, "Invalid interval.");
        }
        return this.klines.rows(pair, seconds, parameters.number("startTime", -1),
                parameters.number("endTime", Long.MAX_VALUE), (int) parameters.number("limit", USUAL));
    }

    private JsonNode price(Parameters parameters) {
        if (parameters.has("symbol")) {
            return price(parameters.pair());
        }
        ArrayNode all = Json.array();
        Pair.ALL.forEach((pair) -> all.add(price(pair)));
        return all;
    }

    private ObjectNode price(Pair pair) {
        return Json.object()
            .put("symbol", pair.symbol())
            .put("price", Texts.decimal(pair.decimal(this.prices.at(pair, this.clock.seconds()))));
    }

}
