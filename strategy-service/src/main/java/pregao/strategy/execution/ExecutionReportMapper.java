package pregao.strategy.execution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Side;

/**
 * From what session-service says of an order to what became of it.
 */
final class ExecutionReportMapper {

    private ExecutionReportMapper() {
    }

    /**
     * Whether an answer is about an order.
     * @param order which
     * @param answer of session-service
     * @return false for another order or another document
     */
    static boolean isAbout(Order order, JsonNode answer) {
        return order.id().toString().equals(answer.path("id").asString(""));
    }

    /**
     * When an outcome became known.
     * @param answer of session-service
     * @param now where it does not say
     * @return epoch milliseconds
     */
    static long at(JsonNode answer, long now) {
        String changed = answer.path("changed_at").asString("");
        return changed.isEmpty() ? now : Instant.parse(changed).toEpochMilli();
    }

    /**
     * Reads an outcome.
     * @param order as it is known
     * @param outcome with its {@code state}
     * @param now when it became so, epoch milliseconds
     * @param valuation of fees that are in neither asset of the pair
     * @return as it is now; null where the state is not known here
     */
    static @Nullable public Order of(Order order, JsonNode outcome, long now, Valuation valuation) {
        String message = outcome.path("message").asString("");
        return switch (outcome.path("state").asString("")) {
            case "placed" -> order.done(OrderState.PLACED, new Fill(rounded(outcome, "strike"), null, null, null,
                    number(outcome), now, payout(order, outcome)));
            case "filled" -> filled(order, outcome, now, valuation);
            case "settled" -> order.done(OrderState.SETTLED, new Fill(strike(order, outcome), null, null,
                    rounded(outcome, "profit"), number(outcome), now, payout(order, outcome)));
            case "taken_back" -> order.became(OrderState.TAKEN_BACK, "taken_back", "The broker gave the stake back");
            case "refused" -> order.became(OrderState.REJECTED,
                    outcome.path("why").asString("rejected").toLowerCase(java.util.Locale.ROOT), message);
            case "not_sent" -> order.became(OrderState.NOT_SENT,
                    outcome.path("why").asString("not_sent").toLowerCase(java.util.Locale.ROOT), message);
            case "absent" -> order.became(OrderState.ABSENT, "absent", "The broker does not have it");
            case "ambiguous" -> order.became(OrderState.AMBIGUOUS, "ambiguous",
                    toResolve(order,
                            "Positions %s at the broker could be this order.".formatted(outcome.path("candidates")),
                            "As posições %s na corretora podem ser esta ordem.".formatted(outcome.path("candidates"))));
            case "forgotten" -> order.became(OrderState.AMBIGUOUS, "forgotten",
                    toResolve(order,
                            "The broker took this order as %s and says now that it does not exist."
                                .formatted(outcome.path("broker_id")),
                            "A corretora aceitou esta ordem como %s e diz agora que ela não existe."
                                .formatted(outcome.path("broker_id"))));
            case "sending", "unknown" -> order.became(OrderState.SENT, order.reason(), "");
            default -> null;
        };
    }

    /** Why a person must look, and the next step, in English and Portuguese. */
    private static String toResolve(Order order, String en, String pt) {
        return ("%s Look there, then say what you saw with POST /api/orders/%s/resolve"
                + " / %s Olhe lá e diga o que viu com POST /api/orders/%s/resolve")
            .formatted(en, order.id(), pt, order.id());
    }

    /**
     * A fee in what is bought makes that less; what any fee is worth is counted in the
     * currency.
     */
    private static Order filled(Order order, JsonNode outcome, long now, Valuation valuation) {
        BigDecimal quantity = orZero(decimal(outcome, "quantity"));
        BigDecimal quote = orZero(decimal(outcome, "quote"));
        if (quantity.signum() == 0 && order.isResting()) {
            return order.became(OrderState.CANCELLED, "cancelled", "It was ended before it sold anything");
        }
        if (quantity.signum() == 0) {
            return order.became(OrderState.REJECTED, "nothing_filled", "The broker filled nothing of it");
        }
        BigDecimal price = quote.divide(quantity, Prices.SCALE, RoundingMode.HALF_UP);
        BigDecimal net = quantity;
        BigDecimal cost = BigDecimal.ZERO;
        List<Fill.Fee> fees = new ArrayList<>();
        StringJoiner unknown = new StringJoiner(", ");
        for (JsonNode jsonNode : outcome.path("fees").values()) {
            String asset = jsonNode.path("asset").asString("");
            BigDecimal amount = orZero(decimal(jsonNode, "amount"));
            boolean inBase = isBase(asset, order.instrument().symbol());
            BigDecimal rate = inBase ? price
                    : order.instrument().symbol().endsWith(asset) ? BigDecimal.ONE : valuation.rate(asset);
            fees.add(new Fill.Fee(asset, amount, rate));
            if (inBase && order.side() == Side.BUY) {
                net = net.subtract(amount);
            }
            if (rate == null) {
                unknown.add(amount.toPlainString() + " " + asset);
            }
            else {
                cost = cost.add(amount.multiply(rate).setScale(Prices.SCALE, RoundingMode.HALF_EVEN));
            }
        }
        Order filled = order.done(OrderState.FILLED,
                new Fill(price, net, cost, null, number(outcome), now, null, fees));
        return (unknown.length() == 0) ? filled : filled.became(OrderState.FILLED, filled.reason(),
                "The fee of %s is not in the profit, as no exchange rate is known".formatted(unknown));
    }

    private static boolean isBase(String asset, String symbol) {
        return symbol.startsWith(asset) && !symbol.endsWith(asset);
    }

    private static @Nullable BigDecimal strike(Order order, JsonNode outcome) {
        BigDecimal strike = rounded(outcome, "strike");
        Fill placed = order.fill();
        return (strike != null) ? strike : (placed != null) ? placed.price() : null;
    }

    /** What the broker said last that it pays; the order itself only says the least. */
    private static @Nullable BigDecimal payout(Order order, JsonNode outcome) {
        BigDecimal percent = decimal(outcome, "payout");
        Fill before = order.fill();
        return (percent != null) ? percent.movePointLeft(2) : (before != null) ? before.payout() : null;
    }

    private static @Nullable BigDecimal decimal(JsonNode outcome, String field) {
        JsonNode jsonNode = outcome.path(field);
        return jsonNode.isNumber() ? jsonNode.decimalValue()
                : jsonNode.isString() ? new BigDecimal(jsonNode.stringValue()) : null;
    }

    /** Brokers compute with binary fractions: a profit may be 8.700000000000001. */
    private static @Nullable BigDecimal rounded(JsonNode outcome, String field) {
        BigDecimal value = decimal(outcome, field);
        return (value != null && value.scale() > Prices.SCALE) ? value.setScale(Prices.SCALE, RoundingMode.HALF_EVEN)
                : value;
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return (value != null) ? value : BigDecimal.ZERO;
    }

    private static @Nullable Long number(JsonNode outcome) {
        JsonNode jsonNode = outcome.path("broker_id");
        return jsonNode.isNumber() ? (Long) jsonNode.longValue() : null;
    }

    /** What assets are worth in the currency of the account now. */
    interface Valuation {

        /**
         * What one of an asset is worth.
         * @param asset which
         * @return null where nobody knows
         */
        @Nullable BigDecimal rate(String asset);

    }

}
