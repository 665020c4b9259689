package pregao.market.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The points of a sweep: all combinations of its parameters' values, or some of them by
 * chance.
 *
 * @param parameters what is tried
 */
public record ParameterGrid(List<SweepParameter> parameters) {

    /** How many points a sweep has at most. */
    public static final int MAX_COUNT = 100_000;

    public ParameterGrid {
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a sweep has at least one parameter");
        }
        if (parameters.stream().map(SweepParameter::name).distinct().count() < parameters.size()) {
            throw new IllegalArgumentException("each parameter has a name of its own");
        }
    }

    /**
     * How many combinations there are.
     * @return the number, however large
     */
    public long size() {
        long size = 1;
        for (SweepParameter parameter : this.parameters) {
            size = Math.multiplyExact(size, parameter.values().size());
        }
        return size;
    }

    /**
     * All points, the last parameter first to change.
     * @return names with values
     */
    public List<Map<String, BigDecimal>> all() {
        if (size() > MAX_COUNT) {
            throw new IllegalArgumentException("%d points are more than %d".formatted(size(), MAX_COUNT));
        }
        List<Map<String, BigDecimal>> points = new ArrayList<>();
        for (long number = 0; number < size(); number++) {
            points.add(point(number));
        }
        return points;
    }

    /**
     * Some points by chance, each once.
     * @param count how many at most
     * @param seed the same seed draws the same points
     * @return names with values
     */
    public List<Map<String, BigDecimal>> some(int count, long seed) {
        if (count >= size()) {
            return all();
        }
        if (count > MAX_COUNT) {
            throw new IllegalArgumentException("%d points are more than %d".formatted(count, MAX_COUNT));
        }
        Random random = new Random(seed);
        Set<Long> drawn = new LinkedHashSet<>();
        while (drawn.size() < count) {
            drawn.add(random.nextLong(size()));
        }
        return drawn.stream().map(this::point).toList();
    }

    private Map<String, BigDecimal> point(long number) {
        LinkedHashMap<String, BigDecimal> point = new LinkedHashMap<>();
        long rest = number;
        for (SweepParameter parameter : this.parameters.reversed()) {
            int size = parameter.values().size();
            point.putFirst(parameter.name(), parameter.values().get((int) (rest % size)));
            rest /= size;
        }
        return point;
    }

}
