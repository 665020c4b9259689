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
 * @param id which
 * @param person whose
 * @param name what its owner calls it
 * @param account with which money
 * @param plan what it follows
 * @param instruments on what
 * @param state how it stands
 * @param reason why it stands so, in words; may be empty
 * @param closing whether what is held is closed as the bot stops
 * @param version changes with each change
 * @param startedAt when it was started last, epoch milliseconds; 0 for never
 */
public record Bot(UUID id, UUID person, String name, AccountKey account, TradingPlan plan, List<Instrument> instruments,
        State state, String reason, boolean closing, long version, long startedAt) {

    public Bot {
        instruments = List.copyOf(instruments);
    }

    /**
     * On whose account it acts.
     * @return its owner
     */
    public OrderOwner owner() {
        return new OrderOwner(this.person, this.account, this.id);
    }

    /**
     * Whether its orders are filled here.
     * @return false where a broker fills them
     */
    public boolean isPaper() {
        return this.account.money() == TradingMode.PAPER;
    }

    /**
     * How a bot stands.
     */
    public enum State {

        /** Does nothing. */
        STOPPED,
        /** Decides and trades. */
        RUNNING,
        /** Opens nothing more, and looks after what it holds until that is over. */
        STOPPING,
        /** As stopping, until a person has looked at what went wrong. */
        HALTED

    }

}
