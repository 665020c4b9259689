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
 * Filters of a symbol: the rules that its orders must follow. An order that breaks a rule
 * is rejected rather than adjusted. The only exception is a price between two ticks,
 * which is rounded.
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
     * Rounds the limit of an order to a tick, never to a worse price.
     * @param order an order for this symbol
     * @return the order with a limit that is a multiple of the tick size
     */
    SpotOrder roundToTicks(SpotOrder order) {
        BigDecimal limit = order.limit();
        BigDecimal roundedLimit = roundToTick(limit, (order.side() == Side.BUY) ? RoundingMode.DOWN : RoundingMode.UP);
        return (roundedLimit != null && roundedLimit.signum() > 0) ? order.withLimit(roundedLimit) : order;
    }

    /**
     * Rounds the prices of a protective order to ticks, never closer to the market.
     * @param order an order for this symbol
     * @return the order with prices that are multiples of the tick size
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
     * Returns the rule that an order breaks.
     * @param order an order for this symbol
     * @return the violation, or null if there is none; Binance has more rules
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
     * Returns the rule that an order breaks.
     * @param order an order for this symbol
     * @return the violation, or null if there is none; Binance has more rules
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
        // A step of 0 disables the check.
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
