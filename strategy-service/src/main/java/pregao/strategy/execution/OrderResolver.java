package pregao.strategy.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.bot.ActiveBotRepository;
import pregao.strategy.json.ExactJson;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.outbox.OutboxTrigger;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Resolves ambiguous orders by what their owner saw at the broker, and resumes the bot
 * that was halted because of the order.
 */
@Component
class OrderResolver {

    private static final Logger log = LoggerFactory.getLogger(OrderResolver.class);

    private static final String INSERT_RESOLUTION = """
            insert into strategy.order_resolution (order_id, person, outcome, reason, at)
            values (?, ?, cast(? as jsonb), ?, ?)""";

    private final DataSource database;

    private final OutboxTrigger outboxTrigger;

    private final OutcomeSignal outcomeSignal;

    private final Clock clock;

    OrderResolver(DataSource database, OutboxTrigger outboxTrigger, OutcomeSignal outcomeSignal, Clock clock) {
        this.database = database;
        this.outboxTrigger = outboxTrigger;
        this.outcomeSignal = outcomeSignal;
        this.clock = clock;
    }

    /**
     * Resolves an order.
     * @param id the id of the order
     * @param userId the user, who must own the order
     * @param body the request body
     * @return the resolved order
     * @throws pregao.webapi.problem.ProblemException 404 if the user does not own the
     * order, 409 if it is not ambiguous, 422 if the body is invalid, 503 if the database
     * fails
     */
    Order resolve(UUID id, UUID userId, JsonNode body) {
        try {
            Order resolved = RetryingTransaction.run(this.database,
                    (connection) -> resolveInTransaction(connection, id, userId, body));
            this.outcomeSignal.set();
            this.outboxTrigger.trigger();
            log.info("order {} was resolved by its owner: {}", id, resolved.state().text());
            return resolved;
        }
        catch (SQLException ex) {
            log.warn("order {} cannot be resolved now", id, ex);
            throw ProblemDefinition.unavailable("The ledger cannot be written now").asException();
        }
    }

    private Order resolveInTransaction(Connection connection, UUID id, UUID userId, JsonNode body) throws SQLException {
        Order order = requireOwnOrder(connection, id, userId);
        Instant now = this.clock.instant();
        LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(order.owner().account()), now);
        // Read again: the account is locked now, so nobody else can end the order.
        Order current = requireOwnOrder(connection, id, userId);
        OrderResolution resolution = OrderResolution.parse(body, current.side().isOption());
        if (current.state() != OrderState.AMBIGUOUS) {
            throw ProblemDefinition
                .conflict("order-not-ambiguous",
                        "Only an order in the state ambiguous can be resolved; this one is " + current.state().text())
                .asException();
        }
        Order resolved = resolution.applyTo(current, now.toEpochMilli());
        ExecutionReportHandler.putOutcome(ledger, connection, resolved);
        UUID bot = current.owner().bot();
        if (bot != null) {
            ActiveBotRepository.resume(connection, bot, id);
        }
        ledger.write(connection);
        insertResolution(connection, resolved, body, now);
        return resolved;
    }

    private static Order requireOwnOrder(Connection connection, UUID id, UUID userId) throws SQLException {
        Order order = OrderRepository.findById(connection, id);
        if (order == null || !order.owner().person().equals(userId)) {
            throw ProblemDefinition.notFound().asException();
        }
        return order;
    }

    private static void insertResolution(Connection connection, Order order, JsonNode body, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_RESOLUTION)) {
            statement.setObject(1, order.id());
            statement.setObject(2, order.owner().person());
            statement.setString(3, ExactJson.write(body));
            statement.setString(4, order.message());
            statement.setObject(5, now.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

}
