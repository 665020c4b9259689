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
 * One trading transaction, as bot instances see it.
 */
final class TransactionContext {

    private static final int MAX_TRADES = 1_000;

    private final Connection connection;

    private final LedgerTransaction ledger;

    private final Map<UUID, Bot> bots;

    private final Map<UUID, Bot.State> states;

    private final Map<UUID, ProtectionEngine> protectionEngines = new HashMap<>();

    private final Set<BotInstance> changedInstances = new LinkedHashSet<>();

    private final FailedBotRegistry failedBots;

    TransactionContext(Connection connection, LedgerTransaction ledger, Map<UUID, Bot> bots,
            Map<UUID, Bot.State> states, FailedBotRegistry failedBots) {
        this.connection = connection;
        this.ledger = ledger;
        this.bots = bots;
        this.states = states;
        this.failedBots = failedBots;
    }

    /** Returns whether a bot is not stopped and has not failed. */
    boolean isActive(UUID bot) {
        return this.states.getOrDefault(bot, Bot.State.STOPPED) != Bot.State.STOPPED && !this.failedBots.contains(bot);
    }

    BotInstance.TradingContext createContext(BotInstance instance, boolean isStale) throws SQLException {
        this.changedInstances.add(instance);
        boolean canOpen = this.states.get(instance.botId()) == Bot.State.RUNNING;
        return new BotInstance.TradingContext(this.ledger, canOpen, getProtectionEngine(instance.botId()), isStale);
    }

    /**
     * Runs an action of an instance, unless its bot was stopped or deleted since it was
     * read.
     * @throws BotFailedException if the action fails; a failure of the database is not
     * the fault of the bot and is thrown as it is
     */
    void runIsolated(BotInstance instance, Action action) throws SQLException {
        if (!isActive(instance.botId())) {
            return;
        }
        try {
            action.run();
        }
        catch (SQLException ex) {
            if (SqlErrorClass.of(ex) == SqlErrorClass.REFUSED) {
                throw new BotFailedException(instance, ex);
            }
            throw ex;
        }
        catch (RuntimeException ex) {
            throw new BotFailedException(instance, ex);
        }
    }

    /** Returns the ledger of the transaction. */
    LedgerTransaction ledger() {
        return this.ledger;
    }

    /** Returns the instances whose snapshots must be stored. */
    Collection<BotInstance> changedInstances() {
        return this.changedInstances;
    }

    /** An action of a bot instance. */
    @FunctionalInterface
    interface Action {

        void run() throws SQLException;

    }

    /**
     * Returns the protections of a bot, with its stored trades. Its instances add the
     * trades of this transaction.
     */
    private ProtectionEngine getProtectionEngine(UUID botId) throws SQLException {
        ProtectionEngine engine = this.protectionEngines.get(botId);
        if (engine == null) {
            Bot bot = this.bots.get(botId);
            List<Protection> protections = (bot != null) ? bot.plan().protections() : List.of();
            engine = new ProtectionEngine(protections);
            if (!protections.isEmpty()) {
                TradeRepository.findRecent(this.connection, botId, MAX_TRADES).forEach(engine::closed);
            }
            this.protectionEngines.put(botId, engine);
        }
        return engine;
    }

}
