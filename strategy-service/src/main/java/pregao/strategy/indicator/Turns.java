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
import pregao.strategy.bot.Bot;
import pregao.strategy.desk.Desk;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.trade.Traded;
import pregao.strategy.trade.Trades;

/**
 * One transaction as each desk sees it.
 */
final class Turns {

    private static final int TRADES = 1_000;

    private static final Guard FREE = new Guard(List.of());

    private final Connection connection;

    private final Ledger ledger;

    private final Map<UUID, Bot> bots;

    private final Map<UUID, Bot.State> states;

    private final Map<UUID, Guard> guards = new HashMap<>();

    private final Set<Desk> touched = new LinkedHashSet<>();

    private final FailedBots failed;

    private int told;

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

    private Guard guard(UUID bot) throws SQLException {
        Bot known = this.bots.get(bot);
        if (known == null || known.plan().protections().isEmpty()) {
            return FREE;
        }
        for (; this.told < this.ledger.trades().size(); this.told++) {
            Traded trade = this.ledger.trades().get(this.told);
            Guard guard = this.guards.get(trade.owner().bot());
            if (guard != null) {
                guard.closed(Trades.closed(trade));
            }
        }
        Guard before = this.guards.get(bot);
        if (before == null) {
            before = new Guard(known.plan().protections());
            Trades.recent(this.connection, bot, TRADES).forEach(before::closed);
            // What this transaction has not written yet belongs to it too.
            for (Traded trade : this.ledger.trades()) {
                if (bot.equals(trade.owner().bot())) {
                    before.closed(Trades.closed(trade));
                }
            }
            this.guards.put(bot, before);
        }
        return before;
    }

}
