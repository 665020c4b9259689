package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.market.risk.Reservation;
import pregao.market.risk.RiskRejectReason;
import pregao.market.spot.TransactionCosts;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;
import pregao.strategy.database.AdvisoryLock;
import pregao.strategy.execution.OrderDispatcher;
import pregao.strategy.ledger.LedgerTransaction;
import pregao.strategy.ledger.ManualFillBooking;
import pregao.strategy.ledger.RiskRejection;
import pregao.strategy.order.Fill;
import pregao.strategy.order.OptionTerms;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderState;
import pregao.strategy.order.OrderTerms;
import pregao.strategy.order.PositionEffect;
import pregao.strategy.order.Side;
import pregao.strategy.order.SpotTerms;
import pregao.strategy.outbox.OutboxTrigger;
import pregao.strategy.position.PositionRepository;
import pregao.strategy.position.PositionSnapshot;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Places manual orders idempotently: the same id with the same request is the same order.
 */
@Component
class ManualOrderService {

    /** How long after its decision an order may be sent, in milliseconds. */
    private static final long ORDER_VALIDITY = 10_000;

    static final RiskRejection STALE_PRICE_REJECTION = new RiskRejection(RiskRejectReason.STALE_PRICE,
            "There is no price of the last minutes");

    private static final TransactionCosts PAPER_COSTS = TransactionCosts.of(new BigDecimal("0.001"), BigDecimal.ZERO,
            BigDecimal.ZERO);

    private final DataSource database;

    private final LastPriceRepository prices;

    private final ManualOrderAccountResolver accountResolver;

    private final OrderDispatcher dispatcher;

    private final OutboxTrigger outboxTrigger;

    private final Clock clock;

    ManualOrderService(DataSource database, LastPriceRepository prices, ManualOrderAccountResolver accountResolver,
            OrderDispatcher dispatcher, OutboxTrigger outboxTrigger, Clock clock) {
        this.database = database;
        this.prices = prices;
        this.accountResolver = accountResolver;
        this.dispatcher = dispatcher;
        this.outboxTrigger = outboxTrigger;
        this.clock = clock;
    }

    /**
     * Places an order.
     * @param id the id of the order
     * @param userId the user who owns the order
     * @param request the order to place
     * @return the order, also if risk rejected it
     * @throws pregao.webapi.problem.ProblemException 404 if the id belongs to another
     * user, 422 if it belongs to another order, 503 if the database fails
     */
    Order place(UUID id, UUID userId, ManualOrderRequest request) {
        return place(id, userId, request, null);
    }

    /**
     * Places an order, and records what the user wants to close with it.
     * @param id the id of the order
     * @param userId the user who owns the order
     * @param request the order to place
     * @param closeTarget what the order closes, such as {@code position} and its id; null
     * for nothing
     * @return the order, also if risk rejected it
     * @throws pregao.webapi.problem.ProblemException 404 if the id belongs to another
     * user, 422 if it belongs to another order, 503 if the database fails
     */
    Order place(UUID id, UUID userId, ManualOrderRequest request, @Nullable String closeTarget) {
        AccountKey account = this.accountResolver.resolve(userId, request);
        LastPriceRepository.LastPrice price = this.prices.find(request.instrument());
        try {
            Order order = RetryingTransaction.run(this.database,
                    (connection) -> createOrder(connection, id, userId, account, request, price, closeTarget));
            this.outboxTrigger.trigger();
            if (order.state() == OrderState.NEW) {
                this.dispatcher.send(List.of(order));
            }
            return order;
        }
        catch (SQLException ex) {
            throw ProblemDefinition.unavailable("The ledger cannot be written now").asException();
        }
    }

