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
 * Writes rules.
 */
final class RuleWriter {

    private RuleWriter() {
    }

    static ObjectNode write(Rule rule) {
        ObjectNode node = ExactJson.createObject();
        switch (rule) {
            case Rule.Comparison one -> compare(node.putArray(name(one.relation())), one.left(), one.right());
            case Rule.Crossing one -> compare(node.putArray(name(one.up())), one.left(), one.right());
            case Rule.All all -> combine(node.putArray("all"), all.rules());
            case Rule.Any any -> combine(node.putArray("any"), any.rules());
        }
        return node;
    }

    static String name(Relation relation) {
        return relation.name().toLowerCase(Locale.ROOT);
    }

    static String name(boolean up) {
        return up ? "crossed_above" : "crossed_below";
    }

    private static void compare(ArrayNode array, Operand left, Operand right) {
        write(array, left);
        write(array, right);
    }

    private static void combine(ArrayNode array, List<Rule> rules) {
        for (Rule rule : rules) {
            array.add(write(rule));
        }
    }

    private static void write(ArrayNode array, Operand operand) {
        switch (operand) {
            case Operand.Field named -> array.add(named.value().text());
            case Operand.Constant constant -> array.add(ExactJson.normalize(BigDecimal.valueOf(constant.number())));
        }
    }

}
