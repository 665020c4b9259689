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
import pregao.strategy.bot.Bot;
import pregao.strategy.bot.Roster;
import pregao.strategy.desk.Desk;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Order;
import pregao.strategy.order.Orders;

/**
 * What is to be done in one transaction: minutes and prices, orders whose bots do not
 * know yet how they ended or that their owner wants them, and bots that open nothing any
 * more.
 */
final class Happening {

    private final Batch batch;

    private final List<Order> ended;

    private final List<Bot> stopping;

    private final Watching watching;

    Happening(Batch batch, List<Order> ended, List<Bot> stopping, Watching watching) {
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
    Turns in(Connection connection, Map<UUID, Bot> bots, Desks desks, Feeds feeds, FailedBots failed, Instant now)
            throws SQLException {
        Set<UUID> involved = involved(bots, desks);
        Set<AccountKey> accounts = new TreeSet<>();
        involved.forEach((id) -> accounts.add(Objects.requireNonNull(bots.get(id)).account()));
        Ledger ledger = Ledger.open(connection, accounts, now);
        Turns turns = new Turns(connection, ledger, bots, Roster.states(connection, involved), failed);
        for (Order order : Orders.stillToTell(connection, this.ended)) {
            Desk desk = desks.at(order.instrument(), bot(order));
            if (desk != null) {
                turns.let(desk, () -> desk.told(order, turns.of(desk, false)));
            }
        }
        for (Bot bot : this.stopping) {
            for (Desk desk : desks.of(bot.id())) {
                turns.let(desk, () -> desk.stop(bot.closing(), turns.of(desk, false)));
            }
        }
        for (Arrival arrival : this.batch.arrivals()) {
            boolean stale = feeds.isStale(arrival.candle(), now.toEpochMilli());
            arrived(arrival, desks, turns, stale);
            if (arrival.over()) {
                this.watching.minute(connection, arrival.candle(), stale).forEach(ledger::put);
            }
        }
        return turns;
    }

    private static void arrived(Arrival arrival, Desks desks, Turns turns, boolean stale) throws SQLException {
        Candle candle = arrival.candle();
        for (Desk desk : desks.at(candle.instrument())) {
            if (turns.isAtWork(desk.bot())) {
                turns.let(desk, () -> arrived(arrival, desk, turns, stale));
            }
        }
    }

    private static void arrived(Arrival arrival, Desk desk, Turns turns, boolean stale) throws SQLException {
        if (arrival.over()) {
            desk.minute(arrival.candle(), turns.of(desk, stale));
        }
        else {
            desk.price(arrival.candle(), turns.of(desk, false));
        }
    }

    private Set<UUID> involved(Map<UUID, Bot> bots, Desks desks) {
        Set<UUID> involved = new TreeSet<>();
        this.batch.arrivals()
            .forEach((arrival) -> desks.at(arrival.candle().instrument()).forEach((desk) -> involved.add(desk.bot())));
        this.ended.forEach((order) -> involved.add(bot(order)));
        this.stopping.forEach((bot) -> involved.add(bot.id()));
        involved.retainAll(bots.keySet());
        return involved;
    }

    private static UUID bot(Order order) {
        return Objects.requireNonNull(order.owner().bot(), "a bot's order");
    }

}
