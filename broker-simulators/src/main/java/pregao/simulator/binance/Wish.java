package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy or sell, and how.
 *
 * @param pair of what
 * @param clientId the user's name of the order
 * @param buying whether it is bought
 * @param type MARKET or LIMIT
 * @param timeInForce GTC, IOC or FOK
 * @param quantity in the base asset
 * @param price the worst, or null for that of the market
 */
record Wish(Pair pair, String clientId, boolean buying, String type, String timeInForce, BigDecimal quantity,
        @Nullable BigDecimal price) {

    private static final Set<String> TIMES_IN_FORCE = Set.of("GTC", "IOC", "FOK");

    /**
     * Reads an order.
     * @param parameters as sent
     * @param otherwise its name where the user gives none
     * @param last the pair's last price
     * @return what is wanted
     * @throws Refusal where it breaks a rule
     */
    static Wish of(Parameters parameters, String otherwise, BigDecimal last) {
        Pair pair = parameters.pair();
        String side = parameters.mandatory("side");
        if (!side.equals("BUY") && !side.equals("SELL")) {
            throw new Refusal(-1117, "Invalid side.");
        }
        String type = parameters.mandatory("type");
        if (!type.equals("MARKET") && !type.equals("LIMIT")) {
            throw new Refusal(-1116, "Invalid orderType.");
        }
        boolean limited = type.equals("LIMIT");
        String timeInForce = limited ? parameters.mandatory("timeInForce") : "GTC";
        if (!TIMES_IN_FORCE.contains(timeInForce)) {
            throw new Refusal(-1115, "Invalid timeInForce.");
        }
        String name = parameters.text("newClientOrderId");
        if (name != null && !name.matches("[A-Za-z0-9_-]{1,36}")) {
            throw new Refusal(-1100, "Illegal characters found in parameter 'newClientOrderId'");
        }
        BigDecimal price = limited ? parameters.decimal("price") : null;
        BigDecimal quantity = (!limited && parameters.has("quoteOrderQty"))
                ? parameters.decimal("quoteOrderQty").divide(last, pair.quantityDecimals(), RoundingMode.DOWN)
                : parameters.decimal("quantity");
        Wish wish = new Wish(pair, (name == null) ? otherwise : name, side.equals("BUY"), type, timeInForce, quantity,
                price);
        wish.filter((price == null) ? last : price);
        return wish;
    }

    private void filter(BigDecimal worth) {
        if (this.price != null && (this.price.signum() <= 0 || this.price.remainder(this.pair.tick()).signum() != 0)) {
            throw new Refusal(-1013, "Filter failure: PRICE_FILTER");
        }
        boolean inSteps = this.quantity.remainder(this.pair.step()).signum() == 0;
        if (!inSteps || this.quantity.signum() <= 0 || this.quantity.compareTo(Pair.MOST) > 0) {
            throw new Refusal(-1013, "Filter failure: LOT_SIZE");
        }
        if (this.quantity.multiply(worth).compareTo(this.pair.leastValue()) < 0) {
            throw new Refusal(-1013, "Filter failure: NOTIONAL");
        }
    }

}
