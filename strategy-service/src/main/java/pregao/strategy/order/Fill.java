package pregao.strategy.order;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The execution of an order. Unknown values are null.
 *
 * @param price the fill price, or the strike price of an option
 * @param amount the filled quantity
 * @param fee the fee, in the currency of the account
 * @param profit the profit of an option, negative for a loss
 * @param brokerId the order id that the broker assigned
 * @param at the time, in epoch milliseconds
 * @param payout the payout of an option in addition to the stake, as a fraction of the
 * stake
 * @param fees the fees that the broker charged, by asset; {@code fee} is their sum
 */
public record Fill(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
        @Nullable BigDecimal profit, @Nullable Long brokerId, long at, @Nullable BigDecimal payout, List<Fee> fees) {

    public Fill {
        fees = List.copyOf(Objects.requireNonNullElse(fees, List.of()));
    }

    /**
     * Creates a fill whose fee is in the currency of the account, or that has no fee.
     * @param price the fill price, or the strike price of an option
     * @param amount the filled quantity
     * @param fee the fee, in the currency of the account
     * @param profit the profit of an option, negative for a loss
     * @param brokerId the order id that the broker assigned
     * @param at the time, in epoch milliseconds
     * @param payout the payout of an option in addition to the stake, as a fraction of
     * the stake
     */
    public Fill(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
            @Nullable BigDecimal profit, @Nullable Long brokerId, long at, @Nullable BigDecimal payout) {
        this(price, amount, fee, profit, brokerId, at, payout, List.of());
    }

    /**
     * Creates a fill without a payout, or with an unknown one.
     * @param price the fill price, or the strike price of an option
     * @param amount the filled quantity
     * @param fee the fee, in the currency of the account
     * @param profit the profit of an option, negative for a loss
     * @param brokerId the order id that the broker assigned
     * @param at the time, in epoch milliseconds
     */
    public Fill(@Nullable BigDecimal price, @Nullable BigDecimal amount, @Nullable BigDecimal fee,
            @Nullable BigDecimal profit, @Nullable Long brokerId, long at) {
        this(price, amount, fee, profit, brokerId, at, null);
    }

    /**
     * The fee that a broker charged in one asset.
     *
     * @param asset the asset, such as {@code BNB}
     * @param amount the quantity of the asset
     * @param rate the price of one unit in the currency of the account at the fill; null
     * if it is unknown, in which case the sum does not contain this fee
     */
    public record Fee(String asset, BigDecimal amount, @Nullable BigDecimal rate) {

    }

}
