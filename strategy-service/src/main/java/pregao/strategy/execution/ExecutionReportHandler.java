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
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.account.AccountRepository;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.database.AdvisoryLock;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.ledger.ManualFillBooking;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.outbox.OutboxTrigger;

/**
 * Writes what became of orders; their bots are told by the loop, which alone moves them.
 */
@Component
public class ExecutionReportHandler {

    private static final Logger log = LoggerFactory.getLogger(ExecutionReportHandler.class);

    private final DataSource database;

    private final OutboxTrigger bell;

    private final OutcomeSignal untold;

    private final JsonMapper json;

    private final Clock clock;

    public ExecutionReportHandler(DataSource database, OutboxTrigger bell, OutcomeSignal untold, JsonMapper json,
            Clock clock) {
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
    public void write(Order order, JsonNode answered, long at) {
        try {
            news(RetryingTransaction.run(this.database, (connection) -> written(connection, order, answered, at)));
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
        news(RetryingTransaction.run(this.database, (connection) -> {
            boolean news = written(connection, reports);
            read.in(connection);
            return news;
        }));
    }

    private boolean written(Connection connection, List<ExecutionReport> reports) throws SQLException {
        Map<UUID, Order> known = new HashMap<>();
        OrderRepository.withIds(connection, reports.stream().map(ExecutionReport::order).toList())
            .forEach((order) -> known.put(order.id(), order));
        List<Order> open = known.values().stream().filter((order) -> order.state().isOpen()).toList();
        // All at once, as accounts are locked in one order.
        AccountRepository.lock(connection, open.stream().map((order) -> order.owner().account()).toList());
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

    private boolean written(Connection connection, Order order, JsonNode jsonNode, long at) throws SQLException {
        LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(order.owner().account()),
                this.clock.instant());
        Order known = OrderRepository.withId(connection, order.id());
        Order after = (known != null) ? ExecutionReportMapper.of(known, jsonNode, at, valuation(connection, known, at))
                : null;
        if (known == null || after == null || !known.state().canBecome(after.state())) {
            return false;
        }
        put(ledger, connection, after);
        UUID bot = after.owner().bot();
        if (after.state() == OrderState.AMBIGUOUS && bot != null) {
            ActiveBotRepository.halt(connection, bot, "Order %s: %s".formatted(after.id(), after.message()));
        }
        ledger.write(connection);
        return true;
    }

    /**
     * By the transaction's own connection: whoever holds one must not wait for another.
     */
    private static ExecutionReportMapper.Valuation valuation(Connection connection, Order order, long at) {
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
    static void put(LedgerTransaction ledger, Connection connection, Order after) throws SQLException {
        boolean byHand = after.owner().bot() == null;
        ledger.put(after.told(byHand));
        if (byHand && !after.state().isOpen() && after.state() != OrderState.AMBIGUOUS) {
            ManualFillBooking.ended(ledger, connection, after);
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
