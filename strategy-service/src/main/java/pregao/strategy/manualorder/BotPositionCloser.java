package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.account.TradingMode;
import pregao.strategy.database.AdvisoryLock;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OutcomeSignal;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.outbox.OutboxTrigger;
import pregao.strategy.position.PositionRepository;
import pregao.strategy.position.PositionSnapshot;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Requests a bot to close one position, because its owner asks for it. This class stores
 * the order as a close request. The bot, which alone changes its position, takes it over:
 * it cancels the resting order of the position and sells.
 */
@Component
class BotPositionCloser {

    // The bot itself cancels the resting order of the position.
    private static final String SELECT_BLOCKING_ORDER = """
            select id, state from strategy.order_
            where bot = :bot and account = :account and money = :money and feed = :feed and symbol = :symbol
              and (state = 'ambiguous'
              or (state in ('new', 'sent', 'placed') and purpose = 'close' and terms ->> 'stop' is null))
            order by state, created_at desc limit 1""";

    private static final String SELECT_BOT_STATE = """
            select state from strategy.bot where id = :bot and account = :account and money = :money""";

    private final DataSource dataSource;

    private final LastPriceRepository prices;

    private final OutcomeSignal outcomeSignal;

    private final OutboxTrigger outboxTrigger;

    private final Clock clock;

    BotPositionCloser(DataSource dataSource, LastPriceRepository prices, OutcomeSignal outcomeSignal,
            OutboxTrigger outboxTrigger, Clock clock) {
        this.dataSource = dataSource;
        this.prices = prices;
        this.outcomeSignal = outcomeSignal;
        this.outboxTrigger = outboxTrigger;
        this.clock = clock;
    }

    /**
     * Stores the close request and the audit record.
     * @param id the id of the order; the same id identifies the same order
     * @param owner the owner of the position, including the bot
     * @param instrument the instrument
     * @return the order, which the bot takes over within a second
     * @throws pregao.webapi.problem.ProblemException 404 if there is no such position,
     * 409 if it cannot be closed now, 422 if the id belongs to an order for another
     * position, 503 if the database fails
     */
    Order close(UUID id, OrderOwner owner, Instrument instrument) {
        LastPriceRepository.LastPrice price = this.prices.find(instrument);
        try {
            Order order = RetryingTransaction.run(this.dataSource,
                    (connection) -> createOrder(connection, id, owner, instrument, price));
            this.outcomeSignal.set();
            this.outboxTrigger.trigger();
            return order;
        }
        catch (SQLException ex) {
            throw ProblemDefinition.unavailable("The ledger cannot be written now").asException();
        }
    }

    private Order createOrder(Connection connection, UUID id, OrderOwner owner, Instrument instrument,
            LastPriceRepository.LastPrice price) throws SQLException {
        Instant now = this.clock.instant();
        AdvisoryLock.ORDER.lock(connection, id);
        // While the account is locked, the bot makes no decisions.
        LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(owner.account()), now);
        Order existing = OrderRepository.findById(connection, id);
        if (existing != null) {
            return PositionCloser.requireSamePosition(existing, PositionRepository.computeId(owner, instrument));
        }
        JdbcClient database = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        PositionSnapshot position = requireClosable(connection, database, owner, instrument);
        Order order = new Order(id, owner, instrument, (position.side() == Side.BUY) ? Side.SELL : Side.BUY,
                PositionEffect.CLOSE, position.amount(), BigDecimal.ZERO, 0, OrderState.NEW, "by_hand", "",
                now.toEpochMilli(), null, (price.close() > 0) ? Prices.toDecimal(price.close()) : null, null, null,
                false);
        if (owner.account().money() == TradingMode.PAPER && (price.close() == 0 || price.stale())) {
            order = ledger.addRejected(order.withDelivered(true), ManualOrderService.STALE_PRICE_REJECTION);
        }
        else {
            ledger.put(order);
        }
        ledger.write(connection);
        ManualActionLog.add(database, owner.person(), "close",
                "position " + PositionRepository.computeId(owner, instrument), now);
        return order;
    }

    private static PositionSnapshot requireClosable(Connection connection, JdbcClient database, OrderOwner owner,
            Instrument instrument) throws SQLException {
        PositionSnapshot position = PositionRepository.find(connection, owner, instrument);
        if (position == null) {
            throw ProblemDefinition.notFound().asException();
        }
        UUID bot = Objects.requireNonNull(owner.bot());
        Map<String, Object> parameters = Map.of("bot", bot, "account", owner.account().id(), "money",
                owner.account().money().text());
        checkClosable(position, bot, database.sql(SELECT_BOT_STATE).params(parameters).query(String.class).optional());
        Optional<BlockingOrder> blockingOrder = database.sql(SELECT_BLOCKING_ORDER)
            .params(parameters)
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .query((row, number) -> new BlockingOrder(row.getObject(1, UUID.class),
                    row.getString(2).equals("ambiguous")))
            .optional();
        if (blockingOrder.isPresent()) {
            throw blockingOrder.get().toProblem().asException();
        }
        return position;
    }

    private static void checkClosable(PositionSnapshot position, UUID bot, Optional<String> botState) {
        if (botState.isEmpty()) {
            throw ProblemDefinition
                .conflict("position-of-former-account",
                        "The bot that bought it trades with another account now, or is deleted: sell it at the broker")
                .asException();
        }
        if (botState.get().equals("stopped")) {
            throw ProblemDefinition.conflict("bot-stopped",
                    "The bot that holds it is stopped and sells nothing: start it with POST /api/bots/%s/start, then close the position"
                        .formatted(bot))
                .asException();
        }
        if (position.stop() == null) {
            throw ProblemDefinition.conflict("position-too-small",
                    "The broker does not trade so little: the bot sells it with what it buys next; when the bot is deleted, it is yours to be sold by hand")
                .asException();
        }
    }

    /**
     * An order that prevents the position from being closed now.
     *
     * @param id the id of the order
     * @param ambiguous whether the outcome of the order is unknown
     */
    private record BlockingOrder(UUID id, boolean ambiguous) {

        ProblemDefinition toProblem() {
            return this.ambiguous ? ProblemDefinition.conflict("order-ambiguous",
                    "Nobody knows what became of order %1$s of the bot: look at the broker, say what you saw with POST /api/orders/%1$s/resolve, then close the position"
                        .formatted(this.id))
                    : ProblemDefinition.conflict("position-on-sale", "Order %s closes it already".formatted(this.id));
        }

    }

}
