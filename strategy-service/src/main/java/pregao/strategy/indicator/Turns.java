package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import pregao.loop.fence.DatabaseFailure;
import pregao.market.protection.Guard;
import pregao.market.protection.Protection;
import pregao.strategy.bot.Bot;
import pregao.strategy.desk.Desk;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.trade.Trades;

/**
 * One transaction as each desk sees it.
 */
final class Turns {

    private static final int TRADES = 1_000;

    private final Connection connection;

    private final Ledger ledger;

    private final Map<UUID, Bot> bots;

    private final Map<UUID, Bot.State> states;

    private final Map<UUID, Guard> guards = new HashMap<>();

    private final Set<Desk> touched = new LinkedHashSet<>();

    private final FailedBots failed;

    Turns(Connection connection, Ledger ledger, Map<UUID, Bot> bots, Map<UUID, Bot.State> states, FailedBots failed) {
        this.connection = connection;
        this.ledger = ledger;
        this.bots = bots;
        this.states = states;
        this.failed = failed;
    }

    /** Whether a bot still has something to do. */
    boolean isAtWork(UUID bot) {
        return this.states.getOrDefault(bot, Bot.State.STOPPED) != Bot.State.STOPPED && !this.failed.contains(bot);
    }

    Desk.Turn of(Desk desk, boolean stale) throws SQLException {
        this.touched.add(desk);
        boolean opens = this.states.get(desk.bot()) == Bot.State.RUNNING;
        return new Desk.Turn(this.ledger, opens, guard(desk.bot()), stale);
    }

    /**
     * Lets a desk act, unless its bot has been stopped or deleted since it was read.
     * @throws BotFailedException where it cannot; failures of the database are no fault
     * of the bot
     */
    void let(Desk desk, Act act) throws SQLException {
        if (!isAtWork(desk.bot())) {
            return;
        }
        try {
            act.done();
        }
        catch (SQLException ex) {
            if (DatabaseFailure.of(ex) == DatabaseFailure.REFUSED) {
                throw new BotFailedException(desk, ex);
            }
            throw ex;
        }
        catch (RuntimeException ex) {
            throw new BotFailedException(desk, ex);
        }
    }

    /** What is done in it. */
    Ledger ledger() {
        return this.ledger;
    }

    /** The desks whose state is to be stored. */
    Collection<Desk> touched() {
        return this.touched;
    }

    /**
     * What a desk does in its turn.
     */
    @FunctionalInterface
    interface Act {

        void done() throws SQLException;

    }

    /** What a bot's trades mean: the stored ones, and then those its desks put. */
    private Guard guard(UUID bot) throws SQLException {
        Guard guard = this.guards.get(bot);
        if (guard == null) {
            Bot known = this.bots.get(bot);
            List<Protection> protections = (known != null) ? known.plan().protections() : List.of();
            guard = new Guard(protections);
            if (!protections.isEmpty()) {
                Trades.recent(this.connection, bot, TRADES).forEach(guard::closed);
            }
            this.guards.put(bot, guard);
        }
        return guard;
    }

}
