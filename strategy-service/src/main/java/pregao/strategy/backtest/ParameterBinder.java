package pregao.strategy.backtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.backtest.BacktestConfig;
import pregao.market.rule.Strategy;
import pregao.strategy.job.ProgressListener;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ExactJson;
import pregao.strategy.rule.StrategyJsonMapper;

/**
 * Binds parameter values to a strategy. Parameters are paths in its JSON, such as {@code
 * stop} or {@code buy.all[1].at_or_below[1]}.
 */
final class ParameterBinder {

    private static final Pattern PATH_STEP = Pattern.compile("\\.?([a-z_]{1,20})|\\[(\\d{1,2})\\]");

    private final ObjectNode strategy;

    ParameterBinder(Strategy strategy) {
        this.strategy = StrategyJsonMapper.write(strategy);
    }

    /** Returns whether the strategy has a number at a path. */
    boolean hasNumberAt(String path) {
        return locate(this.strategy, path).isPresent();
    }

    /**
     * Returns the expected value if a value at an existing path is invalid; null if it is
     * valid.
     */
    @Nullable String findError(String path, BigDecimal value) {
        List<DocumentError> errors = new ArrayList<>();
        StrategyJsonMapper.read(withValues(Map.of(path, value)), "", errors);
        return errors.isEmpty() ? null : errors.getFirst().expected();
    }

    /** Returns the strategy with the values of a point. */
    Strategy bind(Map<String, BigDecimal> point) {
        List<DocumentError> errors = new ArrayList<>();
        Strategy strategy = StrategyJsonMapper.read(withValues(point), "", errors);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy: " + errors);
        }
        return strategy;
    }

    /**
     * Returns the configurations of all points. Reports progress, because many points
     * take a while.
     */
    static List<BacktestConfig> bindAll(BacktestConfig config, List<Map<String, BigDecimal>> points,
            ProgressListener progress) {
        ParameterBinder binder = new ParameterBinder(config.strategy());
        List<BacktestConfig> configs = new ArrayList<>(points.size());
        for (Map<String, BigDecimal> point : points) {
            progress.report("preparing", configs.size(), points.size());
            configs.add(config.with(binder.bind(point)));
        }
        return configs;
    }

    /** Returns the length of the strategy as JSON, in characters. */
    int jsonLength() {
        return ExactJson.write(this.strategy).length();
    }

    private ObjectNode withValues(Map<String, BigDecimal> point) {
        ObjectNode copy = this.strategy.deepCopy();
        point.forEach((path, value) -> locate(copy, path).orElseThrow().set(value));
        return copy;
    }

    private static Optional<ParameterLocation> locate(JsonNode root, String path) {
        Matcher step = PATH_STEP.matcher(path);
        JsonNode node = root;
        ParameterLocation location = null;
        int end = 0;
        while (node != null && end < path.length() && step.find(end) && step.start() == end) {
            location = (step.group(1) != null) ? new ParameterLocation(node, step.group(1), -1)
                    : new ParameterLocation(node, "", Integer.parseInt(step.group(2)));
            node = location.get();
            end = step.end();
        }
        return (location != null && node != null && node.isNumber() && end == path.length()) ? Optional.of(location)
                : Optional.empty();
    }

    /** The location of a number: a field of an object, or an element of an array. */
    private record ParameterLocation(JsonNode parent, String field, int index) {

        @Nullable JsonNode get() {
            return (this.index >= 0) ? this.parent.get(this.index) : this.parent.get(this.field);
        }

        void set(BigDecimal value) {
            switch (this.parent) {
                case ArrayNode array -> array.set(this.index, value);
                case ObjectNode object -> object.put(this.field, value);
                default -> throw new IllegalStateException("no parent of a number");
            }
        }

    }

}
