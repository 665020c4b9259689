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
 * An order in the words of session-service.
 */
final class PlaceOrderRequest {

    private static final BigDecimal PERCENT = new BigDecimal(100);

    private PlaceOrderRequest() {
    }

    static JsonNode of(Order order) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.put("account", order.owner().account().id().toString());
        wish.put("money", order.owner().account().money().text());
        wish.put("decided_at", Instant.ofEpochMilli(order.decidedAt()).toString());
        wish.put("valid_until", Instant.ofEpochMilli(Objects.requireNonNull(order.validUntil())).toString());
        ObjectNode what = wish.putObject(order.side().isOption() ? "option" : "spot");
        what.put("symbol", order.instrument().symbol());
        if (order.terms() instanceof OptionTerms terms) {
            what.put("direction", order.side().text());
            what.put("stake", order.amount());
            what.put("seconds", terms.seconds());
            // The least it must pay; the broker deals in whole percents.
            what.put("payout", terms.payout().multiply(PERCENT).setScale(0, RoundingMode.UP).intValueExact());
        }
        else {
            what.put("side", order.side().text());
            what.put("quantity", order.amount());
            if (order.terms() instanceof SpotTerms terms) {
                put(what, "limit", terms.limit());
                put(what, "stop", terms.stop());
                put(what, "take", terms.take());
                if (terms.after() != null) {
                    what.put("after", terms.after().toString());
                }
            }
        }
        return wish;
    }

    private static void put(ObjectNode what, String field, @Nullable BigDecimal value) {
        if (value != null) {
            what.put(field, value);
        }
    }

}
