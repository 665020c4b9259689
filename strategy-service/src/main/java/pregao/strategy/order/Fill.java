package pregao.strategy.order;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

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
 * @param fees what a broker took, by asset; of which {@code fee} is the sum
 */
public record Fill(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
        @Nullable BigDecimal profit, @Nullable Long brokerId, long at, @Nullable BigDecimal payout, List<Fee> fees) {

    public Fill {
        fees = List.copyOf(Objects.requireNonNullElse(fees, List.of()));
    }

    /**
     * How an order was done, whose fee is in the currency of the account, or that has
     * none.
     * @param price at which it was filled, or against which an option is measured
     * @param amount how much was filled
     * @param fee in the currency of the account
     * @param profit of an option, negative where it cost
     * @param brokerId the broker's number
     * @param at when, epoch milliseconds
     * @param payout what an option pays beside the stake, as a part of it
     */
    public Fill(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
            @Nullable BigDecimal profit, @Nullable Long brokerId, long at, @Nullable BigDecimal payout) {
        this(price, amount, fee, profit, brokerId, at, payout, List.of());
    }

    /**
     * How an order was done that has no payout, or none that is known.
     * @param price at which it was filled, or against which an option is measured
     * @param amount how much was filled
     * @param fee in the currency of the account
     * @param profit of an option, negative where it cost
     * @param brokerId the broker's number
     * @param at when, epoch milliseconds
     */
    public Fill(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
            @Nullable BigDecimal profit, @Nullable Long brokerId, long at) {
        this(price, amount, fee, profit, brokerId, at, null);
    }

    /**
     * What a broker took in one asset.
     *
     * @param asset such as {@code BNB}
     * @param amount of it
     * @param rate what one of it was worth in the currency of the account when the order
     * was filled; null where nobody knew, and the fee is not in the sum
     */
    public record Fee(String asset, BigDecimal amount, @Nullable BigDecimal rate) {

    }

}
