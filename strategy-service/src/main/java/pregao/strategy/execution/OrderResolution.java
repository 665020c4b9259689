package pregao.strategy.execution;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.contracts.Prices;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.JsonBody;
import pregao.strategy.json.ObjectReader;
import pregao.strategy.order.Fill;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;

/**
 * The request body that resolves an ambiguous order by what the user saw at the broker.
 *
 * @param outcome {@code filled} (spot), {@code settled} (option), {@code rejected},
 * {@code not_found} or {@code refunded}
 * @param price the fill price of a spot order
 * @param quantity the filled quantity of the base asset
 * @param fee the fee, in the currency of the account
 * @param profit the profit of an option, negative for a loss
 * @param reason where the user saw it, as text
 */
record OrderResolution(String outcome, @Nullable BigDecimal price, @Nullable BigDecimal quantity,
        @Nullable BigDecimal fee, @Nullable BigDecimal profit, String reason) {

    private static final int MAX_REASON_LENGTH = 200;

    private static final String MAX_AMOUNT = "1000000000000";

    private static final DecimalRange AMOUNT_RANGE = DecimalRange.greaterThanZero(MAX_AMOUNT, Prices.SCALE);

    private static final DecimalRange FEE_RANGE = DecimalRange.atLeastZero(MAX_AMOUNT, Prices.SCALE);

    private static final DecimalRange PROFIT_RANGE = new DecimalRange(new BigDecimal(MAX_AMOUNT).negate(), true,
            new BigDecimal(MAX_AMOUNT), Prices.SCALE);

    private static final Map<String, OrderState> OUTCOMES = new TreeMap<>(
            Map.of("filled", OrderState.FILLED, "settled", OrderState.SETTLED, "rejected", OrderState.REJECTED,
                    "not_found", OrderState.ABSENT, "refunded", OrderState.TAKEN_BACK));

    /**
     * Parses and validates a request body.
     * @param body the request body
     * @param isOption whether the order is an option
     * @return the resolution
     * @throws pregao.webapi.problem.ProblemException 422 if fields are invalid; it names
     * all of them
     */
    static OrderResolution parse(JsonNode body, boolean isOption) {
        List<DocumentError> errors = new ArrayList<>();
        ObjectReader reader = ObjectReader.of(body, "", errors);
        OrderState state = reader.oneOf("outcome", OUTCOMES, null);
        String reason = reader.text("reason", MAX_REASON_LENGTH);
        BigDecimal price = null;
        BigDecimal quantity = null;
        BigDecimal fee = null;
        BigDecimal profit = null;
        if (state == OrderState.FILLED) {
            price = reader.decimal("price", AMOUNT_RANGE, null);
            quantity = reader.decimal("quantity", AMOUNT_RANGE, null);
            fee = reader.decimal("fee", FEE_RANGE, BigDecimal.ZERO);
        }
        if (state == OrderState.SETTLED) {
            profit = reader.decimal("profit", PROFIT_RANGE, null);
        }
        if ((state == OrderState.FILLED && isOption) || (state == OrderState.SETTLED && !isOption)) {
            reader.addError("outcome", isOption ? "settled, rejected, not_found or refunded for an option"
                    : "filled, rejected, not_found or refunded for a spot order");
        }
        reader.rejectUnknownFields();
        if (!errors.isEmpty()) {
            throw JsonBody.toProblem(errors).asException();
        }
        return new OrderResolution(body.path("outcome").asString(), price, quantity, fee, profit, reason);
    }

    /**
     * Applies this resolution to an order.
     * @param order the known order
     * @param now the current time, in epoch milliseconds
     * @return the order with its outcome
     */
    Order applyTo(Order order, long now) {
        OrderState state = Objects.requireNonNull(OUTCOMES.get(this.outcome));
        Order updated = switch (state) {
            case FILLED -> order.withFill(state, new Fill(this.price, this.quantity, this.fee, null, null, now));
            case SETTLED -> order.withFill(state, new Fill(null, null, null, this.profit, null, now));
            default -> order;
        };
        return updated.withState(state, "resolved", this.reason);
    }

}
