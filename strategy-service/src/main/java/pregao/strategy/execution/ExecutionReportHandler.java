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

    private final OutboxTrigger outboxTrigger;

    private final OutcomeSignal outcomeSignal;

    private final JsonMapper jsonMapper;

    private final Clock clock;

    public ExecutionReportHandler(DataSource database, OutboxTrigger outboxTrigger, OutcomeSignal outcomeSignal,
            JsonMapper jsonMapper, Clock clock) {
        this.database = database;
        this.jsonMapper = jsonMapper;
        this.outboxTrigger = outboxTrigger;
        this.outcomeSignal = outcomeSignal;
        this.clock = clock;
    }

    /**
     * Writes what was answered of an order, unless more is known already.
     * @param order which
     * @param outcome what became of it
     * @param changedAt when, epoch milliseconds
     */
    public void apply(Order order, JsonNode outcome, long changedAt) {
        try {
            signalChange(RetryingTransaction.run(this.database,
                    (connection) -> applyInTransaction(connection, order, outcome, changedAt)));
        }
        catch (SQLException ex) {
            throw new IllegalStateException("an outcome is not written", ex);
        }
    }

    /**
     * Writes what was reported, and that it is read, in one transaction. Reports of
     * orders that are not of this ledger are ignored.
     * @param reports in their order
     * @param offsetWriter writes how far the reports are read
     * @throws SQLException where the database refuses
     */
    public void apply(List<ExecutionReport> reports, Read offsetWriter) throws SQLException {
        signalChange(RetryingTransaction.run(this.database, (connection) -> {
            boolean hasChanged = applyInTransaction(connection, reports);
            offsetWriter.write(connection);
            return hasChanged;
        }));
    }

    private boolean applyInTransaction(Connection connection, List<ExecutionReport> reports) throws SQLException {
        Map<UUID, Order> orders = new HashMap<>();
        OrderRepository.findByIds(connection, reports.stream().map(ExecutionReport::order).toList())
            .forEach((order) -> orders.put(order.id(), order));
        List<Order> open = orders.values().stream().filter((order) -> order.state().isOpen()).toList();
        // All at once, as accounts are locked in one order.
        AccountRepository.lock(connection, open.stream().map((order) -> order.owner().account()).toList());
        // And events of people, which each report adds to.
        AdvisoryLock.EVENTS.lockAll(connection, open.stream().map((order) -> order.owner().person()).toList());
        boolean hasChanged = false;
        for (ExecutionReport report : reports) {
            Order order = orders.get(report.order());
            if (order == null || !order.owner().account().id().equals(report.account())) {
                log.info("a report of order {} of account {} is ignored: the ledger does not have it", report.order(),
                        report.account());
            }
            else if (order.state().isOpen()) {
                hasChanged |= applyInTransaction(connection, order, report);
            }
        }
        return hasChanged;
    }

    private boolean applyInTransaction(Connection connection, Order order, ExecutionReport report) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            return applyInTransaction(connection, order, this.jsonMapper.readTree(report.outcome()), report.at());
        }
        catch (RuntimeException ex) {
            // Nothing of it stays written; session-service is asked about the order
            // later.
            connection.rollback(savepoint);
            log.error("a report of order {} cannot be applied: {}", order.id(), report.outcome(), ex);
            return false;
        }
    }

    private boolean applyInTransaction(Connection connection, Order order, JsonNode outcome, long changedAt)
            throws SQLException {
        LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(order.owner().account()),
                this.clock.instant());
        Order orders = OrderRepository.findById(connection, order.id());
        Order updated = (orders != null) ? ExecutionReportMapper.applyOutcome(orders, outcome, changedAt,
                createValuation(connection, orders, changedAt)) : null;
        if (orders == null || updated == null || !orders.state().canBecome(updated.state())) {
            return false;
        }
        putOutcome(ledger, connection, updated);
        UUID bot = updated.owner().bot();
        if (updated.state() == OrderState.AMBIGUOUS && bot != null) {
            ActiveBotRepository.halt(connection, bot, "Order %s: %s".formatted(updated.id(), updated.message()));
        }
        ledger.write(connection);
        return true;
    }

    /**
     * By the transaction's own connection: whoever holds one must not wait for another.
     */
    private static ExecutionReportMapper.Valuation createValuation(Connection connection, Order order, long time) {
        ExchangeRates rates = new ExchangeRates(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        return (asset) -> rates.findRate(order.instrument().feed(), asset, rates.findCurrency(order.owner().account()),
                time);
    }

    private void signalChange(boolean hasChanged) {
        if (hasChanged) {
            this.outcomeSignal.set();
            this.outboxTrigger.trigger();
        }
    }

    /** An order by hand is told at once, a bot's by the loop. */
    static void putOutcome(LedgerTransaction ledger, Connection connection, Order updated) throws SQLException {
        boolean isManual = updated.owner().bot() == null;
        ledger.put(updated.withDelivered(isManual));
        if (isManual && !updated.state().isOpen() && updated.state() != OrderState.AMBIGUOUS) {
            ManualFillBooking.bookOutcome(ledger, connection, updated);
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
        void write(Connection connection) throws SQLException;

    }

}
