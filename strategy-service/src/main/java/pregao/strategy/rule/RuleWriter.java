package pregao.strategy.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Rule.Relation;
import pregao.strategy.json.ExactJson;

/**
 * Writes rules as JSON.
 */
final class RuleWriter {

    private RuleWriter() {
    }

    static ObjectNode write(Rule rule) {
        ObjectNode node = ExactJson.createObject();
        switch (rule) {
            case Rule.Comparison comparison -> writeComparison(node.putArray(operatorName(comparison.relation())),
                    comparison.left(), comparison.right());
            case Rule.Crossing crossing ->
                writeComparison(node.putArray(operatorName(crossing.up())), crossing.left(), crossing.right());
            case Rule.All all -> writeRules(node.putArray("all"), all.rules());
            case Rule.Any any -> writeRules(node.putArray("any"), any.rules());
        }
        return node;
    }

    static String operatorName(Relation relation) {
        return relation.name().toLowerCase(Locale.ROOT);
    }

    static String operatorName(boolean up) {
        return up ? "crossed_above" : "crossed_below";
    }

    private static void writeComparison(ArrayNode array, Operand left, Operand right) {
        write(array, left);
        write(array, right);
    }

    private static void writeRules(ArrayNode array, List<Rule> rules) {
        for (Rule rule : rules) {
            array.add(write(rule));
        }
    }

    private static void write(ArrayNode array, Operand operand) {
        switch (operand) {
            case Operand.Field field -> array.add(field.value().text());
            case Operand.Constant constant -> array.add(ExactJson.normalize(BigDecimal.valueOf(constant.number())));
        }
    }

}
