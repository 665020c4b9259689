package pregao.session.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import pregao.session.broker.BrokerInstrument;
import pregao.session.broker.Side;
import pregao.session.broker.SpotOrder;

/**
 * The rules that orders for a symbol must keep. What breaks one is not made to fit, but
 * for a limit between two prices.
 */
final class Filters {

    private final Map<String, JsonNode> byType = new HashMap<>();

    private final JsonNode symbol;

    Filters(JsonNode symbol) {
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
        BigDecimal tick = number("PRICE_FILTER", "tickSize");
        if (limit == null || tick.signum() == 0) {
            return order;
        }
        BigDecimal fitted = limit.divide(tick, 0, (order.side() == Side.BUY) ? RoundingMode.DOWN : RoundingMode.UP)
            .multiply(tick);
        return (fitted.signum() > 0) ? order.limited(fitted) : order;
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
        BigDecimal most = number("NOTIONAL", "maxNotional");
        if (value.compareTo(leastValue()) < 0) {
            return "an order must be worth at least %s %s, not %s".formatted(plain(leastValue()), text("quoteAsset"),
                    plain(value));
        }
        return (most.signum() > 0 && value.compareTo(most) > 0) ? "an order must be worth at most %s %s, not %s"
            .formatted(plain(most), text("quoteAsset"), plain(value)) : null;
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
        return Json.decimal(this.byType.getOrDefault(type, MissingNode.getInstance()).path(field));
    }

    private String text(String field) {
        return this.symbol.path(field).asString("");
    }

    private static String plain(BigDecimal number) {
        return (number.signum() == 0) ? "0" : number.stripTrailingZeros().toPlainString();
    }

}
