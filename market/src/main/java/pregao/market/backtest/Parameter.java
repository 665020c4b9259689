package pregao.market.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that is tried with several values.
 *
 * @param name such as {@code take}
 * @param values to try, in order
 */
public record Parameter(String name, List<BigDecimal> values) {

    private static final int MOST = 10_000;

    public Parameter {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > MOST) {
            throw new IllegalArgumentException("%s must have 1 to %d values".formatted(name, MOST));
        }
    }

    /**
     * Values in steps.
     * @param name such as {@code take}
     * @param from the first
     * @param to the last, where a step falls on it
     * @param step above 0
     * @return a parameter
     */
    public static Parameter steps(String name, BigDecimal from, BigDecimal to, BigDecimal step) {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("step must be above 0, not " + step);
        }
        List<BigDecimal> values = new ArrayList<>();
        for (BigDecimal value = from; value.compareTo(to) <= 0 && values.size() <= MOST; value = value.add(step)) {
            values.add(value);
        }
        return new Parameter(name, values);
    }

}
