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
 * Maps the outcomes that session-service reports to the state of an order.
 */
final class ExecutionReportMapper {

    private ExecutionReportMapper() {
    }

    /**
     * Returns whether a response is about an order.
     * @param order the order
     * @param response the response of session-service
     * @return false if it is about another order, or is another document
     */
    static boolean isAbout(Order order, JsonNode response) {
        return order.id().toString().equals(response.path("id").asString(""));
    }

    /**
     * Returns the time of an outcome.
     * @param response the response of session-service
     * @param now the time to use if the response has none
     * @return the time, in epoch milliseconds
     */
    static long changedAt(JsonNode response, long now) {
        String changed = response.path("changed_at").asString("");
        return changed.isEmpty() ? now : Instant.parse(changed).toEpochMilli();
    }

    /**
     * Applies an outcome to an order.
     * @param order the known order
     * @param outcome the outcome, with its {@code state}
     * @param changedAt the time of the outcome, in epoch milliseconds
     * @param valuation values fees that are in neither asset of the pair
     * @return the changed order, or null if the state is unknown
     */
    static @Nullable public Order applyOutcome(Order order, JsonNode outcome, long changedAt, Valuation valuation) {
        String message = outcome.path("message").asString("");
        return switch (outcome.path("state").asString("")) {
            case "placed" -> order.withFill(OrderState.PLACED, new Fill(readRounded(outcome, "strike"), null, null,
                    null, readBrokerId(outcome), changedAt, readPayout(order, outcome)));
            case "filled" -> applyFill(order, outcome, changedAt, valuation);
            case "settled" -> order.withFill(OrderState.SETTLED, new Fill(readStrike(order, outcome), null, null,
                    readRounded(outcome, "profit"), readBrokerId(outcome), changedAt, readPayout(order, outcome)));
            case "taken_back" -> order.withState(OrderState.TAKEN_BACK, "taken_back", "The broker gave the stake back");
            case "refused" -> order.withState(OrderState.REJECTED,
                    outcome.path("why").asString("rejected").toLowerCase(java.util.Locale.ROOT), message);
            case "not_sent" -> order.withState(OrderState.NOT_SENT,
                    outcome.path("why").asString("not_sent").toLowerCase(java.util.Locale.ROOT), message);
            case "absent" -> order.withState(OrderState.ABSENT, "absent", "The broker does not have it");
            case "ambiguous" -> order.withState(OrderState.AMBIGUOUS, "ambiguous",
                    resolutionMessage(order,
                            "Positions %s at the broker could be this order.".formatted(outcome.path("candidates")),
                            "As posições %s na corretora podem ser esta ordem.".formatted(outcome.path("candidates"))));
            case "forgotten" -> order.withState(OrderState.AMBIGUOUS, "forgotten",
                    resolutionMessage(order,
                            "The broker took this order as %s and says now that it does not exist."
                                .formatted(outcome.path("broker_id")),
                            "A corretora aceitou esta ordem como %s e diz agora que ela não existe."
                                .formatted(outcome.path("broker_id"))));
            case "sending", "unknown" -> order.withState(OrderState.SENT, order.reason(), "");
            default -> null;
        };
    }

    /**
     * Returns, in English and Portuguese, why the user must resolve the order, and how.
     */
    private static String resolutionMessage(Order order, String en, String pt) {
        return ("%s Look there, then say what you saw with POST /api/orders/%s/resolve"
                + " / %s Olhe lá e diga o que viu com POST /api/orders/%s/resolve")
            .formatted(en, order.id(), pt, order.id());
    }

