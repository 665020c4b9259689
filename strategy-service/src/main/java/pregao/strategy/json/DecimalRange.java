package pregao.strategy.json;

import java.math.BigDecimal;

/**
 * The range of a decimal in a document.
 *
 * @param least the lower bound
 * @param inclusive whether the lower bound itself is allowed
 * @param most the upper bound, which is always allowed
 * @param decimals the maximum number of decimals, trailing zeros not counted
 */
public record DecimalRange(BigDecimal least, boolean inclusive, BigDecimal most, int decimals) {

    /**
     * Creates a range above 0.
     * @param max the upper bound
     * @param decimals the maximum number of decimals
     * @return the range
     */
    public static DecimalRange greaterThanZero(String max, int decimals) {
        return new DecimalRange(BigDecimal.ZERO, false, new BigDecimal(max), decimals);
    }

    /**
     * Creates a range from 0.
     * @param max the upper bound
     * @param decimals the maximum number of decimals
     * @return the range
     */
    public static DecimalRange atLeastZero(String max, int decimals) {
        return new DecimalRange(BigDecimal.ZERO, true, new BigDecimal(max), decimals);
    }

    boolean contains(BigDecimal value) {
        int comparison = value.compareTo(this.least);
        return (comparison > 0 || (comparison == 0 && this.inclusive)) && value.compareTo(this.most) <= 0
                && value.stripTrailingZeros().scale() <= this.decimals;
    }

    BigDecimal fallback() {
        return this.inclusive ? this.least : this.most;
    }

    String describe() {
        return "%s %s %s to %s".formatted((this.decimals == 0) ? "a whole number" : "a number",
                this.inclusive ? "from" : "above", this.least.toPlainString(), this.most.toPlainString())
                + ((this.decimals == 0) ? "" : " with at most %d decimals".formatted(this.decimals));
    }

}
