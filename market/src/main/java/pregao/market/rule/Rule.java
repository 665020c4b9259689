package pregao.market.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Something that holds at a candle or does not. Where a value is not defined, what looks
 * at it does not hold.
 */
public sealed interface Rule {

    /**
     * Whether it holds.
     * @param window the last two candles
     * @return true where it does
     */
    boolean holds(RuleContext window);

    /**
     * What it looks at.
     * @return values of the candles
     */
    default Set<MarketField> values() {
        Set<MarketField> values = EnumSet.noneOf(MarketField.class);
        switch (this) {
            case Comparison one -> values.addAll(of(one.left(), one.right()));
            case Crossing one -> values.addAll(of(one.left(), one.right()));
            case All all -> all.rules().forEach((rule) -> values.addAll(rule.values()));
            case Any any -> any.rules().forEach((rule) -> values.addAll(rule.values()));
        }
        return values;
    }

    private static Set<MarketField> of(Operand... operands) {
        Set<MarketField> values = EnumSet.noneOf(MarketField.class);
        for (Operand operand : operands) {
            if (operand instanceof Operand.Field seen) {
                values.add(seen.value());
            }
        }
        return values;
    }

    /**
     * One thing beside another.
     *
     * @param left what is looked at
     * @param relation how it must stand
     * @param right to what
     */
    record Comparison(Operand left, Relation relation, Operand right) implements Rule {

        @Override
        public boolean holds(RuleContext window) {
            double one = this.left.now(window);
            double other = this.right.now(window);
            return switch (this.relation) {
                case ABOVE -> one > other;
                case AT_OR_ABOVE -> one >= other;
                case BELOW -> one < other;
                case AT_OR_BELOW -> one <= other;
            };
        }

    }

    /**
     * One thing has passed another since the candle before.
     *
     * @param left what is looked at
     * @param up from at or below to above; else from at or above to below
     * @param right what it passed
     */
    record Crossing(Operand left, boolean up, Operand right) implements Rule {

        @Override
        public boolean holds(RuleContext window) {
            double one = this.left.now(window);
            double other = this.right.now(window);
            double oneBefore = this.left.before(window);
            double otherBefore = this.right.before(window);
            return this.up ? oneBefore <= otherBefore && one > other : oneBefore >= otherBefore && one < other;
        }

    }

    /**
     * All of some rules.
     *
     * @param rules at least one
     */
    record All(List<Rule> rules) implements Rule {

        public All {
            rules = some(rules);
        }

        @Override
        public boolean holds(RuleContext window) {
            for (Rule rule : this.rules) {
                if (!rule.holds(window)) {
                    return false;
                }
            }
            return true;
        }

    }

    /**
     * Any of some rules.
     *
     * @param rules at least one
     */
    record Any(List<Rule> rules) implements Rule {

        public Any {
            rules = some(rules);
        }

        @Override
        public boolean holds(RuleContext window) {
            for (Rule rule : this.rules) {
                if (rule.holds(window)) {
                    return true;
                }
            }
            return false;
        }

    }

    private static List<Rule> some(List<Rule> rules) {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("rules must be at least one");
        }
        return List.copyOf(rules);
    }

    /**
     * How one thing stands to another.
     */
    enum Relation {

        /** More. */
        ABOVE,
        /** Not less. */
        AT_OR_ABOVE,
        /** Less. */
        BELOW,
        /** Not more. */
        AT_OR_BELOW

    }

}