    /**
     * A fee in the base asset reduces the bought quantity. All fees with a known rate
     * count in the currency of the account.
     */
    private static Order applyFill(Order order, JsonNode outcome, long changedAt, Valuation valuation) {
        BigDecimal quantity = orZero(readDecimal(outcome, "quantity"));
        BigDecimal quote = orZero(readDecimal(outcome, "quote"));
        if (quantity.signum() == 0 && order.isResting()) {
            return order.withState(OrderState.CANCELLED, "cancelled", "It was ended before it sold anything");
        }
        if (quantity.signum() == 0) {
            return order.withState(OrderState.REJECTED, "nothing_filled", "The broker filled nothing of it");
        }
        BigDecimal price = quote.divide(quantity, Prices.SCALE, RoundingMode.HALF_UP);
        BigDecimal netQuantity = quantity;
        BigDecimal totalFee = BigDecimal.ZERO;
        List<Fill.Fee> fees = new ArrayList<>();
        StringJoiner unvaluedFees = new StringJoiner(", ");
        for (JsonNode fee : outcome.path("fees").values()) {
            String asset = fee.path("asset").asString("");
            BigDecimal amount = orZero(readDecimal(fee, "amount"));
            boolean isInBase = isBase(asset, order.instrument().symbol());
            BigDecimal rate = isInBase ? price
                    : order.instrument().symbol().endsWith(asset) ? BigDecimal.ONE : valuation.findRate(asset);
            fees.add(new Fill.Fee(asset, amount, rate));
            if (isInBase && order.side() == Side.BUY) {
                netQuantity = netQuantity.subtract(amount);
            }
            if (rate == null) {
                unvaluedFees.add(amount.toPlainString() + " " + asset);
            }
            else {
                totalFee = totalFee.add(amount.multiply(rate).setScale(Prices.SCALE, RoundingMode.HALF_EVEN));
            }
        }
        Order filled = order.withFill(OrderState.FILLED,
                new Fill(price, netQuantity, totalFee, null, readBrokerId(outcome), changedAt, null, fees));
        return (unvaluedFees.length() == 0) ? filled : filled.withState(OrderState.FILLED, filled.reason(),
                "The fee of %s is not in the profit, as no exchange rate is known".formatted(unvaluedFees));
    }

    private static boolean isBase(String asset, String symbol) {
        return symbol.startsWith(asset) && !symbol.endsWith(asset);
    }

    private static @Nullable BigDecimal readStrike(Order order, JsonNode outcome) {
        BigDecimal strike = readRounded(outcome, "strike");
        Fill previousFill = order.fill();
        return (strike != null) ? strike : (previousFill != null) ? previousFill.price() : null;
    }

    /**
     * The payout that the broker reported last. The order itself only has the minimum.
     */
    private static @Nullable BigDecimal readPayout(Order order, JsonNode outcome) {
        BigDecimal percent = readDecimal(outcome, "payout");
        Fill previousFill = order.fill();
        return (percent != null) ? percent.movePointLeft(2) : (previousFill != null) ? previousFill.payout() : null;
    }

    private static @Nullable BigDecimal readDecimal(JsonNode outcome, String field) {
        JsonNode value = outcome.path(field);
        return value.isNumber() ? value.decimalValue() : value.isString() ? new BigDecimal(value.stringValue()) : null;
    }

    /** Brokers calculate with binary fractions: a profit may be 8.700000000000001. */
    private static @Nullable BigDecimal readRounded(JsonNode outcome, String field) {
        BigDecimal value = readDecimal(outcome, field);
        return (value != null && value.scale() > Prices.SCALE) ? value.setScale(Prices.SCALE, RoundingMode.HALF_EVEN)
                : value;
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return (value != null) ? value : BigDecimal.ZERO;
    }

    private static @Nullable Long readBrokerId(JsonNode outcome) {
        JsonNode brokerId = outcome.path("broker_id");
        return brokerId.isNumber() ? (Long) brokerId.longValue() : null;
    }

    /** Values assets in the currency of the account at the time of the outcome. */
    interface Valuation {

        /**
         * Returns the price of one unit of an asset.
         * @param asset the asset
         * @return the rate, or null if it is unknown
         */
        @Nullable BigDecimal findRate(String asset);

    }

}
