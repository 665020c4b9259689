package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import pregao.session.broker.api.BrokerInstrument;
import pregao.session.broker.api.ProtectiveOrder;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;

/**
 * The rules that orders for a symbol must keep. What breaks one is not made to fit, but
 * for a limit between two prices.
 */
final class SymbolFilters {

    private final Map<String, JsonNode> filtersByType = new HashMap<>();

    private final JsonNode symbol;

    SymbolFilters(JsonNode symbol) {
        this.symbol = symbol;
        symbol.path("filters")
            .forEach((filter) -> this.filtersByType.put(filter.path("filterType").asString(""), filter));
    }

    String symbol() {
        return symbolText("symbol");
    }

    boolean isOpen() {
        return symbolText("status").equals("TRADING");
    }

    BrokerInstrument.Spot toInstrument() {
        return new BrokerInstrument.Spot(symbol(), symbolText("baseAsset"), symbolText("quoteAsset"), isOpen(),
                filterDecimal("LOT_SIZE", "minQty"), filterDecimal("LOT_SIZE", "maxQty"),
                filterDecimal("LOT_SIZE", "stepSize"), filterDecimal("PRICE_FILTER", "tickSize"), minNotional());
    }

    /**
     * The order with its limit at a price of the symbol, never worse than it was.
     * @param order of this symbol
     * @return with a limit that is a multiple of the tick
     */
    SpotOrder roundToTicks(SpotOrder order) {
        BigDecimal limit = order.limit();
        BigDecimal roundedLimit = roundToTick(limit, (order.side() == Side.BUY) ? RoundingMode.DOWN : RoundingMode.UP);
        return (roundedLimit != null && roundedLimit.signum() > 0) ? order.limited(roundedLimit) : order;
    }

    /**
     * The order with its levels at prices of the symbol, none nearer than it was.
     * @param order of this symbol
     * @return with levels that are multiples of the tick
     */
    ProtectiveOrder roundToTicks(ProtectiveOrder order) {
        return new ProtectiveOrder(order.id(), order.account(), order.symbol(), order.quantity(),
                roundToTick(order.stop(), RoundingMode.DOWN), roundToTick(order.limit(), RoundingMode.DOWN),
                roundToTick(order.take(), RoundingMode.UP), order.decidedAt(), order.validUntil());
    }

    private @Nullable BigDecimal roundToTick(@Nullable BigDecimal price, RoundingMode mode) {
        BigDecimal tick = filterDecimal("PRICE_FILTER", "tickSize");
        return (price == null || tick.signum() == 0) ? price : price.divide(tick, 0, mode).multiply(tick);
    }

    /**
     * Why the broker would not take an order.
     * @param order of this symbol
     * @return null where it seems to fit; the broker knows more
     */
    @Nullable String findViolation(ProtectiveOrder order) {
        for (BigDecimal price : new BigDecimal[] { order.limit(), order.stop(), order.take() }) {
            if (price != null && price.signum() <= 0) {
                return "a level must be above 0";
            }
            String violation = (price == null) ? null : findViolation(new SpotOrder(order.id(), order.account(),
                    order.symbol(), Side.SELL, order.quantity(), price, order.decidedAt(), order.validUntil()));
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    /**
     * Why the broker would not take an order.
     * @param order of this symbol
     * @return null where it seems to fit; the broker knows more
     */
    @Nullable String findViolation(SpotOrder order) {
        String quantityViolation = findRangeViolation("LOT_SIZE", "quantity", order.quantity(), "minQty", "maxQty",
                "stepSize");
        BigDecimal limit = order.limit();
        if (quantityViolation != null) {
            return quantityViolation;
        }
        if (limit == null) {
            return findRangeViolation("MARKET_LOT_SIZE", "quantity", order.quantity(), "minQty", "maxQty", "stepSize");
        }
        String priceViolation = findRangeViolation("PRICE_FILTER", "limit", limit, "minPrice", "maxPrice", "tickSize");
        if (priceViolation != null) {
            return priceViolation;
        }
        BigDecimal notional = limit.multiply(order.quantity());
        BigDecimal maxNotional = filterDecimal("NOTIONAL", "maxNotional");
        if (notional.compareTo(minNotional()) < 0) {
            return "an order must be worth at least %s %s, not %s".formatted(toPlainString(minNotional()),
                    symbolText("quoteAsset"), toPlainString(notional));
        }
        return (maxNotional.signum() > 0 && notional.compareTo(maxNotional) > 0)
                ? "an order must be worth at most %s %s, not %s".formatted(toPlainString(maxNotional),
                        symbolText("quoteAsset"), toPlainString(notional))
                : null;
    }

    private @Nullable String findRangeViolation(String type, String name, BigDecimal value, String minField,
            String maxField, String stepField) {
        BigDecimal min = filterDecimal(type, minField);
        BigDecimal max = filterDecimal(type, maxField);
        BigDecimal step = filterDecimal(type, stepField);
        if (value.compareTo(min) < 0) {
            return "%s must be at least %s, not %s".formatted(name, toPlainString(min), toPlainString(value));
        }
        if (max.signum() > 0 && value.compareTo(max) > 0) {
            return "%s must be at most %s, not %s".formatted(name, toPlainString(max), toPlainString(value));
        }
        // A step of 0 means that any will do.
        if (step.signum() > 0 && value.remainder(step).signum() != 0) {
            return "%s must be a multiple of the step %s, not %s".formatted(name, toPlainString(step),
                    toPlainString(value));
        }
        return null;
    }

    private BigDecimal minNotional() {
        return filterDecimal("NOTIONAL", "minNotional").max(filterDecimal("MIN_NOTIONAL", "minNotional"));
    }

    private BigDecimal filterDecimal(String type, String field) {
        return JsonTrees.parseDecimal(this.filtersByType.getOrDefault(type, MissingNode.getInstance()).path(field));
    }

    private String symbolText(String field) {
        return this.symbol.path(field).asString("");
    }

    private static String toPlainString(BigDecimal number) {
        return (number.signum() == 0) ? "0" : number.stripTrailingZeros().toPlainString();
    }

}
