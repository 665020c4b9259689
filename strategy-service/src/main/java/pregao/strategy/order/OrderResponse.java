package pregao.strategy.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * An order in the API.
 *
 * @param id the id of the order
 * @param account the id of the account
 * @param money the mode: {@code paper}, {@code demo} or {@code real}
 * @param bot the id of the bot; null for a manual order
 * @param feed the feed
 * @param symbol the symbol
 * @param side the side
 * @param purpose {@code open} or {@code close}
 * @param amount the quantity, or the stake of an option; 0 until the fill price decides
 * it
 * @param level the index of the entry within a cycle; the first is 0
 * @param state the current state
 * @param reason the reason code
 * @param message the explanation
 * @param decidedAt the time of the decision
 * @param validUntil the time after which it is not sent; null on paper
 * @param price the price at the decision
 * @param filledPrice the fill price
 * @param fee the fee, in the currency of the account
 * @param fees the fees that the broker charged, by asset; {@code fee} is the sum of those
 * with a known rate
 * @param profit the profit of an option
 * @param payout the payout of an option at a broker in addition to the stake, as a
 * fraction of the stake
 * @param createdAt the time when it was stored; null in the response to its creation
 */
public record OrderResponse(UUID id, UUID account, String money, @Nullable UUID bot, String feed, String symbol,
        String side, String purpose, BigDecimal amount, int level, String state, String reason, String message,
        Instant decidedAt, @Nullable Instant validUntil, @Nullable BigDecimal price, @Nullable BigDecimal filledPrice,
        @Nullable BigDecimal fee, List<Fill.Fee> fees, @Nullable BigDecimal profit, @Nullable BigDecimal payout,
        @Nullable Instant createdAt) {

    public OrderResponse {
        fees = List.copyOf(fees);
    }

    /**
     * Creates the response to the creation of an order.
     * @param order the order
     * @return the response, without {@code createdAt}
     */
    public static OrderResponse of(Order order) {
        return of(order, null);
    }

    /** Returns the time when the order was stored, which is known if it was read. */
    @JsonIgnore
    Instant requireCreatedAt() {
        return Objects.requireNonNull(this.createdAt);
    }

    static OrderResponse of(Order order, @Nullable Instant createdAt) {
        Fill fill = Objects.requireNonNullElse(order.fill(), new Fill(null, null, null, null, null, 0));
        Long validUntil = order.validUntil();
        return new OrderResponse(order.id(), order.owner().account().id(), order.owner().account().money().text(),
                order.owner().bot(), order.instrument().feed(), order.instrument().symbol(), order.side().text(),
                order.purpose().text(), order.amount(), order.level(), order.state().text(), order.reason(),
                order.message(), Instant.ofEpochMilli(order.decidedAt()),
                (validUntil != null) ? Instant.ofEpochMilli(validUntil) : null, order.price(), fill.price(), fill.fee(),
                fill.fees(), fill.profit(), fill.payout(), createdAt);
    }

}
