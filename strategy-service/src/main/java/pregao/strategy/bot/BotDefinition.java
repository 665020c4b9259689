package pregao.strategy.bot;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.account.TradingMode;

/**
 * A bot as its owner wants it.
 *
 * @param name what its owner calls it
 * @param account of which broker account; null for paper
 * @param money with which money
 * @param plan what it follows, without what only the broker knows
 * @param instruments on what
 * @param stored what is kept of it: all that was said, and all that was meant
 */
public record BotDefinition(String name, @Nullable UUID account, TradingMode money, TradingPlan plan,
        List<Instrument> instruments, ObjectNode stored) {

    public BotDefinition {
        instruments = List.copyOf(instruments);
    }

    /** The kind of bot, as it is told. */
    String kind() {
        return (this.plan instanceof TradingPlan.Spot) ? "spot" : "option";
    }

}
