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

    /** Whether a bot still has something to do. */
    boolean isActive(UUID bot) {
        return this.states.getOrDefault(bot, Bot.State.STOPPED) != Bot.State.STOPPED && !this.failedBots.contains(bot);
    }

    BotInstance.TradingContext createContext(BotInstance instance, boolean isStale) throws SQLException {
        this.changedInstances.add(instance);
        boolean canOpen = this.states.get(instance.botId()) == Bot.State.RUNNING;
        return new BotInstance.TradingContext(this.ledger, canOpen, getProtectionEngine(instance.botId()), isStale);
    }

    /**
     * Lets a desk act, unless its bot has been stopped or deleted since it was read.
     * @throws BotFailedException where it cannot; failures of the database are no fault
     * of the bot
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

    /** What is done in it. */
    LedgerTransaction ledger() {
        return this.ledger;
    }

    /** The desks whose state is to be stored. */
    Collection<BotInstance> changedInstances() {
        return this.changedInstances;
    }

    /**
     * What a desk does in its turn.
     */
    @FunctionalInterface
    interface Action {

        void run() throws SQLException;

    }

    /** What a bot's trades mean: the stored ones, and then those its desks put. */
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
