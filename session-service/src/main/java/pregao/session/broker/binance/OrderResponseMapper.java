package pregao.session.broker.binance;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BrokerException;
import pregao.session.broker.api.Fill;
import pregao.session.broker.api.PlaceOrderResult;
import pregao.session.broker.api.Side;
import pregao.session.broker.api.SpotOrder;

/**
 * Reads what the broker says of orders.
 */
final class OrderResponseMapper {

    private static final Set<String> OPEN_STATUSES = Set.of("NEW", "PENDING_NEW", "PARTIALLY_FILLED");

    private static final int NEW_ORDER_REJECTED = -2010;

    private static final Map<Integer, PlaceOrderResult.RejectReason> REASONS_BY_CODE = Map.of(-1013,
            PlaceOrderResult.RejectReason.INVALID, -1111, PlaceOrderResult.RejectReason.INVALID, -1121,
            PlaceOrderResult.RejectReason.NOT_TRADED);

    private static final Map<String, PlaceOrderResult.RejectReason> REASONS_BY_TEXT = Map.of("insufficient balance",
            PlaceOrderResult.RejectReason.NO_FUNDS, "market is closed", PlaceOrderResult.RejectReason.CLOSED,
            "not supported for this symbol", PlaceOrderResult.RejectReason.NOT_TRADED, "not permitted",
            PlaceOrderResult.RejectReason.NOT_TRADED);

    private OrderResponseMapper() {
    }

    /**
     * Asks for an order.
     * @param order what
     * @return to be signed
     */
    static RestRequest toRequest(SpotOrder order) {
        BigDecimal limit = order.limit();
        RestRequest request = RestRequest.of("/v3/order", 1)
            .asUrgent()
            .with("symbol", order.symbol())
            .with("side", (order.side() == Side.BUY) ? "BUY" : "SELL")
            .with("type", (limit == null) ? "MARKET" : "LIMIT");
        if (limit != null) {
            request = request.with("timeInForce", "IOC").with("price", toPlainString(limit));
        }
        return request.with("quantity", toPlainString(order.quantity()))
            .with("newClientOrderId", order.id())
            .with("newOrderRespType", "FULL");
    }

    /**
     * Whether an order is over.
     * @param status the broker's
     * @return false where it goes on, or nobody knows
     */
    static boolean isFinal(String status) {
        return !status.isEmpty() && !OPEN_STATUSES.contains(status);
    }

    /**
     * What came of an order.
     * @param order as the broker tells it
     * @param trades the parts of it
     * @return quantity, value and fees
     */
    static Fill toFill(JsonNode order, JsonNode trades) {
        Map<String, BigDecimal> fees = new TreeMap<>();
        trades.forEach((trade) -> fees.merge(trade.path("commissionAsset").asString(""),
                JsonTrees.parseDecimal(trade.path("commission")), BigDecimal::add));
        return Fill.of(order.path("orderId").asLong(0), JsonTrees.parseDecimal(order.path("executedQty")),
                JsonTrees.parseDecimal(order.path("cummulativeQuoteQty")), fees);
    }

    /**
     * Whether an order of the same name is open already: ours, sent before.
     * @param failure the refusal
     * @return true where the broker has it
     */
    static boolean isDuplicate(BrokerException failure) {
        return failure.status() == NEW_ORDER_REJECTED && lowerCaseMessage(failure).contains("duplicate");
    }

    static PlaceOrderResult toRefused(BrokerException failure) {
        PlaceOrderResult.RejectReason reason = REASONS_BY_CODE.getOrDefault(failure.status(),
                PlaceOrderResult.RejectReason.REJECTED);
        String message = lowerCaseMessage(failure);
        for (Map.Entry<String, PlaceOrderResult.RejectReason> entry : REASONS_BY_TEXT.entrySet()) {
            if (message.contains(entry.getKey())) {
                reason = entry.getValue();
            }
        }
        if (failure.status() <= -1100 && failure.status() >= -1106) {
            reason = PlaceOrderResult.RejectReason.INVALID;
        }
        return new PlaceOrderResult.Refused(reason, String.valueOf(failure.getMessage()), null);
    }

    private static String lowerCaseMessage(BrokerException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String toPlainString(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

}
