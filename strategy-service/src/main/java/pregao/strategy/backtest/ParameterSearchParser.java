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
 * Reads which values are tried.
 */
final class ParameterSearchParser {

    private static final int MOST_PARAMETERS = 10;

    private static final int MOST_VALUES = 1_000;

    private static final int LONGEST_PATH = 200;

    /** Points by the characters of their strategy: the RSI strategy has 150. */
    private static final long MOST_TEXT = 20_000_000;

    private static final long MOST_COMBINATIONS = 1_000_000_000_000L;

    private static final DecimalRange ANY = new DecimalRange(new BigDecimal("-1000000000"), true,
            new BigDecimal("1000000000"), 12);

    private static final Map<String, ObjectiveMetric> MEASURES = new LinkedHashMap<>();

    static {
        Arrays.stream(ObjectiveMetric.values()).forEach((measure) -> MEASURES.put(measure.text(), measure));
    }

    private ParameterSearchParser() {
    }

    /**
     * Reads.
     * @param document the field {@code sweep}
     * @param strategy in which values are tried; null where it is wrong itself
     * @param most how many points there may be
     * @return null where anything is wrong
     */
    static BacktestRequest.@Nullable ParameterSearch read(ObjectReader document, @Nullable Strategy strategy,
            int most) {
        int before = document.wrong().size();
        List<SweepParameter> parameters = parameters(document, strategy);
        Integer drawn = (document.get("points") != null)
                ? Integer.valueOf((int) document.whole("points", 1, most, null)) : null;
        long seed = document.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1L);
        ObjectiveMetric by = document.word("by", MEASURES, ObjectiveMetric.SHARPE);
        int least = (int) document.whole("least_trades", 1, 1_000_000, 10L);
        int top = (int) document.whole("top", 1, 100, 20L);
        document.noOthers();
        if (document.wrong().size() > before || parameters.isEmpty()) {
            return null;
        }
        ParameterGrid grid = new ParameterGrid(parameters);
        long all = size(parameters);
        if (all > ((drawn != null) ? MOST_COMBINATIONS : Math.min(most, ParameterGrid.MAX_COUNT))) {
            document.wrong("parameters", "at most %,d combinations, not %,d; say points to try some by chance"
                .formatted(Math.min(most, ParameterGrid.MAX_COUNT), all));
            return null;
        }
        BacktestRequest.ParameterSearch search = new BacktestRequest.ParameterSearch(grid, drawn, seed, by, least, top);
        if (strategy != null && (long) search.points() * new ParameterBinder(strategy).length() > MOST_TEXT) {
            document.wrong("points", "fewer, as so many of so long a strategy do not fit into memory");
            return null;
        }
        return search;
    }

    private static long size(List<SweepParameter> parameters) {
        long size = 1;
        for (SweepParameter parameter : parameters) {
            size = Math.min(MOST_COMBINATIONS + 1, size * parameter.values().size());
        }
        return size;
    }

    private static List<SweepParameter> parameters(ObjectReader document, @Nullable Strategy strategy) {
        List<SweepParameter> parameters = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        List<JsonNode> items = document.items("parameters", MOST_PARAMETERS);
        if (items.isEmpty()) {
            document.wrong("parameters", "an array of 1 to %d parameters".formatted(MOST_PARAMETERS));
        }
        for (int i = 0; i < items.size(); i++) {
            ObjectReader one = ObjectReader.of(items.get(i), document.path("parameters[%d]".formatted(i)),
                    document.wrong());
            String path = one.text("path", LONGEST_PATH);
            if (!paths.add(path)) {
                one.wrong("path", "one that no other parameter has");
            }
            List<BigDecimal> values = values(one);
            one.noOthers();
            if (strategy != null && !path.isEmpty() && !values.isEmpty()) {
                check(one, new ParameterBinder(strategy), path, values);
            }
            if (!values.isEmpty()) {
                parameters.add(new SweepParameter(path, values));
            }
        }
        return parameters;
    }

    private static List<BigDecimal> values(ObjectReader one) {
        if (one.get("values") == null) {
            return steps(one);
        }
        List<BigDecimal> values = new ArrayList<>();
        List<JsonNode> items = one.items("values", MOST_VALUES);
        for (int i = 0; i < items.size(); i++) {
            BigDecimal value = ObjectReader.decimal(items.get(i));
            if (value == null) {
                one.wrong("values[%d]".formatted(i), "a number");
            }
            else {
                values.add(value);
            }
        }
        if (items.isEmpty()) {
            one.wrong("values", "1 to %d numbers".formatted(MOST_VALUES));
        }
        return values;
    }

    private static List<BigDecimal> steps(ObjectReader one) {
        BigDecimal from = one.decimal("from", ANY, null);
        BigDecimal to = one.decimal("to", ANY, null);
        BigDecimal step = one.decimal("step", DecimalRange.above0("1000000000", 12), null);
        if (to.compareTo(from) < 0
                || to.subtract(from).compareTo(step.multiply(BigDecimal.valueOf(MOST_VALUES - 1L))) > 0) {
            one.wrong("to", "from or more, by less than %d steps".formatted(MOST_VALUES));
            return List.of();
        }
        return SweepParameter.steps("", from, to, step).values();
    }

    private static void check(ObjectReader one, ParameterBinder points, String path, List<BigDecimal> values) {
        if (!points.has(path)) {
            one.wrong("path", "where a number is in the strategy, such as stop or buy.at_or_below[1]");
            return;
        }
        for (BigDecimal value : values) {
            String expected = points.wrong(path, value);
            if (expected != null) {
                one.wrong((one.get("values") != null) ? "values" : "from", expected);
                return;
            }
        }
    }

}
