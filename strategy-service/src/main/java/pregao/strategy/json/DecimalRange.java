package pregao.strategy.json;

import java.math.BigDecimal;

/**
 * What a decimal may be.
 *
 * @param least it may be, or must be above
 * @param inclusive whether it may be the least
 * @param most it may be
 * @param decimals it may have that are not zero
 */
public record DecimalRange(BigDecimal least, boolean inclusive, BigDecimal most, int decimals) {

    /**
     * Above 0.
     * @param most it may be
     * @param decimals it may have
     * @return bounds
     */
    public static DecimalRange above0(String most, int decimals) {
        return new DecimalRange(BigDecimal.ZERO, false, new BigDecimal(most), decimals);
    }

    /**
     * At least 0.
     * @param most it may be
     * @param decimals it may have
     * @return bounds
     */
    public static DecimalRange from0(String most, int decimals) {
        return new DecimalRange(BigDecimal.ZERO, true, new BigDecimal(most), decimals);
    }

    boolean holds(BigDecimal value) {
        int low = value.compareTo(this.least);
        return (low > 0 || (low == 0 && this.inclusive)) && value.compareTo(this.most) <= 0
                && value.stripTrailingZeros().scale() <= this.decimals;
    }

    BigDecimal harmless() {
        return this.inclusive ? this.least : this.most;
    }

    String text() {
        return "%s %s %s to %s".formatted((this.decimals == 0) ? "a whole number" : "a number",
                this.inclusive ? "from" : "above", this.least.toPlainString(), this.most.toPlainString())
                + ((this.decimals == 0) ? "" : " with at most %d decimals".formatted(this.decimals));
    }

}
