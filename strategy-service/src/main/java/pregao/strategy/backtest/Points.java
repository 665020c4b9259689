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

import pregao.market.backtest.BacktestSettings;
import pregao.market.rule.Strategy;
import pregao.strategy.document.Json;
import pregao.strategy.document.Wrong;
import pregao.strategy.job.Progress;
import pregao.strategy.rule.StrategyJson;

/**
 * A strategy with other numbers in it. Parameters are paths of its JSON, such as
 * {@code stop} or {@code buy.all[1].at_or_below[1]}.
 */
final class Points {

    private static final Pattern STEP = Pattern.compile("\\.?([a-z_]{1,20})|\\[(\\d{1,2})\\]");

    private final ObjectNode strategy;

    Points(Strategy strategy) {
        this.strategy = StrategyJson.write(strategy);
    }

    /** Whether there is a number at a path. */
    boolean has(String path) {
        return place(this.strategy, path).isPresent();
    }

    /** What is wrong with a value at a path that is there; null where nothing is. */
    @Nullable String wrong(String path, BigDecimal value) {
        List<Wrong> wrong = new ArrayList<>();
        StrategyJson.read(with(Map.of(path, value)), "", wrong);
        return wrong.isEmpty() ? null : wrong.getFirst().expected();
    }

    /** The strategy of a point. */
    Strategy of(Map<String, BigDecimal> point) {
        List<Wrong> wrong = new ArrayList<>();
        Strategy strategy = StrategyJson.read(with(point), "", wrong);
        if (strategy == null) {
            throw new IllegalArgumentException("no strategy: " + wrong);
        }
        return strategy;
    }

    /** The settings of all points; the progress is told, as many points take a while. */
    static List<BacktestSettings> all(BacktestSettings settings, List<Map<String, BigDecimal>> points,
            Progress progress) {
        Points strategy = new Points(settings.strategy());
        List<BacktestSettings> all = new ArrayList<>(points.size());
        for (Map<String, BigDecimal> point : points) {
            progress.at("preparing", all.size(), points.size());
            all.add(settings.with(strategy.of(point)));
        }
        return all;
    }

    /** How long the strategy is as a text. */
    int length() {
        return Json.text(this.strategy).length();
    }

    private ObjectNode with(Map<String, BigDecimal> point) {
        ObjectNode copy = this.strategy.deepCopy();
        point.forEach((path, value) -> place(copy, path).orElseThrow().set(value));
        return copy;
    }

    private static Optional<Place> place(JsonNode root, String path) {
        Matcher step = STEP.matcher(path);
        JsonNode node = root;
        Place place = null;
        int end = 0;
        while (node != null && end < path.length() && step.find(end) && step.start() == end) {
            place = (step.group(1) != null) ? new Place(node, step.group(1), -1)
                    : new Place(node, "", Integer.parseInt(step.group(2)));
            node = place.get();
            end = step.end();
        }
        return (place != null && node != null && node.isNumber() && end == path.length()) ? Optional.of(place)
                : Optional.empty();
    }

    /** A number's place: a field of an object, or an element of an array. */
    private record Place(JsonNode parent, String field, int index) {

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
