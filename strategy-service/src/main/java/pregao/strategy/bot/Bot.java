package pregao.strategy.bot;

import java.util.List;
import java.util.UUID;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.order.OrderOwner;

/**
 * A bot.
 *
 * @param id the bot id
 * @param person the id of the user who owns the bot
 * @param name the name that the user gave it
 * @param account the key of the account it trades with
 * @param plan the plan it follows
 * @param instruments the instruments it trades
 * @param state the state of the bot
 * @param reason the reason of the state, as free text; may be empty
 * @param closing whether the bot closes its positions when it stops
 * @param version a number that changes with each update
 * @param startedAt the time of the last start in epoch milliseconds; 0 if it was never
 * started
 */
public record Bot(UUID id, UUID person, String name, AccountKey account, TradingPlan plan, List<Instrument> instruments,
        State state, String reason, boolean closing, long version, long startedAt) {

    public Bot {
        instruments = List.copyOf(instruments);
    }

    /**
     * Returns the owner of the orders of this bot.
     * @return the user, the account and the bot
     */
    public OrderOwner owner() {
        return new OrderOwner(this.person, this.account, this.id);
    }

    /**
     * Returns whether the service itself fills the orders of this bot.
     * @return false if a broker fills them
     */
    public boolean isPaper() {
        return this.account.money() == TradingMode.PAPER;
    }

    /**
     * The state of a bot.
     */
    public enum State {

        /** Does nothing. */
        STOPPED,
        /** Decides and trades. */
        RUNNING,
        /**
         * Opens no more positions, and manages its open positions until they are closed.
         */
        STOPPING,
        /** Like stopping, until a user resolves the cause. */
        HALTED

    }

}
