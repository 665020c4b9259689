package pregao.strategy.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.SpotTerms;

/**
 * Maps an order to the request body of session-service.
 */
final class PlaceOrderRequest {

    private static final BigDecimal PERCENT = new BigDecimal(100);

    private PlaceOrderRequest() {
    }

    static JsonNode toJson(Order order) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("account", order.owner().account().id().toString());
        request.put("money", order.owner().account().money().text());
        request.put("decided_at", Instant.ofEpochMilli(order.decidedAt()).toString());
        request.put("valid_until", Instant.ofEpochMilli(Objects.requireNonNull(order.validUntil())).toString());
        ObjectNode details = request.putObject(order.side().isOption() ? "option" : "spot");
        details.put("symbol", order.instrument().symbol());
        if (order.terms() instanceof OptionTerms terms) {
            details.put("direction", order.side().text());
            details.put("stake", order.amount());
            details.put("seconds", terms.seconds());
            // The minimum payout, in whole percents as the broker uses.
            details.put("payout", terms.payout().multiply(PERCENT).setScale(0, RoundingMode.UP).intValueExact());
        }
        else {
            details.put("side", order.side().text());
            details.put("quantity", order.amount());
            if (order.terms() instanceof SpotTerms terms) {
                putIfPresent(details, "limit", terms.limit());
                putIfPresent(details, "stop", terms.stop());
                putIfPresent(details, "take", terms.take());
                if (terms.after() != null) {
                    details.put("after", terms.after().toString());
                }
            }
        }
        return request;
    }

    private static void putIfPresent(ObjectNode details, String field, @Nullable BigDecimal value) {
        if (value != null) {
            details.put(field, value);
        }
    }

}
