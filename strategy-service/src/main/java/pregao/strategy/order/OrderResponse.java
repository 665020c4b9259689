package pregao.strategy.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * An order as its owner is told of it.
 *
 * @param id which
 * @param account on which account
 * @param money with which money
 * @param bot whose decision; null where by hand
 * @param feed of which feed
 * @param symbol of what
 * @param side which way
 * @param purpose {@code open} or {@code close}
 * @param amount the quantity, or the stake of an option; 0 until the price decides it
 * @param level which entry of a cycle, the first is 0
 * @param state what became of it so far
 * @param reason why, in a word
 * @param message why, in words
 * @param decidedAt when it was decided
 * @param validUntil after this it is not sent; null on paper
 * @param price when it was decided
 * @param filledPrice at which it was filled
 * @param fee what that cost, in the currency of the account
 * @param fees what the broker took, by asset; {@code fee} is their sum as far as it is
 * known what they are worth
 * @param profit of an option
 * @param payout what an option at a broker pays beside the stake, as a part of it
 * @param createdAt when it was written down; null as it is
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
     * An order that was just made.
     * @param order as it is
     * @return without the time at which it was written down
     */
    public static OrderResponse of(Order order) {
        return of(order, null);
    }

    /** When it was written down, which is known of what is read. */
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
