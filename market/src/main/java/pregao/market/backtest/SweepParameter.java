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
public record SweepParameter(String name, List<BigDecimal> values) {

    private static final int MAX_COUNT = 10_000;

    public SweepParameter {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > MAX_COUNT) {
            throw new IllegalArgumentException("%s must have 1 to %d values".formatted(name, MAX_COUNT));
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
    public static SweepParameter steps(String name, BigDecimal from, BigDecimal to, BigDecimal step) {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("step must be above 0, not " + step);
        }
        List<BigDecimal> values = new ArrayList<>();
        for (BigDecimal value = from; value.compareTo(to) <= 0 && values.size() <= MAX_COUNT; value = value.add(step)) {
            values.add(value);
        }
        return new SweepParameter(name, values);
    }

}
