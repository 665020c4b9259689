package pregao.market.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.market.math.FixedPointMath;

/**
 * An amount that is held, or owed, and the prices at which it is given up. All numbers
 * are whole ones of 1e-8. The levels are the first whole prices at which their part of
 * the entry is gained or lost in full, so that none is reached before.
 *
 * @param isLong whether it gains as the price rises
 * @param openedAt when, epoch milliseconds
 * @param entry the price it was filled at
 * @param quantity how much, above 0
 * @param fee what the fill cost
 * @param stop the price at which it is given up; 0 where no price is so low
 * @param take the price that is enough; 0 where there is none
 */
public record Position(boolean isLong, long openedAt, long entry, long quantity, long fee, long stop, long take) {

    public Position {
        if (entry <= 0 || stop < 0 || quantity <= 0) {
            throw new IllegalArgumentException("a position has a price, a stop and a quantity");
        }
    }

    /**
     * Opens one.
     * @param isLong whether it is bought
     * @param at when, epoch milliseconds
     * @param price in the middle
     * @param money how much to put into it, in the quote currency
     * @param stop what part of the price may be lost
     * @param take what part of it is enough, or 0
     * @param costs of the fill
     * @return with a quantity that is rounded down; null where the money buys none
     */
    public static @Nullable Position open(boolean isLong, long at, long price, long money, long stop, long take,
            TransactionCosts costs) {
        long entry = costs.fill(price, isLong);
        long quantity = FixedPointMath.divided(money, Prices.ONE, entry, RoundingMode.DOWN);
        if (quantity <= 0) {
            return null;
        }
        return filled(isLong, at, entry, quantity, costs.feeOf(value(entry, quantity)), stop, take);
    }

    /**
     * What a broker has filled.
     * @param isLong whether it is bought
     * @param at when, epoch milliseconds
     * @param entry the price it was filled at
     * @param quantity how much, above 0
     * @param fee what the fill cost
     * @param stop what part of the price may be lost
     * @param take what part of it is enough, or 0
     * @return with the prices at which it is given up
     */
    public static Position filled(boolean isLong, long at, long entry, long quantity, long fee, long stop, long take) {
        return new Position(isLong, at, entry, quantity, fee, isLong ? below(entry, stop) : above(entry, stop),
                (take == 0) ? 0 : isLong ? above(entry, take) : below(entry, take));
    }

    private static long above(long entry, long part) {
        return FixedPointMath.divided(entry, Prices.ONE + part, Prices.ONE, RoundingMode.UP);
    }

    private static long below(long entry, long part) {
        return (part < Prices.ONE) ? FixedPointMath.divided(entry, Prices.ONE - part, Prices.ONE, RoundingMode.DOWN)
                : 0;
    }

    private static long value(long price, long quantity) {
        return FixedPointMath.divided(price, quantity, Prices.ONE, RoundingMode.HALF_EVEN);
    }

    /**
     * Whether it is given up within a stretch of prices, of which only the ends are
     * known. Where stop and take were both reached, the stop is taken to have been first;
     * where the stretch begins beyond one of them, that is at its begin.
     * @param open the first price
     * @param high the highest price
     * @param low the lowest price
     * @return null where it is kept
     */
    public @Nullable ExitDecision judge(long open, long high, long low) {
        boolean stopped = this.isLong ? low <= this.stop : high >= this.stop;
        boolean taken = this.take > 0 && (this.isLong ? high >= this.take : low <= this.take);
        if (!stopped && !taken) {
            return null;
        }
        if (this.isLong ? open <= this.stop : open >= this.stop) {
            return new ExitDecision(ExitDecision.Reason.STOP, open, false);
        }
        if (this.take > 0 && (this.isLong ? open >= this.take : open <= this.take)) {
            return new ExitDecision(ExitDecision.Reason.TAKE, open, false);
        }
        return stopped ? new ExitDecision(ExitDecision.Reason.STOP, this.stop, taken)
                : new ExitDecision(ExitDecision.Reason.TAKE, this.take, false);
    }

    /**
     * What it cost, without the fee.
     * @return in the quote currency
     */
    public BigDecimal cost() {
        return Prices.toDecimal(this.entry).multiply(Prices.toDecimal(this.quantity));
    }

    /**
     * This, and what is bought to it, for the mean of what both cost.
     * @param bought whose levels count
     * @return one position
     */
    public Position with(Position bought) {
        BigDecimal both = Prices.toDecimal(Math.addExact(this.quantity, bought.quantity));
        long mean = Prices.of(cost().add(bought.cost()).divide(both, Prices.SCALE, RoundingMode.HALF_UP));
        return new Position(true, bought.openedAt, mean, Prices.of(both), this.fee + bought.fee, bought.stop,
                bought.take);
    }

    /**
     * What a sale leaves.
     * @param sold how much was sold
     * @return null where nothing is left
     */
    public @Nullable Position without(BigDecimal sold) {
        BigDecimal left = Prices.toDecimal(this.quantity).subtract(sold);
        if (left.signum() <= 0) {
            return null;
        }
        long share = BigDecimal.valueOf(this.fee)
            .multiply(left)
            .divide(Prices.toDecimal(this.quantity), 0, RoundingMode.DOWN)
            .longValueExact();
        return part(Prices.of(left), share);
    }

    /**
     * What was sold.
     * @param rest what is left; null where nothing is
     * @return with its share of the fee
     */
    public Position sold(@Nullable Position rest) {
        return (rest != null) ? part(this.quantity - rest.quantity, this.fee - rest.fee) : this;
    }

    private Position part(long some, long share) {
        return new Position(this.isLong, this.openedAt, this.entry, some, share, this.stop, this.take);
    }

    /**
     * Closes it.
     * @param at when, epoch milliseconds
     * @param exit why and at which price in the middle
     * @param costs of the fill
     * @return what came of it
     */
    public Trade close(long at, ExitDecision exit, TransactionCosts costs) {
        long price = costs.fill(exit.price(), !this.isLong);
        long fees = this.fee + costs.feeOf(value(price, this.quantity));
        long gain = value(this.isLong ? price - this.entry : this.entry - price, this.quantity);
        return new Trade(this.isLong, this.openedAt, this.entry, at, price, this.quantity, fees, gain - fees,
                exit.reason(), exit.ambiguous());
    }

}
