package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.Fill;
import pregao.session.broker.api.ProtectiveOrder;

/**
 * The orders at Binance, called legs, that make up one protective order: a stop loss, a
 * take profit, or both as an OCO pair.
 *
 * @param known the legs that Binance has, as it returns them
 */
record ProtectiveOrderLegs(List<JsonNode> known) {

    static final String STOP_SUFFIX = "s";

    static final String TAKE_PROFIT_SUFFIX = "t";

    private static final Pattern CLIENT_ORDER_ID = Pattern
        .compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[st]");

    ProtectiveOrderLegs {
        known = known.stream().filter((leg) -> leg.path("orderId").asLong(0) > 0).toList();
    }

    /**
     * Creates the legs from the response to placing them. For an OCO pair it has a report
     * per leg.
     */
    static ProtectiveOrderLegs of(JsonNode reply) {
        Collection<JsonNode> reports = reply.has("orderReports") ? reply.path("orderReports").values() : List.of(reply);
        return new ProtectiveOrderLegs(reports.stream()
            .sorted(Comparator.comparing((report) -> report.path("clientOrderId").asString("")))
            .toList());
    }

    boolean isEmpty() {
        return this.known.isEmpty();
    }

    /** Returns whether all legs are known; for an OCO pair that is both. */
    boolean isComplete() {
        return this.known.size() == 2 || this.known.stream().allMatch((leg) -> leg.path("orderListId").asLong(-1) < 0);
    }

    /** Returns whether the legs exist and can still sell. */
    boolean isOpen() {
        return !isEmpty() && isComplete() && !areFinal();
    }

    /** Returns whether no leg can sell any more; also true if there is no leg. */
    boolean areFinal() {
        return isComplete()
                && this.known.stream().allMatch((leg) -> OrderResponseMapper.isFinal(leg.path("status").asString("")));
    }

    /**
     * Returns the id that stands for all legs: that of the stop leg, or of the take
     * profit leg if there is no stop.
     */
    long brokerId() {
        return this.known.getFirst().path("orderId").asLong(0);
    }

    BigDecimal sum(String field) {
        return this.known.stream()
            .map((leg) -> JsonTrees.parseDecimal(leg.path(field)))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns the legs that have sold anything. */
    List<JsonNode> filledLegs() {
        return this.known.stream()
            .filter((leg) -> JsonTrees.parseDecimal(leg.path("executedQty")).signum() > 0)
            .toList();
    }

    /**
     * Returns the client order id of a leg. It omits the hyphens of the UUID, because
     * Binance allows 36 characters at most.
     */
    static String toClientOrderId(UUID id, String suffix) {
        return id.toString().replace("-", "") + "-" + suffix;
    }

    /**
     * Parses the id of the protective order from the client order id of a leg. Returns
     * null if the order isn't a leg.
     */
    static @Nullable UUID parseOrderId(String clientOrderId) {
        Matcher matcher = CLIENT_ORDER_ID.matcher(clientOrderId);
        return matcher.matches() ? UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5")) : null;
    }

    /**
     * Maps a protective order to a request.
     * @param order the order
     * @return the request for an OCO pair, a stop-limit order, or a resting limit order
     */
    static RestRequest toRequest(ProtectiveOrder order) {
        BigDecimal stop = order.stop();
        BigDecimal limit = order.limit();
        BigDecimal takeProfit = order.take();
        RestRequest request = RestRequest
            .of((stop != null && takeProfit != null) ? "/v3/orderList/oco" : "/v3/order", 1)
            .asUrgent()
            .with("symbol", order.symbol())
            .with("side", "SELL")
            .with("quantity", toPlainString(order.quantity()))
            .with("newOrderRespType", "RESULT");
        if (stop == null || limit == null) {
            return request.with("type", "LIMIT")
                .with("timeInForce", "GTC")
                .with("price", toPlainString(takeProfit))
                .with("newClientOrderId", toClientOrderId(order.id(), TAKE_PROFIT_SUFFIX));
        }
        if (takeProfit == null) {
            return request.with("type", "STOP_LOSS_LIMIT")
                .with("timeInForce", "GTC")
                .with("price", toPlainString(limit))
                .with("stopPrice", toPlainString(stop))
                .with("newClientOrderId", toClientOrderId(order.id(), STOP_SUFFIX));
        }
        return request.with("listClientOrderId", order.id())
            .with("aboveType", "LIMIT_MAKER")
            .with("abovePrice", toPlainString(takeProfit))
            .with("aboveClientOrderId", toClientOrderId(order.id(), TAKE_PROFIT_SUFFIX))
            .with("belowType", "STOP_LOSS_LIMIT")
            .with("belowTimeInForce", "GTC")
            .with("belowPrice", toPlainString(limit))
            .with("belowStopPrice", toPlainString(stop))
            .with("belowClientOrderId", toClientOrderId(order.id(), STOP_SUFFIX));
    }

    private static String toPlainString(@Nullable BigDecimal number) {
        return (number == null) ? "" : number.stripTrailingZeros().toPlainString();
    }

    /**
     * Maps the legs and their trades to a fill.
     * @param trades the trades per filled leg, each an array
     * @return the fill of all legs, with the fees of all trades
     */
    Fill toFill(List<JsonNode> trades) {
        Map<String, BigDecimal> fees = new TreeMap<>();
        trades
            .forEach((legTrades) -> legTrades.forEach((trade) -> fees.merge(trade.path("commissionAsset").asString(""),
                    JsonTrees.parseDecimal(trade.path("commission")), BigDecimal::add)));
        return Fill.of(brokerId(), sum("executedQty"), sum("cummulativeQuoteQty"), fees);
    }

}
