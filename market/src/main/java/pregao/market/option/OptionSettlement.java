package pregao.market.option;

import java.math.BigDecimal;
import java.math.RoundingMode;

import pregao.market.pattern.Direction;

/**
 * How an option ended.
 *
 * @param result whether it paid
 * @param profit what it brought, negative where it cost, with the currency's decimals
 */
public record OptionSettlement(Result result, BigDecimal profit) {

    /**
     * Settles an option as a broker does: by the price at its end beside the strike.
     * @param direction which way it bet
     * @param strike the price at its begin, units of 1e-8
     * @param close the price at its end, units of 1e-8
     * @param stake what was put on it
     * @param payout what it pays beside the stake, as a part of it
     * @param decimals of the currency
     * @return equal prices give the stake back
     */
    public static OptionSettlement of(Direction direction, long strike, long close, BigDecimal stake, BigDecimal payout,
            int decimals) {
        if (close == strike) {
            return new OptionSettlement(Result.EQUAL, BigDecimal.ZERO.setScale(decimals));
        }
        boolean won = (close > strike) == (direction == Direction.CALL);
        return won ? new OptionSettlement(Result.WIN, stake.multiply(payout).setScale(decimals, RoundingMode.HALF_EVEN))
                : new OptionSettlement(Result.LOSS, stake.negate().setScale(decimals, RoundingMode.HALF_EVEN));
    }

    /**
     * Whether it paid.
     */
    public enum Result {

        /** It pays. */
        WIN,
        /** The stake is gone. */
        LOSS,
        /** The stake comes back. */
        EQUAL

    }

}
