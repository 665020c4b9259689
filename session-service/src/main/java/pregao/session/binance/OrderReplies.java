package pregao.session.binance;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;
import pregao.session.broker.Fill;
import pregao.session.broker.Placement;
import pregao.session.broker.Side;
import pregao.session.broker.SpotOrder;

/**
 * Reads what the broker says of orders.
 */
final class OrderReplies {

    private static final Set<String> GOING_ON = Set.of("NEW", "PENDING_NEW", "PARTIALLY_FILLED");

    private static final int NEW_ORDER = -2010;

    private static final Map<Integer, Placement.Why> REASONS = Map.of(-1013, Placement.Why.INVALID, -1111,
            Placement.Why.INVALID, -1121, Placement.Why.NOT_TRADED);

    private static final Map<String, Placement.Why> TEXTS = Map.of("insufficient balance", Placement.Why.NO_FUNDS,
            "market is closed", Placement.Why.CLOSED, "not supported for this symbol", Placement.Why.NOT_TRADED,
            "not permitted", Placement.Why.NOT_TRADED);

    private OrderReplies() {
    }

    /**
     * Asks for an order.
     * @param order what
     * @return to be signed
     */
    static Question question(SpotOrder order) {
        BigDecimal limit = order.limit();
        Question question = Question.of("/v3/order", 1)
            .asUrgent()
            .with("symbol", order.symbol())
            .with("side", (order.side() == Side.BUY) ? "BUY" : "SELL")
            .with("type", (limit == null) ? "MARKET" : "LIMIT");
        if (limit != null) {
            question = question.with("timeInForce", "IOC").with("price", plain(limit));
        }
        return question.with("quantity", plain(order.quantity()))
            .with("newClientOrderId", order.id())
            .with("newOrderRespType", "FULL");
    }

    /**
     * Whether an order is over.
     * @param status the broker's
     * @return false where it goes on, or nobody knows
     */
    static boolean isOver(String status) {
        return !status.isEmpty() && !GOING_ON.contains(status);
    }

    /**
     * What came of an order.
     * @param order as the broker tells it
     * @param trades the parts of it
     * @return quantity, value and fees
     */
    static Fill fill(JsonNode order, JsonNode trades) {
        Map<String, BigDecimal> fees = new TreeMap<>();
        trades.forEach((trade) -> fees.merge(trade.path("commissionAsset").asString(""),
                Json.decimal(trade.path("commission")), BigDecimal::add));
        return Fill.of(order.path("orderId").asLong(0), Json.decimal(order.path("executedQty")),
                Json.decimal(order.path("cummulativeQuoteQty")), fees);
    }

    /**
     * Whether an order of the same name is open already: ours, sent before.
     * @param failure the refusal
     * @return true where the broker has it
     */
    static boolean isThereAlready(BrokerFailure failure) {
        return failure.status() == NEW_ORDER && text(failure).contains("duplicate");
    }

    static Placement refused(BrokerFailure failure) {
        Placement.Why why = REASONS.getOrDefault(failure.status(), Placement.Why.REJECTED);
        String text = text(failure);
        for (Map.Entry<String, Placement.Why> entry : TEXTS.entrySet()) {
            if (text.contains(entry.getKey())) {
                why = entry.getValue();
            }
        }
        if (failure.status() <= -1100 && failure.status() >= -1106) {
            why = Placement.Why.INVALID;
        }
        return new Placement.Refused(why, String.valueOf(failure.getMessage()), null);
    }

    private static String text(BrokerFailure failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

}
