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
 * Mapper between spot orders and Binance's requests, responses, and errors.
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
     * Maps an order to a request. A limit order is immediate or cancel (IOC).
     * @param order the order
     * @return the request, not signed yet
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
     * Returns whether an order status is final.
     * @param status the status of Binance, such as {@code FILLED}
     * @return false if the order is still open, or the status is empty
     */
    static boolean isFinal(String status) {
        return !status.isEmpty() && !OPEN_STATUSES.contains(status);
    }

    /**
     * Maps an order and its trades to a fill.
     * @param order the order as Binance returns it
     * @param trades the trades of the order, which have the fees
     * @return the fill with quantity, quote quantity, and fees
     */
    static Fill toFill(JsonNode order, JsonNode trades) {
        Map<String, BigDecimal> fees = new TreeMap<>();
        trades.forEach((trade) -> fees.merge(trade.path("commissionAsset").asString(""),
                JsonTrees.parseDecimal(trade.path("commission")), BigDecimal::add));
        return Fill.of(order.path("orderId").asLong(0), JsonTrees.parseDecimal(order.path("executedQty")),
                JsonTrees.parseDecimal(order.path("cummulativeQuoteQty")), fees);
    }

    /**
     * Returns whether an open order has the same client order id, which means that this
     * order was sent before.
     * @param failure the refusal
     * @return true if Binance has the order
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
