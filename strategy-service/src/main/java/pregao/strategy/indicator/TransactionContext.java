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

import pregao.market.protection.Protection;
import pregao.market.protection.ProtectionEngine;
import pregao.pipeline.offset.SqlErrorClass;
import pregao.strategy.bot.Bot;
import pregao.strategy.engine.BotInstance;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.trade.TradeRepository;

/**
 * One transaction as each desk sees it.
 */
final class TransactionContext {

    private static final int TRADES = 1_000;

    private final Connection connection;

    private final LedgerTransaction ledger;

    private final Map<UUID, Bot> bots;

    private final Map<UUID, Bot.State> states;

    private final Map<UUID, ProtectionEngine> guards = new HashMap<>();

    private final Set<BotInstance> touched = new LinkedHashSet<>();

    private final FailedBotRegistry failed;

    TransactionContext(Connection connection, LedgerTransaction ledger, Map<UUID, Bot> bots,
            Map<UUID, Bot.State> states, FailedBotRegistry failed) {
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

    BotInstance.TradingContext createContext(BotInstance desk, boolean stale) throws SQLException {
        this.touched.add(desk);
        boolean opens = this.states.get(desk.botId()) == Bot.State.RUNNING;
        return new BotInstance.TradingContext(this.ledger, opens, guard(desk.botId()), stale);
    }

    /**
     * Lets a desk act, unless its bot has been stopped or deleted since it was read.
     * @throws BotFailedException where it cannot; failures of the database are no fault
     * of the bot
     */
    void runIsolated(BotInstance desk, Action act) throws SQLException {
        if (!isAtWork(desk.botId())) {
            return;
        }
        try {
            act.done();
        }
        catch (SQLException ex) {
            if (SqlErrorClass.of(ex) == SqlErrorClass.REFUSED) {
                throw new BotFailedException(desk, ex);
            }
            throw ex;
        }
        catch (RuntimeException ex) {
            throw new BotFailedException(desk, ex);
        }
    }

    /** What is done in it. */
    LedgerTransaction ledger() {
        return this.ledger;
    }

    /** The desks whose state is to be stored. */
    Collection<BotInstance> touched() {
        return this.touched;
    }

    /**
     * What a desk does in its turn.
     */
    @FunctionalInterface
    interface Action {

        void done() throws SQLException;

    }

    /** What a bot's trades mean: the stored ones, and then those its desks put. */
    private ProtectionEngine guard(UUID bot) throws SQLException {
        ProtectionEngine guard = this.guards.get(bot);
        if (guard == null) {
            Bot known = this.bots.get(bot);
            List<Protection> protections = (known != null) ? known.plan().protections() : List.of();
            guard = new ProtectionEngine(protections);
            if (!protections.isEmpty()) {
                TradeRepository.recent(this.connection, bot, TRADES).forEach(guard::closed);
            }
            this.guards.put(bot, guard);
        }
        return guard;
    }

}
