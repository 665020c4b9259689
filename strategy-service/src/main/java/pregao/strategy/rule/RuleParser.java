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
 * Parses a rule from JSON, collecting all errors with their paths.
 */
final class RuleParser {

    /** The maximum depth of nested rules. */
    static final int MAX_DEPTH = 8;

    /** The maximum number of rules, nested ones included. */
    static final int MAX_RULES = 100;

    /** The maximum number of rules in {@code all} or {@code any}. */
    static final int MAX_CHILDREN = 20;

    private static final Map<String, ComparisonFactory> COMPARISONS = createComparisons();

    private static final Map<String, Function<List<Rule>, Rule>> COMBINATIONS = new LinkedHashMap<>(
            Map.of("all", Rule.All::new, "any", Rule.Any::new));

    private static final String EXPECTED_RULE = "an object with one of %s, all, any"
        .formatted(String.join(", ", COMPARISONS.keySet()));

    private static final String EXPECTED_OPERAND = "a number, or one of "
            + Arrays.stream(MarketField.values()).map(MarketField::text).collect(Collectors.joining(", "));

    private final List<DocumentError> errors;

    private int ruleCount;

    RuleParser(List<DocumentError> errors) {
        this.errors = errors;
    }

    private static Map<String, ComparisonFactory> createComparisons() {
        Map<String, ComparisonFactory> factories = new LinkedHashMap<>();
        for (Relation relation : Relation.values()) {
            factories.put(RuleWriter.operatorName(relation),
                    (left, right) -> new Rule.Comparison(left, relation, right));
        }
        factories.put(RuleWriter.operatorName(true), (left, right) -> new Rule.Crossing(left, true, right));
        factories.put(RuleWriter.operatorName(false), (left, right) -> new Rule.Crossing(left, false, right));
        return factories;
    }

    @Nullable Rule parse(@Nullable JsonNode node, String path, int depth) {
        if (node == null || !node.isObject() || node.size() != 1) {
            return addError(path, EXPECTED_RULE);
        }
        if (depth > MAX_DEPTH || ++this.ruleCount > MAX_RULES) {
            return addError(path, "at most %d rules, at most %d deep".formatted(MAX_RULES, MAX_DEPTH));
        }
        String operator = node.propertyNames().iterator().next();
        JsonNode argument = node.get(operator);
        ComparisonFactory factory = COMPARISONS.get(operator);
        if (factory != null) {
            return parseComparison(factory, argument, path + "." + operator);
        }
        Function<List<Rule>, Rule> combination = COMBINATIONS.get(operator);
        return (combination != null) ? parseCombination(combination, argument, path + "." + operator, depth)
                : addError(path, EXPECTED_RULE);
    }

    private @Nullable Rule parseCombination(Function<List<Rule>, Rule> combination, JsonNode argument, String path,
            int depth) {
        if (!argument.isArray() || argument.isEmpty() || argument.size() > MAX_CHILDREN) {
            return addError(path, "an array of 1 to %d rules".formatted(MAX_CHILDREN));
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < argument.size(); i++) {
            Rule rule = parse(argument.get(i), "%s[%d]".formatted(path, i), depth + 1);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return (rules.size() == argument.size()) ? combination.apply(rules) : null;
    }

    private @Nullable Rule parseComparison(ComparisonFactory factory, JsonNode argument, String path) {
        if (!argument.isArray() || argument.size() != 2) {
            return addError(path, "an array of what is compared and to what");
        }
        Operand left = parseOperand(argument.get(0), path + "[0]");
        Operand right = parseOperand(argument.get(1), path + "[1]");
        if (left instanceof Operand.Constant && right instanceof Operand.Constant) {
            return addError(path, "at least one name beside a number");
        }
        return (left != null && right != null) ? factory.create(left, right) : null;
    }

    private @Nullable Operand parseOperand(JsonNode node, String path) {
        Optional<MarketField> field = node.isString() ? MarketField.named(node.stringValue()) : Optional.empty();
        BigDecimal number = ObjectReader.decimal(node);
        if (field.isEmpty() && number == null) {
            this.errors.add(new DocumentError(path, EXPECTED_OPERAND));
            return null;
        }
        // Adding 0 turns -0.0 into 0.0.
        return field.<Operand>map(Operand.Field::new)
            .orElseGet(() -> new Operand.Constant((number != null) ? number.doubleValue() + 0.0 : 0));
    }

    private @Nullable Rule addError(String path, String expected) {
        this.errors.add(new DocumentError(path, expected));
        return null;
    }

    private interface ComparisonFactory {

        Rule create(Operand left, Operand right);

    }

}
