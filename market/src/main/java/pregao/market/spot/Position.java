package pregao.market.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Price;

/**
 * An amount that is held, or owed, and the prices at which it is given up.
 *
 * @param isLong whether it gains as the price rises
 * @param openedAt when, epoch milliseconds
 * @param entry the price it was filled at, units of 1e-8
 * @param quantity how much, above 0
 * @param fee what the fill cost
 * @param stop the price at which it is given up, units of 1e-8
 * @param take the price that is enough, units of 1e-8; 0 where there is none
 */
public record Position(boolean isLong, long openedAt, long entry, BigDecimal quantity, BigDecimal fee, long stop,
        long take) {

    public Position {
        if (entry <= 0 || stop <= 0 || quantity.signum() <= 0) {
            throw new IllegalArgumentException("a position has a price, a stop and a quantity");
        }
    }

    /**
     * Opens one.
     * @param isLong whether it is bought
     * @param at when, epoch milliseconds
     * @param price in the middle, units of 1e-8
     * @param money how much to put into it, in the quote currency
     * @param stop what part of the price may be lost
     * @param take what part of it is enough, or null
     * @param costs of the fill
     * @return with a quantity of 8 decimals, rounded down; null where the money buys none
     */
    public static @Nullable Position open(boolean isLong, long at, long price, BigDecimal money, BigDecimal stop,
            @Nullable BigDecimal take, Costs costs) {
        long entry = costs.fill(price, isLong);
        BigDecimal quantity = money.divide(Price.toDecimal(entry), Price.SCALE, RoundingMode.DOWN);
        if (quantity.signum() <= 0) {
            return null;
        }
        BigDecimal fee = costs.feeOf(quantity.multiply(Price.toDecimal(entry)));
        return new Position(isLong, at, entry, quantity, fee, away(entry, stop, !isLong),
                (take != null) ? away(entry, take, isLong) : 0);
    }

    private static long away(long entry, BigDecimal part, boolean up) {
        BigDecimal factor = up ? BigDecimal.ONE.add(part) : BigDecimal.ONE.subtract(part);
        long price = factor.multiply(BigDecimal.valueOf(entry)).setScale(0, RoundingMode.HALF_UP).longValueExact();
        return Math.max(1, price);
    }

    /**
     * Whether it is given up within a stretch of prices, of which only the ends are
     * known. Where stop and take were both reached, the stop is taken to have been first;
     * where the stretch begins beyond one of them, that is at its begin.
     * @param open the first price, units of 1e-8
     * @param high the highest price, units of 1e-8
     * @param low the lowest price, units of 1e-8
     * @return null where it is kept
     */
    public @Nullable Exit judge(long open, long high, long low) {
        boolean stopped = this.isLong ? low <= this.stop : high >= this.stop;
        boolean taken = this.take > 0 && (this.isLong ? high >= this.take : low <= this.take);
        if (!stopped && !taken) {
            return null;
        }
        if (this.isLong ? open <= this.stop : open >= this.stop) {
            return new Exit(Exit.Reason.STOP, open, false);
        }
        if (this.take > 0 && (this.isLong ? open >= this.take : open <= this.take)) {
            return new Exit(Exit.Reason.TAKE, open, false);
        }
        return stopped ? new Exit(Exit.Reason.STOP, this.stop, taken) : new Exit(Exit.Reason.TAKE, this.take, false);
    }

    /**
     * What it is worth beyond what was paid, before the fee of closing it.
     * @param price in the middle, units of 1e-8
     * @return money, may be below 0
     */
    public BigDecimal gain(long price) {
        BigDecimal difference = Price.toDecimal(this.isLong ? price - this.entry : this.entry - price);
        return difference.multiply(this.quantity).subtract(this.fee);
    }

    /**
     * Closes it.
     * @param at when, epoch milliseconds
     * @param exit why and at which price in the middle
     * @param costs of the fill
     * @return what came of it
     */
    public Trade close(long at, Exit exit, Costs costs) {
        long price = costs.fill(exit.price(), !this.isLong);
        BigDecimal fees = this.fee.add(costs.feeOf(this.quantity.multiply(Price.toDecimal(price))));
        BigDecimal difference = Price.toDecimal(this.isLong ? price - this.entry : this.entry - price);
        BigDecimal profit = difference.multiply(this.quantity)
            .subtract(fees)
            .setScale(Price.SCALE, RoundingMode.HALF_EVEN);
        return new Trade(this.isLong, this.openedAt, this.entry, at, price, this.quantity, fees, profit, exit.reason(),
                exit.ambiguous());
    }

}
