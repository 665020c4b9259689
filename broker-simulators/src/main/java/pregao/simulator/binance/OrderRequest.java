package pregao.simulator.binance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy or sell, and how.
 *
 * @param pair of what
 * @param clientId the user's name of the order
 * @param buying whether it is bought
 * @param type such as MARKET or LIMIT
 * @param timeInForce GTC, IOC or FOK
 * @param quantity in the base asset
 * @param price the worst, or null for that of the market
 * @param stop the price from which on it is wanted, or null for at once
 */
record OrderRequest(Pair pair, String clientId, boolean buying, String type, String timeInForce, BigDecimal quantity,
        @Nullable BigDecimal price, @Nullable BigDecimal stop) {

    private static final String MAKER = "LIMIT_MAKER";

    private static final Set<String> STOPS = Set.of("STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT");

    private static final Set<String> TYPES = Set.of("MARKET", "LIMIT", MAKER, "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT");

    private static final Set<String> TIMES_IN_FORCE = Set.of("GTC", "IOC", "FOK");

    private static final String NAME = "newClientOrderId";

    private static final String RELATION = "The relationship of the prices for the orders is not correct.";

    /**
     * Reads an order.
     * @param parameters as sent
     * @param otherwise its name where the user gives none
     * @param last the pair's last price
     * @param average the mean price, by which orders are judged
     * @return what is wanted
     * @throws ApiErrorException where it breaks a rule
     */
    static OrderRequest of(Parameters parameters, String otherwise, BigDecimal last, BigDecimal average) {
        Pair pair = parameters.pair();
        String side = parameters.mandatory("side");
        if (!side.equals("BUY") && !side.equals("SELL")) {
            throw new ApiErrorException(-1117, "Invalid side.");
        }
        String type = parameters.mandatory("type");
        if (!TYPES.contains(type)) {
            throw new ApiErrorException(-1116, "Invalid orderType.");
        }
        boolean limited = !type.equals("MARKET");
        String timeInForce = (limited && !type.equals(MAKER)) ? parameters.mandatory("timeInForce") : "GTC";
        if (!TIMES_IN_FORCE.contains(timeInForce)) {
            throw new ApiErrorException(-1115, "Invalid timeInForce.");
        }
        String name = parameters.text(NAME);
        if (name != null && !name.matches("[A-Za-z0-9_-]{1,36}")) {
            throw new ApiErrorException(-1100, "Illegal characters found in parameter '%s'".formatted(NAME));
        }
        BigDecimal price = limited ? parameters.decimal("price") : null;
        BigDecimal stop = STOPS.contains(type) ? parameters.decimal("stopPrice") : null;
        BigDecimal quantity = (!limited && parameters.has("quoteOrderQty"))
                ? parameters.decimal("quoteOrderQty").divide(last, pair.quantityDecimals(), RoundingMode.DOWN)
                : parameters.decimal("quantity");
        OrderRequest wish = new OrderRequest(pair, (name == null) ? otherwise : name, side.equals("BUY"), type,
                timeInForce, quantity, price, stop);
        wish.filter(average);
        return wish;
    }

    /**
     * Reads two orders of which only one is to be done.
     * @param parameters as sent
     * @param otherwise how names begin where the user gives none
     * @param last the pair's last price
     * @param average the mean price
     * @return the one above the price, then the one below
     * @throws ApiErrorException where they break a rule
     */
    static List<OrderRequest> oneCancelsTheOther(Parameters parameters, String otherwise, BigDecimal last,
            BigDecimal average) {
        OrderRequest above = of(leg(parameters, "above"), otherwise + "-a", last, average);
        OrderRequest below = of(leg(parameters, "below"), otherwise + "-b", last, average);
        String profitable = above.buying ? below.type : above.type;
        String losing = above.buying ? above.type : below.type;
        if (!losing.equals("STOP_LOSS_LIMIT")
                || !(profitable.equals(MAKER) || profitable.equals("TAKE_PROFIT_LIMIT"))) {
            throw new ApiErrorException(-1158, "This type of order list is not supported.");
        }
        if (above.border().compareTo(last) <= 0 || below.border().compareTo(last) >= 0) {
            throw new ApiErrorException(-2010, RELATION);
        }
        return List.of(above, below);
    }

    private static Parameters leg(Parameters parameters, String where) {
        Map<String, String> leg = new HashMap<>();
        for (String common : List.of("symbol", "side", "quantity")) {
            leg.put(common, parameters.mandatory(common));
        }
        Map.of("Type", "type", "Price", "price", "StopPrice", "stopPrice", "TimeInForce", "timeInForce",
                "ClientOrderId", NAME)
            .forEach((theirs, ours) -> {
                String value = parameters.text(where + theirs);
                if (value != null) {
                    leg.put(ours, value);
                }
            });
        if (!leg.containsKey("type")) {
            parameters.mandatory(where + "Type");
        }
        return new Parameters(leg);
    }

    /** At which price something begins to happen. */
    private BigDecimal border() {
        BigDecimal from = (this.stop != null) ? this.stop : this.price;
        return (from == null) ? BigDecimal.ZERO : from;
    }

    boolean isMaker() {
        return this.type.equals(MAKER);
    }

    /**
     * Whether what is not done at once waits.
     * @return false where it expires
     */
    boolean rests() {
        return this.price != null && this.timeInForce.equals("GTC");
    }

    /**
     * Whether an order with a stop price is wanted by now.
     * @param last the pair's last price
     * @return true for an order without one
     */
    boolean isWanted(BigDecimal last) {
        BigDecimal from = this.stop;
        boolean rising = this.buying == this.type.equals("STOP_LOSS_LIMIT");
        return from == null || (rising ? last.compareTo(from) >= 0 : last.compareTo(from) <= 0);
    }

    private void filter(BigDecimal average) {
        BigDecimal limit = this.price;
        if (isBroken(limit) || isBroken(this.stop)) {
            throw new ApiErrorException(-1013, "Filter failure: PRICE_FILTER");
        }
        if (limit != null && (limit.compareTo(average.multiply(Pair.UP)) > 0
                || limit.compareTo(average.multiply(Pair.DOWN)) < 0)) {
            throw new ApiErrorException(-1013, "Filter failure: PERCENT_PRICE_BY_SIDE");
        }
        boolean inSteps = this.quantity.remainder(this.pair.step()).signum() == 0;
        if (!inSteps || this.quantity.signum() <= 0 || this.quantity.compareTo(Pair.MAX_COUNT) > 0) {
            throw new ApiErrorException(-1013, "Filter failure: LOT_SIZE");
        }
        BigDecimal worth = (limit == null) ? average : limit;
        if (this.quantity.multiply(worth).compareTo(this.pair.leastValue()) < 0) {
            throw new ApiErrorException(-1013, "Filter failure: NOTIONAL");
        }
    }

    private boolean isBroken(@Nullable BigDecimal wanted) {
        return wanted != null && (wanted.signum() <= 0 || wanted.remainder(this.pair.tick()).signum() != 0);
    }

}
