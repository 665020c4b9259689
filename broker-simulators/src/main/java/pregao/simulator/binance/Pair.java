package pregao.simulator.binance;

import java.math.BigDecimal;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * Two assets of which one is paid with the other.
 *
 * @param base what is bought
 * @param quote with what it is paid
 * @param price around which its prices walk, units of the last decimal
 * @param decimals how many its prices have
 * @param quantityDecimals how many its quantities have
 * @param leastValue the smallest order, in the quote asset
 */
record Pair(String base, String quote, long price, int decimals, int quantityDecimals, BigDecimal leastValue) {

    static final BigDecimal MAX_COUNT = BigDecimal.valueOf(9000);

    static final List<Pair> ALL = List.of(new Pair("BTC", "USDT", 9_421_500, 2, 5, BigDecimal.valueOf(5)),
            new Pair("ETH", "USDT", 312_050, 2, 4, BigDecimal.valueOf(5)),
            new Pair("BNB", "USDT", 61_230, 2, 3, BigDecimal.valueOf(5)),
            new Pair("SOL", "USDT", 16_800, 2, 3, BigDecimal.valueOf(5)),
            new Pair("POL", "USDT", 4_120, 4, 1, BigDecimal.valueOf(5)),
            new Pair("ETH", "BTC", 33_120, 6, 4, new BigDecimal("0.0001")));

    /** Open orders of an account and pair. */
    static final int MOST_ORDERS = 200;

    /** Of these, those with a stop price. */
    static final int MOST_STOPS = 5;

    static final int MOST_LISTS = 20;

    /** How far a price may be from the mean, as a part of it. */
    static final BigDecimal UP = BigDecimal.valueOf(5);

    static final BigDecimal DOWN = new BigDecimal("0.2");

    /**
     * The pair of a name.
     * @param symbol such as {@code BTCUSDT}
     * @return null where there is none
     */
    static @Nullable Pair named(String symbol) {
        return ALL.stream().filter((pair) -> pair.symbol().equals(symbol)).findFirst().orElse(null);
    }

    String symbol() {
        return this.base + this.quote;
    }

    BigDecimal decimal(long units) {
        return BigDecimal.valueOf(units, this.decimals);
    }

    BigDecimal tick() {
        return BigDecimal.valueOf(1, this.decimals);
    }

    BigDecimal step() {
        return BigDecimal.valueOf(1, this.quantityDecimals);
    }

    /**
     * What the broker says of it.
     * @param status such as {@code TRADING}
     * @return an element of {@code symbols}
     */
    ObjectNode json(String status) {
        ObjectNode json = Json.object()
            .put("symbol", symbol())
            .put("status", status)
            .put("baseAsset", this.base)
            .put("baseAssetPrecision", 8)
            .put("quoteAsset", this.quote)
            .put("quoteAssetPrecision", 8);
        json.putArray("orderTypes")
            .add("LIMIT")
            .add("LIMIT_MAKER")
            .add("MARKET")
            .add("STOP_LOSS_LIMIT")
            .add("TAKE_PROFIT_LIMIT");
        json.put("ocoAllowed", true).put("cancelReplaceAllowed", true).put("isSpotTradingAllowed", true);
        addFilters(json.putArray("filters"));
        json.putArray("permissionSets").addArray().add("SPOT");
        return json;
    }

    private void addFilters(ArrayNode filters) {
        filters.addObject()
            .put("filterType", "PRICE_FILTER")
            .put("minPrice", Decimals.decimal(tick()))
            .put("maxPrice", Decimals.decimal(BigDecimal.valueOf(1_000_000)))
            .put("tickSize", Decimals.decimal(tick()));
        for (String type : List.of("LOT_SIZE", "MARKET_LOT_SIZE")) {
            filters.addObject()
                .put("filterType", type)
                .put("minQty", Decimals.decimal(step()))
                .put("maxQty", Decimals.decimal(MAX_COUNT))
                .put("stepSize", Decimals.decimal(step()));
        }
        filters.addObject()
            .put("filterType", "NOTIONAL")
            .put("minNotional", Decimals.decimal(this.leastValue))
            .put("applyMinToMarket", true)
            .put("maxNotional", Decimals.decimal(MAX_COUNT.movePointRight(3)))
            .put("applyMaxToMarket", false)
            .put("avgPriceMins", 5);
        filters.addObject()
            .put("filterType", "PERCENT_PRICE_BY_SIDE")
            .put("bidMultiplierUp", UP.toPlainString())
            .put("bidMultiplierDown", DOWN.toPlainString())
            .put("askMultiplierUp", UP.toPlainString())
            .put("askMultiplierDown", DOWN.toPlainString())
            .put("avgPriceMins", 5);
        filters.addObject().put("filterType", "MAX_NUM_ORDERS").put("maxNumOrders", MOST_ORDERS);
        filters.addObject().put("filterType", "MAX_NUM_ALGO_ORDERS").put("maxNumAlgoOrders", MOST_STOPS);
        filters.addObject().put("filterType", "MAX_NUM_ORDER_LISTS").put("maxNumOrderLists", MOST_LISTS);
    }

}
