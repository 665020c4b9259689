package pregao.strategy.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.execution.ExecutionReport;
import pregao.loop.fence.Transaction;
import pregao.strategy.account.Accounts;
import pregao.strategy.database.AdvisoryLock;
import pregao.strategy.bot.Roster;
import pregao.strategy.event.Bell;
import pregao.strategy.ledger.ByHand;
import pregao.strategy.ledger.Ledger;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.Orders;
import pregao.strategy.order.Untold;

/**
 * Writes what became of orders; their bots are told by the loop, which alone moves them.
 */
@Component
public class Outcomes {

    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

    private final DataSource database;

    private final Bell bell;

    private final Untold untold;

    private final JsonMapper json;

    private final Clock clock;

    public Outcomes(DataSource database, Bell bell, Untold untold, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.bell = bell;
        this.untold = untold;
        this.clock = clock;
    }

    /**
     * Writes what was answered of an order, unless more is known already.
     * @param order which
     * @param answered what became of it
     * @param at when, epoch milliseconds
     */
    void write(Order order, JsonNode answered, long at) {
        try {
            news(Transaction.run(this.database, (connection) -> written(connection, order, answered, at)));
        }
        catch (SQLException ex) {
            throw new IllegalStateException("an outcome is not written", ex);
        }
    }

    /**
     * Writes what was reported, and that it is read, in one transaction. Reports of
     * orders that are not of this ledger are ignored.
     * @param reports in their order
     * @param read writes how far the reports are read
     * @throws SQLException where the database refuses
     */
    public void write(List<ExecutionReport> reports, Read read) throws SQLException {
        news(Transaction.run(this.database, (connection) -> {
            boolean news = written(connection, reports);
            read.in(connection);
            return news;
        }));
    }

    private boolean written(Connection connection, List<ExecutionReport> reports) throws SQLException {
        Map<UUID, Order> known = new HashMap<>();
        Orders.withIds(connection, reports.stream().map(ExecutionReport::order).toList())
            .forEach((order) -> known.put(order.id(), order));
        List<Order> open = known.values().stream().filter((order) -> order.state().isOpen()).toList();
        // All at once, as accounts are locked in one order.
        Accounts.lock(connection, open.stream().map((order) -> order.owner().account()).toList());
        // And events of people, which each report adds to.
        AdvisoryLock.EVENTS.lockAll(connection, open.stream().map((order) -> order.owner().person()).toList());
        boolean news = false;
        for (ExecutionReport report : reports) {
            Order order = known.get(report.order());
            if (order == null || !order.owner().account().id().equals(report.account())) {
                log.info("a report of order {} of account {} is ignored: the ledger does not have it", report.order(),
                        report.account());
            }
            else if (order.state().isOpen()) {
                news |= written(connection, order, report);
            }
        }
        return news;
    }

    private boolean written(Connection connection, Order order, ExecutionReport report) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return written(connection, order, this.json.readTree(report.outcome()), report.at());
        }
        catch (RuntimeException ex) {
            // Nothing of it stays written; session-service is asked about the order
            // later.
            connection.rollback(before);
            log.error("a report of order {} cannot be applied: {}", order.id(), report.outcome(), ex);
            return false;
        }
    }

    private boolean written(Connection connection, Order order, JsonNode said, long at) throws SQLException {
        Ledger ledger = Ledger.open(connection, List.of(order.owner().account()), this.clock.instant());
        Order known = Orders.withId(connection, order.id());
        Order after = (known != null) ? Ended.of(known, said, at, valuation(connection, known, at)) : null;
        if (known == null || after == null || !known.state().canBecome(after.state())) {
            return false;
        }
        put(ledger, connection, after);
        UUID bot = after.owner().bot();
        if (after.state() == OrderState.AMBIGUOUS && bot != null) {
            Roster.halt(connection, bot, "Order %s: %s".formatted(after.id(), after.message()));
        }
        ledger.write(connection);
        return true;
    }

    /**
     * By the transaction's own connection: whoever holds one must not wait for another.
     */
    private static Ended.Valuation valuation(Connection connection, Order order, long at) {
        ExchangeRates rates = new ExchangeRates(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        return (asset) -> rates.at(order.instrument().feed(), asset, rates.currency(order.owner().account()), at);
    }

    private void news(boolean written) {
        if (written) {
            this.untold.comes();
            this.bell.ring();
        }
    }

    /** An order by hand is told at once, a bot's by the loop. */
    static void put(Ledger ledger, Connection connection, Order after) throws SQLException {
        boolean byHand = after.owner().bot() == null;
        ledger.put(after.told(byHand));
        if (byHand && !after.state().isOpen() && after.state() != OrderState.AMBIGUOUS) {
            ByHand.ended(ledger, connection, after);
        }
    }

    /**
     * Notes, in the transaction that applies reports, that they are read.
     */
    @FunctionalInterface
    public interface Read {

        /**
         * Notes it.
         * @param connection in the transaction
         * @throws SQLException where the database refuses
         */
        void in(Connection connection) throws SQLException;

    }

}
