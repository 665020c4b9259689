package pregao.strategy.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.market.rule.MarketField;
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Rule.Relation;
import pregao.strategy.json.DocumentError;
import pregao.strategy.json.ObjectReader;

/**
 * Reads one rule, noting what is wrong in it and where.
 */
final class RuleParser {

    /** How deep rules may lie in each other. */
    static final int DEEPEST = 8;

    /** How many there may be in each other. */
    static final int MAX_COUNT = 100;

    /** How many {@code all} or {@code any} may name. */
    static final int WIDEST = 20;

    private static final Map<String, ComparisonFactory> COMPARISONS = comparisons();

    private static final Map<String, Function<List<Rule>, Rule>> COMBINATIONS = new LinkedHashMap<>(
            Map.of("all", Rule.All::new, "any", Rule.Any::new));

    private static final String EXPECTED = "an object with one of %s, all, any"
        .formatted(String.join(", ", COMPARISONS.keySet()));

    private static final String OPERAND = "a number, or one of "
            + Arrays.stream(MarketField.values()).map(MarketField::text).collect(Collectors.joining(", "));

    private final List<DocumentError> wrong;

    private int count;

    RuleParser(List<DocumentError> wrong) {
        this.wrong = wrong;
    }

    private static Map<String, ComparisonFactory> comparisons() {
        Map<String, ComparisonFactory> all = new LinkedHashMap<>();
        for (Relation relation : Relation.values()) {
            all.put(RuleWriter.name(relation), (left, right) -> new Rule.Comparison(left, relation, right));
        }
        all.put(RuleWriter.name(true), (left, right) -> new Rule.Crossing(left, true, right));
        all.put(RuleWriter.name(false), (left, right) -> new Rule.Crossing(left, false, right));
        return all;
    }

    @Nullable Rule read(@Nullable JsonNode node, String path, int depth) {
        if (node == null || !node.isObject() || node.size() != 1) {
            return wrong(path, EXPECTED);
        }
        if (depth > DEEPEST || ++this.count > MAX_COUNT) {
            return wrong(path, "at most %d rules, at most %d deep".formatted(MAX_COUNT, DEEPEST));
        }
        String operator = node.propertyNames().iterator().next();
        JsonNode about = node.get(operator);
        ComparisonFactory comparing = COMPARISONS.get(operator);
        if (comparing != null) {
            return comparison(comparing, about, path + "." + operator);
        }
        Function<List<Rule>, Rule> combination = COMBINATIONS.get(operator);
        return (combination != null) ? combined(combination, about, path + "." + operator, depth)
                : wrong(path, EXPECTED);
    }

    private @Nullable Rule combined(Function<List<Rule>, Rule> combination, JsonNode about, String path, int depth) {
        if (!about.isArray() || about.isEmpty() || about.size() > WIDEST) {
            return wrong(path, "an array of 1 to %d rules".formatted(WIDEST));
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < about.size(); i++) {
            Rule rule = read(about.get(i), "%s[%d]".formatted(path, i), depth + 1);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return (rules.size() == about.size()) ? combination.apply(rules) : null;
    }

    private @Nullable Rule comparison(ComparisonFactory comparing, JsonNode about, String path) {
        if (!about.isArray() || about.size() != 2) {
            return wrong(path, "an array of what is compared and to what");
        }
        Operand left = operand(about.get(0), path + "[0]");
        Operand right = operand(about.get(1), path + "[1]");
        if (left instanceof Operand.Constant && right instanceof Operand.Constant) {
            return wrong(path, "at least one name beside a number");
        }
        return (left != null && right != null) ? comparing.apply(left, right) : null;
    }

    private @Nullable Operand operand(JsonNode node, String path) {
        Optional<MarketField> value = node.isString() ? MarketField.named(node.stringValue()) : Optional.empty();
        BigDecimal number = ObjectReader.decimal(node);
        if (value.isEmpty() && number == null) {
            this.wrong.add(new DocumentError(path, OPERAND));
            return null;
        }
        // 0 beside it, as there is a second 0 below the first.
        return value.<Operand>map(Operand.Field::new)
            .orElseGet(() -> new Operand.Constant((number != null) ? number.doubleValue() + 0.0 : 0));
    }

    private @Nullable Rule wrong(String path, String expected) {
        this.wrong.add(new DocumentError(path, expected));
        return null;
    }

    private interface ComparisonFactory {

        Rule apply(Operand left, Operand right);

    }

}
