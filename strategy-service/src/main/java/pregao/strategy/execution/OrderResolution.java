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
 * What a person saw at the broker of an order whose outcome is not certain.
 *
 * @param outcome filled (spot), settled (an option), rejected, not_found or refunded
 * @param price at which spot was filled
 * @param quantity of the base asset that was filled
 * @param fee in the currency of the account
 * @param profit of an option, negative where it cost
 * @param reason where the person saw it, in words
 */
record OrderResolution(String outcome, @Nullable BigDecimal price, @Nullable BigDecimal quantity,
        @Nullable BigDecimal fee, @Nullable BigDecimal profit, String reason) {

    private static final int LONGEST_REASON = 200;

    private static final String MOST = "1000000000000";

    private static final DecimalRange AMOUNT = DecimalRange.greaterThanZero(MOST, Prices.SCALE);

    private static final DecimalRange FEE = DecimalRange.atLeastZero(MOST, Prices.SCALE);

    private static final DecimalRange PROFIT = new DecimalRange(new BigDecimal(MOST).negate(), true,
            new BigDecimal(MOST), Prices.SCALE);

    private static final Map<String, OrderState> OUTCOMES = new TreeMap<>(
            Map.of("filled", OrderState.FILLED, "settled", OrderState.SETTLED, "rejected", OrderState.REJECTED,
                    "not_found", OrderState.ABSENT, "refunded", OrderState.TAKEN_BACK));

    /**
     * Reads.
     * @param body as it came
     * @param isOption whether the order is one of an option
     * @return checked
     * @throws pregao.webapi.problem.ProblemException 422 naming all that is wrong
     */
    static OrderResolution read(JsonNode body, boolean isOption) {
        List<DocumentError> wrong = new ArrayList<>();
        ObjectReader document = ObjectReader.of(body, "", wrong);
        OrderState state = document.oneOf("outcome", OUTCOMES, null);
        String reason = document.text("reason", LONGEST_REASON);
        BigDecimal price = null;
        BigDecimal quantity = null;
        BigDecimal fee = null;
        BigDecimal profit = null;
        if (state == OrderState.FILLED) {
            price = document.decimal("price", AMOUNT, null);
            quantity = document.decimal("quantity", AMOUNT, null);
            fee = document.decimal("fee", FEE, BigDecimal.ZERO);
        }
        if (state == OrderState.SETTLED) {
            profit = document.decimal("profit", PROFIT, null);
        }
        if ((state == OrderState.FILLED && isOption) || (state == OrderState.SETTLED && !isOption)) {
            document.addError("outcome", isOption ? "settled, rejected, not_found or refunded for an option"
                    : "filled, rejected, not_found or refunded for a spot order");
        }
        document.rejectUnknownFields();
        if (!wrong.isEmpty()) {
            throw JsonBody.toProblem(wrong).asException();
        }
        return new OrderResolution(body.path("outcome").asString(), price, quantity, fee, profit, reason);
    }

    /**
     * The order as it ended.
     * @param order as it is known
     * @param now epoch milliseconds
     * @return with its outcome
     */
    Order of(Order order, long now) {
        OrderState state = Objects.requireNonNull(OUTCOMES.get(this.outcome));
        Order ended = switch (state) {
            case FILLED -> order.done(state, new Fill(this.price, this.quantity, this.fee, null, null, now));
            case SETTLED -> order.done(state, new Fill(null, null, null, this.profit, null, now));
            default -> order;
        };
        return ended.became(state, "resolved", this.reason);
    }

}