    private Order createOrder(Connection connection, UUID id, UUID userId, AccountKey account,
            ManualOrderRequest request, LastPriceRepository.LastPrice price, @Nullable String closeTarget)
            throws SQLException {
        Instant now = this.clock.instant();
        // Besides the account locks: one id may be used for two accounts at once.
        AdvisoryLock.ORDER.lock(connection, id);
        LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(account), now);
        Order existing = OrderRepository.findById(connection, id);
        OrderOwner owner = new OrderOwner(userId, account, null);
        if (existing != null) {
            return replay(existing, owner, request);
        }
        BigDecimal freeQuantity = (request.side() == Side.SELL)
                ? findFreeQuantity(connection, owner, request.instrument()) : BigDecimal.ZERO;
        Order order = buildOrder(id, owner, request, price, now);
        RiskRejection rejection = checkRisk(ledger, order, freeQuantity, price);
        if (rejection != null) {
            order = ledger.addRejected(order, rejection);
        }
        else {
            ledger.put(order);
            if (order.side().isOption()) {
                ledger.changeReservation(account, order.risk());
            }
            else {
                ledger.changeExposure(account, order.risk());
            }
            if (account.money() == TradingMode.PAPER) {
                order = fillOnPaper(order, price, now);
                ledger.put(order);
                ManualFillBooking.bookOutcome(ledger, connection, order);
            }
        }
        ledger.write(connection);
        if (closeTarget != null) {
            ManualActionLog.add(JdbcClient.create(new SingleConnectionDataSource(connection, true)), userId, "close",
                    closeTarget, now);
        }
        return order;
    }

    private static Order replay(Order existing, OrderOwner owner, ManualOrderRequest request) {
        if (!existing.owner().person().equals(owner.person())) {
            throw ProblemDefinition.notFound().asException();
        }
        // The broker may have filled less than was requested.
        boolean isFilledAtBroker = existing.fill() != null && owner.account().money() != TradingMode.PAPER;
        boolean isSame = existing.owner().equals(owner)
                && (isFilledAtBroker || existing.amount().compareTo(request.amount()) == 0)
                && sameTerms(existing.terms(), request.terms()) && existing.instrument().equals(request.instrument())
                && existing.side() == request.side();
        if (!isSame) {
            throw new ProblemDefinition("order-id-used", "The id is another order's", 422,
                    "An order with this id and another body is known", List.of(), Map.of())
                .asException();
        }
        return existing;
    }

    /**
     * Compares the terms. The limit price of a spot order is not part of the request,
     * because it follows from the last price.
     */
    private static boolean sameTerms(@Nullable OrderTerms existing, @Nullable OptionTerms requested) {
        return (existing instanceof OptionTerms option && requested != null)
                ? option.seconds() == requested.seconds() && option.payout().compareTo(requested.payout()) == 0
                : !(existing instanceof OptionTerms) && requested == null;
    }

    static Order buildOrder(UUID id, OrderOwner owner, ManualOrderRequest request, LastPriceRepository.LastPrice price,
            Instant now) {
        BigDecimal risk = request.side().isOption() ? request.amount()
                : (request.side() == Side.BUY) ? Prices.toDecimal(price.close())
                    .multiply(request.amount())
                    .setScale(Prices.SCALE, RoundingMode.HALF_EVEN) : BigDecimal.ZERO;
        long decidedAt = now.toEpochMilli();
        boolean isPaper = owner.account().money() == TradingMode.PAPER;
        boolean isCapped = request.side() == Side.BUY && !isPaper && price.close() > 0;
        OrderTerms terms = isCapped ? SpotTerms.limited(Prices.toDecimal(PAPER_COSTS.limit(price.close(), true)))
                : request.terms();
        return new Order(id, owner, request.instrument(), request.side(),
                (request.side() == Side.SELL) ? PositionEffect.CLOSE : PositionEffect.OPEN, request.amount(), risk, 0,
                OrderState.NEW, "", "", decidedAt, isPaper ? null : (Long) (decidedAt + ORDER_VALIDITY),
                (price.close() > 0) ? Prices.toDecimal(price.close()) : null, terms, null, true);
    }

    /** Returns the quantity of the position that no open order is selling. */
    static BigDecimal findFreeQuantity(Connection connection, OrderOwner owner, Instrument instrument)
            throws SQLException {
        PositionSnapshot position = PositionRepository.find(connection, owner, instrument);
        return (position != null)
                ? position.amount().subtract(OrderRepository.sumOpenSells(connection, owner, instrument))
                : BigDecimal.ZERO;
    }

    private static @Nullable RiskRejection checkRisk(LedgerTransaction ledger, Order order, BigDecimal freeQuantity,
            LastPriceRepository.LastPrice price) {
        boolean isPaper = order.owner().account().money() == TradingMode.PAPER;
        boolean isSell = order.side() == Side.SELL;
        if (isSell && freeQuantity.compareTo(order.amount()) < 0) {
            return new RiskRejection(RiskRejectReason.BALANCE,
                    "Not as much is held, less what other orders are selling");
        }
        // A sale at a broker is filled at the price of the broker and must not wait for a
        // stored one.
        boolean needsPrice = !order.side().isOption() && (isPaper || !isSell);
        if (needsPrice && (price.close() == 0 || price.stale())) {
            return STALE_PRICE_REJECTION;
        }
        if (isSell) {
            return null;
        }
        AccountKey account = order.owner().account();
        return order.side().isOption()
                ? ledger.check(account, Reservation.ofCycle(List.of(order.risk())), order.decidedAt())
                : ledger.check(account, order.instrument(), order.risk(), order.decidedAt());
    }

    private static Order fillOnPaper(Order order, LastPriceRepository.LastPrice price, Instant now) {
        long fillPrice = PAPER_COSTS.fill(price.close(), order.side() == Side.BUY);
        BigDecimal value = Prices.toDecimal(fillPrice).multiply(order.amount());
        BigDecimal fee = value.multiply(Prices.toDecimal(PAPER_COSTS.fee())).setScale(Prices.SCALE, RoundingMode.UP);
        return order.withFill(OrderState.FILLED,
                new Fill(Prices.toDecimal(fillPrice), order.amount(), fee, null, null, now.toEpochMilli()));
    }

}
