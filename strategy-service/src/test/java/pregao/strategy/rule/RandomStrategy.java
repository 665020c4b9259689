package pregao.strategy.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import pregao.contracts.Timeframe;
import pregao.market.rule.MarketField;
import pregao.market.rule.Operand;
import pregao.market.rule.Rule;
import pregao.market.rule.Strategy;

/**
 * Generates random strategies.
 */
final class RandomStrategy {

    private RandomStrategy() {
    }

    static Strategy of(Random random) {
        return new Strategy("Strategy " + random.nextInt(1000), List.of(Timeframe.values()).get(random.nextInt(7)),
                rule(random, 1), rule(random, 1), BigDecimal.valueOf(1 + random.nextInt(99_999_999), 8),
                random.nextBoolean() ? null : BigDecimal.valueOf(1 + random.nextLong(1_000_000_000), 8),
                random.nextBoolean());
    }

    private static Rule rule(Random random, int depth) {
        int kind = random.nextInt((depth < 4) ? 4 : 2);
        return switch (kind) {
            case 0 -> new Rule.Comparison(named(random), List.of(Rule.Relation.values()).get(random.nextInt(4)),
                    operand(random));
            case 1 -> new Rule.Crossing(operand(random), random.nextBoolean(), named(random));
            case 2 -> new Rule.All(rules(random, depth));
            default -> new Rule.Any(rules(random, depth));
        };
    }

    private static List<Rule> rules(Random random, int depth) {
        return IntStream.range(0, 1 + random.nextInt(3)).mapToObj((i) -> rule(random, depth + 1)).toList();
    }

    private static Operand operand(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Operand.Constant(random.nextInt(200) - 100);
            case 1 -> new Operand.Constant(random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6));
            default -> named(random);
        };
    }

    private static Operand named(Random random) {
        List<MarketField> values = List.of(MarketField.values());
        return new Operand.Field(values.get(random.nextInt(values.size())));
    }

}
