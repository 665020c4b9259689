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
 * What is to be done in one transaction: minutes and prices, orders whose bots do not
 * know yet how they ended or that their owner wants them, and bots that open nothing any
 * more.
 */
final class TradingTransaction {

    private final PollBatch batch;

    private final List<Order> ended;

    private final List<Bot> stopping;

    private final LiveAnalysisListener watching;

    TradingTransaction(PollBatch batch, List<Order> ended, List<Bot> stopping, LiveAnalysisListener watching) {
        this.watching = watching;
        this.batch = batch;
        this.ended = List.copyOf(ended);
        this.stopping = List.copyOf(stopping);
    }

    boolean isNothing() {
        return this.batch.arrivals().isEmpty() && this.ended.isEmpty() && this.stopping.isEmpty();
    }

    /**
     * Lets it happen.
     * @return what came of it, to be written
     */
    TransactionContext in(Connection connection, Map<UUID, Bot> bots, BotInstanceRegistry desks, EventTimeFeeds feeds,
            FailedBotRegistry failed, Instant now) throws SQLException {
        Set<UUID> involved = involved(bots, desks);
        Set<AccountKey> accounts = new TreeSet<>();
        involved.forEach((id) -> accounts.add(Objects.requireNonNull(bots.get(id)).account()));
        LedgerTransaction ledger = LedgerTransaction.open(connection, accounts, now);
        TransactionContext turns = new TransactionContext(connection, ledger, bots,
                ActiveBotRepository.findStates(connection, involved), failed);
        for (Order order : OrderRepository.stillToTell(connection, this.ended)) {
            BotInstance desk = desks.at(order.instrument(), bot(order));
            if (desk != null) {
                turns.runIsolated(desk, () -> desk.onOrderUpdate(order, turns.createContext(desk, false)));
            }
        }
        for (Bot bot : this.stopping) {
            for (BotInstance desk : desks.of(bot.id())) {
                turns.runIsolated(desk, () -> desk.stop(bot.closing(), turns.createContext(desk, false)));
            }
        }
        for (CandleUpdate arrival : this.batch.arrivals()) {
            boolean stale = feeds.isStale(arrival.candle(), now.toEpochMilli());
            arrived(arrival, desks, turns, stale);
            if (arrival.over()) {
                this.watching.minute(connection, arrival.candle(), stale).forEach(ledger::put);
            }
        }
        return turns;
    }

    private static void arrived(CandleUpdate arrival, BotInstanceRegistry desks, TransactionContext turns,
            boolean stale) throws SQLException {
        Candle candle = arrival.candle();
        for (BotInstance desk : desks.at(candle.instrument())) {
            if (turns.isAtWork(desk.botId())) {
                turns.runIsolated(desk, () -> arrived(arrival, desk, turns, stale));
            }
        }
    }

    private static void arrived(CandleUpdate arrival, BotInstance desk, TransactionContext turns, boolean stale)
            throws SQLException {
        if (arrival.over()) {
            desk.onMinuteClosed(arrival.candle(), turns.createContext(desk, stale));
        }
        else {
            desk.onPrice(arrival.candle(), turns.createContext(desk, false));
        }
    }

    private Set<UUID> involved(Map<UUID, Bot> bots, BotInstanceRegistry desks) {
        Set<UUID> involved = new TreeSet<>();
        this.batch.arrivals()
            .forEach(
                    (arrival) -> desks.at(arrival.candle().instrument()).forEach((desk) -> involved.add(desk.botId())));
        this.ended.forEach((order) -> involved.add(bot(order)));
        this.stopping.forEach((bot) -> involved.add(bot.id()));
        involved.retainAll(bots.keySet());
        return involved;
    }

    private static UUID bot(Order order) {
        return Objects.requireNonNull(order.owner().bot(), "a bot's order");
    }

}
