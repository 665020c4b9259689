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
 * Stores the outcomes of orders. The trading pipeline delivers them to the bots, because
 * only the pipeline changes the state of bots.
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
     * Stores the outcome in a response of session-service, unless a later state is known.
     * @param order the order
     * @param outcome the outcome
     * @param changedAt the time of the outcome, in epoch milliseconds
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
     * Stores reports, together with the offsets up to which they are read, in one
     * transaction. Reports of orders that this ledger does not have are ignored.
     * @param reports the reports in order
     * @param offsetWriter writes the offsets
     * @throws SQLException if the database fails
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
        // All accounts at once, because accounts are always locked in the same order.
        AccountRepository.lock(connection, open.stream().map((order) -> order.owner().account()).toList());
        // The same applies to the event locks of users, because each report adds events.
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
            // Its changes are rolled back; the dispatcher asks session-service about the
            // order later.
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
     * Uses the connection of the transaction: a thread that holds one must not wait for
     * another.
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

    /**
     * Stores the outcome of an order. A manual order counts as delivered and is booked at
     * once; the order of a bot is delivered by the trading pipeline.
     */
    static void putOutcome(LedgerTransaction ledger, Connection connection, Order updated) throws SQLException {
        boolean isManual = updated.owner().bot() == null;
        ledger.put(updated.withDelivered(isManual));
        if (isManual && !updated.state().isOpen() && updated.state() != OrderState.AMBIGUOUS) {
            ManualFillBooking.bookOutcome(ledger, connection, updated);
        }
    }

    /** Writes the offsets in the transaction that applies the reports. */
    @FunctionalInterface
    public interface Read {

        /**
         * Writes the offsets.
         * @param connection the connection of the transaction
         * @throws SQLException if the database fails
         */
        void write(Connection connection) throws SQLException;

    }

}
