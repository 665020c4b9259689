package pregao.strategy.order;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * How an order was done. What is not known is null.
 *
 * @param price at which it was filled, or against which an option is measured
 * @param amount how much was filled
 * @param fee in the currency of the account
 * @param profit of an option, negative where it cost
 * @param brokerId the broker's number
 * @param at when, epoch milliseconds
 * @param payout what an option pays beside the stake, as a part of it
 */
public record Filled(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
        @Nullable BigDecimal profit, @Nullable Long brokerId, long at, @Nullable BigDecimal payout) {

    /**
     * How an order was done that has no payout, or none that is known.
     * @param price at which it was filled, or against which an option is measured
     * @param amount how much was filled
     * @param fee in the currency of the account
     * @param profit of an option, negative where it cost
     * @param brokerId the broker's number
     * @param at when, epoch milliseconds
     */
    public Filled(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
            @Nullable BigDecimal profit, @Nullable Long brokerId, long at) {
        this(price, amount, fee, profit, brokerId, at, null);
    }

}
