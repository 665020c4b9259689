package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import pregao.contracts.candle.Candle;
import pregao.strategy.account.AccountKey;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.bot.Bot;
import pregao.strategy.engine.BotInstance;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;

/**
 * The input of one transaction: candle updates; orders with an outcome or a close request
 * that their bots do not know yet; and bots that open no more positions.
 */
final class TradingTransaction {

    private final PollBatch batch;

    private final List<Order> orderUpdates;

    private final List<Bot> stoppingBots;

    private final LiveAnalysisListener analysisListener;

    TradingTransaction(PollBatch batch, List<Order> orderUpdates, List<Bot> stoppingBots,
            LiveAnalysisListener analysisListener) {
        this.analysisListener = analysisListener;
        this.batch = batch;
        this.orderUpdates = List.copyOf(orderUpdates);
        this.stoppingBots = List.copyOf(stoppingBots);
    }

    boolean isEmpty() {
        return this.batch.updates().isEmpty() && this.orderUpdates.isEmpty() && this.stoppingBots.isEmpty();
    }

    /**
     * Applies the input to the bot instances.
     * @return the context, whose changes are to be written
     */
    TransactionContext run(Connection connection, Map<UUID, Bot> bots, BotInstanceRegistry instances,
            EventTimeFeeds feeds, FailedBotRegistry failedBots, Instant now) throws SQLException {
        Set<UUID> botIds = findInvolvedBots(bots, instances);
        Set<AccountKey> accounts = new TreeSet<>();
        botIds.forEach((id) -> accounts.add(Objects.requireNonNull(bots.get(id)).account()));
        LedgerTransaction ledger = LedgerTransaction.open(connection, accounts, now);
        TransactionContext context = new TransactionContext(connection, ledger, bots,
                ActiveBotRepository.findStates(connection, botIds), failedBots);
        for (Order order : OrderRepository.refreshUndelivered(connection, this.orderUpdates)) {
            BotInstance instance = instances.find(order.instrument(), requireBot(order));
            if (instance != null) {
                context.runIsolated(instance,
                        () -> instance.onOrderUpdate(order, context.createContext(instance, false)));
            }
        }
        for (Bot bot : this.stoppingBots) {
            for (BotInstance instance : instances.findByBot(bot.id())) {
                context.runIsolated(instance,
                        () -> instance.stop(bot.closing(), context.createContext(instance, false)));
            }
        }
        for (CandleUpdate update : this.batch.updates()) {
            boolean isStale = feeds.isStale(update.candle(), now.toEpochMilli());
            dispatch(update, instances, context, isStale);
            if (update.over()) {
                this.analysisListener.onMinuteClosed(connection, update.candle(), isStale).forEach(ledger::put);
            }
        }
        return context;
    }

    private static void dispatch(CandleUpdate update, BotInstanceRegistry instances, TransactionContext context,
            boolean isStale) throws SQLException {
        Candle candle = update.candle();
        for (BotInstance instance : instances.find(candle.instrument())) {
            if (context.isActive(instance.botId())) {
                context.runIsolated(instance, () -> dispatch(update, instance, context, isStale));
            }
        }
    }

    private static void dispatch(CandleUpdate update, BotInstance instance, TransactionContext context, boolean isStale)
            throws SQLException {
        if (update.over()) {
            instance.onMinuteClosed(update.candle(), context.createContext(instance, isStale));
        }
        else {
            instance.onPrice(update.candle(), context.createContext(instance, false));
        }
    }

    private Set<UUID> findInvolvedBots(Map<UUID, Bot> bots, BotInstanceRegistry instances) {
        Set<UUID> botIds = new TreeSet<>();
        this.batch.updates()
            .forEach((update) -> instances.find(update.candle().instrument())
                .forEach((instance) -> botIds.add(instance.botId())));
        this.orderUpdates.forEach((order) -> botIds.add(requireBot(order)));
        this.stoppingBots.forEach((bot) -> botIds.add(bot.id()));
        botIds.retainAll(bots.keySet());
        return botIds;
    }

    private static UUID requireBot(Order order) {
        return Objects.requireNonNull(order.owner().bot(), "a bot's order");
    }

}
