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
 * The orders that a protective order is at the broker: its stop, its take, or both.
 *
 * @param known what the broker says of those that it has
 */
record ProtectiveOrderLegs(List<JsonNode> known) {

    static final String STOP_SUFFIX = "s";

    static final String TAKE_PROFIT_SUFFIX = "t";

    private static final Pattern CLIENT_ORDER_ID = Pattern
        .compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[st]");

    ProtectiveOrderLegs {
        known = known.stream().filter((leg) -> leg.path("orderId").asLong(0) > 0).toList();
    }

    /** What is answered to who makes them: of a pair there is a report of each. */
    static ProtectiveOrderLegs of(JsonNode reply) {
        Collection<JsonNode> reports = reply.has("orderReports") ? reply.path("orderReports").values() : List.of(reply);
        return new ProtectiveOrderLegs(reports.stream()
            .sorted(Comparator.comparing((report) -> report.path("clientOrderId").asString("")))
            .toList());
    }

    boolean isEmpty() {
        return this.known.isEmpty();
    }

    /** Whether those that are known are all: of a pair both are there. */
    boolean isComplete() {
        return this.known.size() == 2 || this.known.stream().allMatch((leg) -> leg.path("orderListId").asLong(-1) < 0);
    }

    /** Whether they are there, and more may be sold. */
    boolean isOpen() {
        return !isEmpty() && isComplete() && !areFinal();
    }

    /** Whether nothing more is sold by any of them; so where there is none. */
    boolean areFinal() {
        return isComplete()
                && this.known.stream().allMatch((leg) -> OrderResponseMapper.isFinal(leg.path("status").asString("")));
    }

    /** The broker's number of all of them: that of the stop, where there is one. */
    long brokerId() {
        return this.known.getFirst().path("orderId").asLong(0);
    }

    BigDecimal sum(String field) {
        return this.known.stream()
            .map((leg) -> JsonTrees.parseDecimal(leg.path(field)))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Those that have sold anything. */
    List<JsonNode> filledLegs() {
        return this.known.stream()
            .filter((leg) -> JsonTrees.parseDecimal(leg.path("executedQty")).signum() > 0)
            .toList();
    }

    /** The name of a leg: shorter than the id, as names have 36 characters at most. */
    static String toClientOrderId(UUID id, String suffix) {
        return id.toString().replace("-", "") + "-" + suffix;
    }

    /** The order of which a name is that of a leg; null where it is none. */
    static @Nullable UUID parseOrderId(String clientOrderId) {
        Matcher matcher = CLIENT_ORDER_ID.matcher(clientOrderId);
        return matcher.matches() ? UUID.fromString(matcher.replaceFirst("$1-$2-$3-$4-$5")) : null;
    }

    /**
     * Asks for an order.
     * @param order what
     * @return an OCO pair, a stop with its limit, or a limit order that rests
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
     * What came of both legs.
     * @param trades of the legs that were filled, each a list of the broker's trades
     * @return with the fees of all trades
     */
    Fill toFill(List<JsonNode> trades) {
        Map<String, BigDecimal> fees = new TreeMap<>();
        trades
            .forEach((legTrades) -> legTrades.forEach((trade) -> fees.merge(trade.path("commissionAsset").asString(""),
                    JsonTrees.parseDecimal(trade.path("commission")), BigDecimal::add)));
        return Fill.of(brokerId(), sum("executedQty"), sum("cummulativeQuoteQty"), fees);
    }

}
