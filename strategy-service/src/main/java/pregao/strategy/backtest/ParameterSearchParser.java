package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.market.backtest.ObjectiveMetric;
import pregao.market.backtest.ParameterGrid;
import pregao.market.backtest.SweepParameter;
import pregao.market.rule.Strategy;
import pregao.strategy.json.DecimalRange;
import pregao.strategy.json.ObjectReader;

/**
 * Parses the search space of a sweep.
 */
final class ParameterSearchParser {

    private static final int MAX_PARAMETERS = 10;

    private static final int MAX_VALUES = 1_000;

    private static final int MAX_PATH_LENGTH = 200;

    /**
     * The limit of the number of points times the length of the strategy as JSON. The RSI
     * strategy has 150 characters.
     */
    private static final long MAX_TOTAL_LENGTH = 20_000_000;

    private static final long MAX_COMBINATIONS = 1_000_000_000_000L;

    private static final DecimalRange VALUE_RANGE = new DecimalRange(new BigDecimal("-1000000000"), true,
            new BigDecimal("1000000000"), 12);

    private static final Map<String, ObjectiveMetric> METRICS = new LinkedHashMap<>();

    static {
        Arrays.stream(ObjectiveMetric.values()).forEach((metric) -> METRICS.put(metric.text(), metric));
    }

    private ParameterSearchParser() {
    }

    /**
     * Reads a search space.
     * @param document the content of the field {@code sweep}
     * @param strategy the strategy to vary; null if it is invalid itself
     * @param maxPoints the maximum number of points
     * @return the search space, or null if there are errors
     */
    static BacktestRequest.@Nullable ParameterSearch read(ObjectReader document, @Nullable Strategy strategy,
            int maxPoints) {
        int errorsBefore = document.errors().size();
        List<SweepParameter> parameters = readParameters(document, strategy);
        Integer drawn = (document.get("points") != null)
                ? Integer.valueOf((int) document.integer("points", 1, maxPoints, null)) : null;
        long seed = document.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1L);
        ObjectiveMetric metric = document.oneOf("by", METRICS, ObjectiveMetric.SHARPE);
        int minTrades = (int) document.integer("least_trades", 1, 1_000_000, 10L);
        int top = (int) document.integer("top", 1, 100, 20L);
        document.rejectUnknownFields();
        if (document.errors().size() > errorsBefore || parameters.isEmpty()) {
            return null;
        }
        ParameterGrid grid = new ParameterGrid(parameters);
        long combinations = countCombinations(parameters);
        if (combinations > ((drawn != null) ? MAX_COMBINATIONS : Math.min(maxPoints, ParameterGrid.MAX_COUNT))) {
            document.addError("parameters", "at most %,d combinations, not %,d; say points to try some by chance"
                .formatted(Math.min(maxPoints, ParameterGrid.MAX_COUNT), combinations));
            return null;
        }
        BacktestRequest.ParameterSearch search = new BacktestRequest.ParameterSearch(grid, drawn, seed, metric,
                minTrades, top);
        if (strategy != null
                && (long) search.countPoints() * new ParameterBinder(strategy).jsonLength() > MAX_TOTAL_LENGTH) {
            document.addError("points", "fewer, as so many of so long a strategy do not fit into memory");
            return null;
        }
        return search;
    }

    private static long countCombinations(List<SweepParameter> parameters) {
        long size = 1;
        for (SweepParameter parameter : parameters) {
            size = Math.min(MAX_COMBINATIONS + 1, size * parameter.values().size());
        }
        return size;
    }

    private static List<SweepParameter> readParameters(ObjectReader document, @Nullable Strategy strategy) {
        List<SweepParameter> parameters = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        List<JsonNode> items = document.array("parameters", MAX_PARAMETERS);
        if (items.isEmpty()) {
            document.addError("parameters", "an array of 1 to %d parameters".formatted(MAX_PARAMETERS));
        }
        for (int i = 0; i < items.size(); i++) {
            ObjectReader parameter = ObjectReader.of(items.get(i), document.path("parameters[%d]".formatted(i)),
                    document.errors());
            String path = parameter.text("path", MAX_PATH_LENGTH);
            if (!paths.add(path)) {
                parameter.addError("path", "one that no other parameter has");
            }
            List<BigDecimal> values = readValues(parameter);
            parameter.rejectUnknownFields();
            if (strategy != null && !path.isEmpty() && !values.isEmpty()) {
                checkValues(parameter, new ParameterBinder(strategy), path, values);
            }
            if (!values.isEmpty()) {
                parameters.add(new SweepParameter(path, values));
            }
        }
        return parameters;
    }

    private static List<BigDecimal> readValues(ObjectReader parameter) {
        if (parameter.get("values") == null) {
            return readSteps(parameter);
        }
        List<BigDecimal> values = new ArrayList<>();
        List<JsonNode> items = parameter.array("values", MAX_VALUES);
        for (int i = 0; i < items.size(); i++) {
            BigDecimal value = ObjectReader.decimal(items.get(i));
            if (value == null) {
                parameter.addError("values[%d]".formatted(i), "a number");
            }
            else {
                values.add(value);
            }
        }
        if (items.isEmpty()) {
            parameter.addError("values", "1 to %d numbers".formatted(MAX_VALUES));
        }
        return values;
    }

    private static List<BigDecimal> readSteps(ObjectReader parameter) {
        BigDecimal from = parameter.decimal("from", VALUE_RANGE, null);
        BigDecimal to = parameter.decimal("to", VALUE_RANGE, null);
        BigDecimal step = parameter.decimal("step", DecimalRange.greaterThanZero("1000000000", 12), null);
        if (to.compareTo(from) < 0
                || to.subtract(from).compareTo(step.multiply(BigDecimal.valueOf(MAX_VALUES - 1L))) > 0) {
            parameter.addError("to", "from or more, by less than %d steps".formatted(MAX_VALUES));
            return List.of();
        }
        return SweepParameter.steps("", from, to, step).values();
    }

    private static void checkValues(ObjectReader parameter, ParameterBinder binder, String path,
            List<BigDecimal> values) {
        if (!binder.hasNumberAt(path)) {
            parameter.addError("path", "where a number is in the strategy, such as stop or buy.at_or_below[1]");
            return;
        }
        for (BigDecimal value : values) {
            String expected = binder.findError(path, value);
            if (expected != null) {
                parameter.addError((parameter.get("values") != null) ? "values" : "from", expected);
                return;
            }
        }
    }

}
