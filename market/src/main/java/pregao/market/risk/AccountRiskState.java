package pregao.market.risk;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What of an account's limits is used. Amounts are in its currency.
 *
 * @param balance what there is; null where only the broker knows
 * @param exposure what is at risk now, entries that may still follow included
 * @param reserve what of the exposure is kept for cycles of options: all that those which
 * run can still lose
 * @param day the UTC day of {@code dayProfit}, days since 1970-01-01
 * @param dayProfit what that day has brought
 * @param profit what all days have brought
 * @param peak the highest that {@code profit} was
 */
public record AccountRiskState(@Nullable BigDecimal balance, BigDecimal exposure, BigDecimal reserve, long day,
        BigDecimal dayProfit, BigDecimal profit, BigDecimal peak) {

    private static final long DAY = 86_400_000;

    /**
     * The book of an account that has done nothing.
     * @param balance what there is; null where only the broker knows
     * @return nothing used
     */
    public static AccountRiskState empty(@Nullable BigDecimal balance) {
        return new AccountRiskState(balance, BigDecimal.ZERO, BigDecimal.ZERO, 0, BigDecimal.ZERO, BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    /**
     * Whether something may be opened. Asked once, before a first entry: what follows it
     * is in the reservation and is not asked again.
     * @param limits of the account
     * @param wanted what is to be reserved
     * @param time now, or the time of the feed, epoch milliseconds
     * @return null where it may
     */
    public @Nullable RiskRejectReason check(RiskLimits limits, Reservation wanted, long time) {
        if (wanted.gales() > limits.gales()) {
            return RiskRejectReason.GALE_LIMIT;
        }
        if (wanted.stake().compareTo(limits.stake()) > 0) {
            return RiskRejectReason.STAKE_LIMIT;
        }
        if (this.exposure.add(wanted.amount()).compareTo(limits.exposure()) > 0) {
            return RiskRejectReason.EXPOSURE_LIMIT;
        }
        if (isTooMuch(lostAt(time), wanted.loss(), limits.dailyLoss())) {
            return RiskRejectReason.DAILY_LOSS;
        }
        if (isTooMuch(fall(), wanted.loss(), limits.drawdown())) {
            return RiskRejectReason.DRAWDOWN_STOP;
        }
        return (this.balance != null && wanted.amount().compareTo(this.balance.subtract(this.exposure)) > 0)
                ? RiskRejectReason.BALANCE : null;
    }

    /**
     * How deep the profit is below its highest.
     * @return 0 at the highest
     */
    public BigDecimal fall() {
        return this.peak.subtract(this.profit);
    }

    /** What the day has lost. One that came late, of an older day, counts as today's. */
    private BigDecimal lostAt(long time) {
        return (this.day >= day(time)) ? this.dayProfit.negate() : BigDecimal.ZERO;
    }

    /**
     * Whether a limit is reached, or would be passed by what runs and may be lost yet.
     */
    private boolean isTooMuch(BigDecimal lost, BigDecimal loss, BigDecimal limit) {
        boolean passes = loss.signum() > 0 && lost.add(this.reserve).add(loss).compareTo(limit) > 0;
        return passes || lost.compareTo(limit) >= 0;
    }

    /**
     * Puts something at risk.
     * @param risk how much
     * @return the book afterwards
     */
    public AccountRiskState addExposure(BigDecimal risk) {
        return new AccountRiskState(this.balance, this.exposure.add(risk), this.reserve, this.day, this.dayProfit,
                this.profit, this.peak);
    }

    /**
     * Takes something back from risk, as it is over or was never made.
     * @param risk how much, as it was opened
     * @return the book afterwards
     */
    public AccountRiskState removeExposure(BigDecimal risk) {
        return new AccountRiskState(this.balance, less(this.exposure, risk), this.reserve, this.day, this.dayProfit,
                this.profit, this.peak);
    }

    /**
     * Reserves what a cycle of options can lose, which is at risk from now on.
     * @param loss how much
     * @return the book afterwards
     */
    public AccountRiskState reserve(BigDecimal loss) {
        return new AccountRiskState(this.balance, this.exposure.add(loss), this.reserve.add(loss), this.day,
                this.dayProfit, this.profit, this.peak);
    }

    /**
     * Gives back what a cycle of options cannot lose any more, as it is lost already or
     * will not be put in.
     * @param loss how much of what was reserved
     * @return the book afterwards
     */
    public AccountRiskState release(BigDecimal loss) {
        return new AccountRiskState(this.balance, less(this.exposure, loss), less(this.reserve, loss), this.day,
                this.dayProfit, this.profit, this.peak);
    }

    /**
     * Takes a result.
     * @param result what was won, negative where lost, after fees
     * @param time when, epoch milliseconds
     * @return the book afterwards
     */
    public AccountRiskState applyProfit(BigDecimal result, long time) {
        long today = Math.max(this.day, day(time));
        BigDecimal before = (today == this.day) ? this.dayProfit : BigDecimal.ZERO;
        BigDecimal sum = this.profit.add(result);
        return new AccountRiskState((this.balance != null) ? this.balance.add(result) : null, this.exposure,
                this.reserve, today, before.add(result), sum, this.peak.max(sum));
    }

    /**
     * Lets the drawdown begin anew from here.
     * @return the book with its profit as the highest
     */
    public AccountRiskState withDrawdownReset() {
        return new AccountRiskState(this.balance, this.exposure, this.reserve, this.day, this.dayProfit, this.profit,
                this.profit);
    }

    private static BigDecimal less(BigDecimal sum, BigDecimal part) {
        return sum.subtract(part).max(BigDecimal.ZERO);
    }

    private static long day(long time) {
        return Math.floorDiv(time, DAY);
    }

}
