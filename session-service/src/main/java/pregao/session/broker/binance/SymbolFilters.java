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

    private final Map<String, JsonNode> byType = new HashMap<>();

    private final JsonNode symbol;

    SymbolFilters(JsonNode symbol) {
        this.symbol = symbol;
        symbol.path("filters").forEach((filter) -> this.byType.put(filter.path("filterType").asString(""), filter));
    }

    String symbol() {
        return text("symbol");
    }

    boolean isOpen() {
        return text("status").equals("TRADING");
    }

    BrokerInstrument.Spot instrument() {
        return new BrokerInstrument.Spot(symbol(), text("baseAsset"), text("quoteAsset"), isOpen(),
                number("LOT_SIZE", "minQty"), number("LOT_SIZE", "maxQty"), number("LOT_SIZE", "stepSize"),
                number("PRICE_FILTER", "tickSize"), leastValue());
    }

    /**
     * The order with its limit at a price of the symbol, never worse than it was.
     * @param order of this symbol
     * @return with a limit that is a multiple of the tick
     */
    SpotOrder fitted(SpotOrder order) {
        BigDecimal limit = order.limit();
        BigDecimal fitted = price(limit, (order.side() == Side.BUY) ? RoundingMode.DOWN : RoundingMode.UP);
        return (fitted != null && fitted.signum() > 0) ? order.limited(fitted) : order;
    }

    /**
     * The order with its levels at prices of the symbol, none nearer than it was.
     * @param order of this symbol
     * @return with levels that are multiples of the tick
     */
    ProtectiveOrder fitted(ProtectiveOrder order) {
        return new ProtectiveOrder(order.id(), order.account(), order.symbol(), order.quantity(),
                price(order.stop(), RoundingMode.DOWN), price(order.limit(), RoundingMode.DOWN),
                price(order.take(), RoundingMode.UP), order.decidedAt(), order.validUntil());
    }

    private @Nullable BigDecimal price(@Nullable BigDecimal any, RoundingMode mode) {
        BigDecimal tick = number("PRICE_FILTER", "tickSize");
        return (any == null || tick.signum() == 0) ? any : any.divide(tick, 0, mode).multiply(tick);
    }

    /**
     * Why the broker would not take an order.
     * @param order of this symbol
     * @return null where it seems to fit; the broker knows more
     */
    @Nullable String broken(ProtectiveOrder order) {
        for (BigDecimal price : new BigDecimal[] { order.limit(), order.stop(), order.take() }) {
            if (price != null && price.signum() <= 0) {
                return "a level must be above 0";
            }
            String broken = (price == null) ? null : broken(new SpotOrder(order.id(), order.account(), order.symbol(),
                    Side.SELL, order.quantity(), price, order.decidedAt(), order.validUntil()));
            if (broken != null) {
                return broken;
            }
        }
        return null;
    }

    /**
     * Why the broker would not take an order.
     * @param order of this symbol
     * @return null where it seems to fit; the broker knows more
     */
    @Nullable String broken(SpotOrder order) {
        String quantity = outside("LOT_SIZE", "quantity", order.quantity(), "minQty", "maxQty", "stepSize");
        BigDecimal limit = order.limit();
        if (quantity != null) {
            return quantity;
        }
        if (limit == null) {
            return outside("MARKET_LOT_SIZE", "quantity", order.quantity(), "minQty", "maxQty", "stepSize");
        }
        String price = outside("PRICE_FILTER", "limit", limit, "minPrice", "maxPrice", "tickSize");
        if (price != null) {
            return price;
        }
        BigDecimal value = limit.multiply(order.quantity());
        BigDecimal bigDecimal = number("NOTIONAL", "maxNotional");
        if (value.compareTo(leastValue()) < 0) {
            return "an order must be worth at least %s %s, not %s".formatted(plain(leastValue()), text("quoteAsset"),
                    plain(value));
        }
        return (bigDecimal.signum() > 0 && value.compareTo(bigDecimal) > 0)
                ? "an order must be worth at most %s %s, not %s".formatted(plain(bigDecimal), text("quoteAsset"),
                        plain(value))
                : null;
    }

    private @Nullable String outside(String type, String what, BigDecimal number, String least, String most,
            String step) {
        BigDecimal from = number(type, least);
        BigDecimal to = number(type, most);
        BigDecimal by = number(type, step);
        if (number.compareTo(from) < 0) {
            return "%s must be at least %s, not %s".formatted(what, plain(from), plain(number));
        }
        if (to.signum() > 0 && number.compareTo(to) > 0) {
            return "%s must be at most %s, not %s".formatted(what, plain(to), plain(number));
        }
        // A step of 0 means that any will do.
        if (by.signum() > 0 && number.remainder(by).signum() != 0) {
            return "%s must be a multiple of the step %s, not %s".formatted(what, plain(by), plain(number));
        }
        return null;
    }

    private BigDecimal leastValue() {
        return number("NOTIONAL", "minNotional").max(number("MIN_NOTIONAL", "minNotional"));
    }

    private BigDecimal number(String type, String field) {
        return JsonTrees.decimal(this.byType.getOrDefault(type, MissingNode.getInstance()).path(field));
    }

    private String text(String field) {
        return this.symbol.path(field).asString("");
    }

    private static String plain(BigDecimal number) {
        return (number.signum() == 0) ? "0" : number.stripTrailingZeros().toPlainString();
    }

}
