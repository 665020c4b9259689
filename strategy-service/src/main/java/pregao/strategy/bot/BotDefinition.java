package pregao.strategy.bot;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import pregao.contracts.Instrument;
import pregao.strategy.account.TradingMode;

/**
 * A bot as its user defines it.
 *
 * @param name the name of the bot
 * @param account the id of the broker account; null for paper
 * @param money the trading mode
 * @param plan the plan, without the lot sizes that only the broker knows
 * @param instruments the instruments to trade
 * @param stored the JSON to store: the request, with names replaced by what they refer to
 */
public record BotDefinition(String name, @Nullable UUID account, TradingMode money, TradingPlan plan,
        List<Instrument> instruments, ObjectNode stored) {

    public BotDefinition {
        instruments = List.copyOf(instruments);
    }

    /** The kind of bot in JSON and in the database. */
    String kind() {
        return (this.plan instanceof TradingPlan.Spot) ? "spot" : "option";
    }

}
