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
 * Makes orders by hand, each once: the same id with the same order is the same order.
 */
@Component
class ManualOrderService {

    /** So long after it was wanted an order may be sent. */
    private static final long ORDER_VALIDITY = 10_000;

    static final RiskRejection STALE = new RiskRejection(RiskRejectReason.STALE_PRICE,
            "There is no price of the last minutes");

    private static final TransactionCosts PAPER = TransactionCosts.of(new BigDecimal("0.001"), BigDecimal.ZERO,
            BigDecimal.ZERO);

    private final DataSource database;

    private final LastPriceRepository prices;

    private final ManualOrderAccountResolver accounts;

    private final OrderDispatcher sending;

    private final OutboxTrigger bell;

    private final Clock clock;

    ManualOrderService(DataSource database, LastPriceRepository prices, ManualOrderAccountResolver accounts,
            OrderDispatcher sending, OutboxTrigger bell, Clock clock) {
        this.database = database;
        this.prices = prices;
        this.accounts = accounts;
        this.sending = sending;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * Makes an order.
     * @param id which
     * @param person whose
     * @param wish what is wanted
     * @return the order, also where risk did not allow it
     * @throws pregao.webapi.problem.ProblemException 422 where the id is another order's
     */
    Order place(UUID id, UUID person, ManualOrderRequest wish) {
        return place(id, person, wish, null);
    }

    /**
     * Makes an order, and keeps with it what its person wanted to close.
     * @param id which
     * @param person whose
     * @param wish what is wanted
     * @param closes what it closes, such as {@code position} and its id; null for nothing
     * @return the order, also where risk did not allow it
     * @throws pregao.webapi.problem.ProblemException 422 where the id is another order's
     */
    Order place(UUID id, UUID person, ManualOrderRequest wish, @Nullable String closes) {
        AccountKey account = this.accounts.of(person, wish);
        LastPriceRepository.LastPrice price = this.prices.of(wish.instrument());
        try {
            Order order = RetryingTransaction.run(this.database,
                    (connection) -> placed(connection, id, person, account, wish, price, closes));
            this.bell.ring();
            if (order.state() == OrderState.NEW) {
                this.sending.send(List.of(order));
            }
            return order;
        }
        catch (SQLException ex) {
            throw ProblemDefinition.unavailable("The ledger cannot be written now").asException();
        }
    }

    private Order placed(Connection connection, UUID id, UUID person, AccountKey account, ManualOrderRequest wish,
            LastPriceRepository.LastPrice price, @Nullable String closes) throws SQLException {
        Instant now = this.clock.instant();
        // Also of one id that comes for two accounts at once, whose locks do not meet.
        AdvisoryLock.ORDER.lock(connection, id);
        LedgerTransaction ledger = LedgerTransaction.open(connection, List.of(account), now);
        Order known = OrderRepository.withId(connection, id);
        OrderOwner owner = new OrderOwner(person, account, null);
        if (known != null) {
            return repeated(known, owner, wish);
        }
        BigDecimal free = (wish.side() == Side.SELL) ? free(connection, owner, wish.instrument()) : BigDecimal.ZERO;
        Order order = order(id, owner, wish, price, now);
        RiskRejection refused = refused(ledger, order, free, price);
        if (refused != null) {
            order = ledger.refuse(order, refused);
        }
        else {
            ledger.put(order);
            if (order.side().isOption()) {
                ledger.reserve(account, order.risk());
            }
            else {
                ledger.risk(account, order.risk());
            }
            if (account.money() == TradingMode.PAPER) {
                order = filled(order, price, now);
                ledger.put(order);
                ManualFillBooking.ended(ledger, connection, order);
            }
        }
        ledger.write(connection);
        if (closes != null) {
            ManualActionLog.add(JdbcClient.create(new SingleConnectionDataSource(connection, true)), person, "close",
                    closes, now);
        }
        return order;
    }

    private static Order repeated(Order known, OrderOwner owner, ManualOrderRequest wish) {
        if (!known.owner().person().equals(owner.person())) {
            throw ProblemDefinition.notFound().asException();
        }
        // What a broker has filled of it may be less than was asked for.
        boolean filled = known.fill() != null && owner.account().money() != TradingMode.PAPER;
        boolean same = known.owner().equals(owner) && (filled || known.amount().compareTo(wish.amount()) == 0)
                && sameTerms(known.terms(), wish.terms()) && known.instrument().equals(wish.instrument())
                && known.side() == wish.side();
        if (!same) {
            throw new ProblemDefinition("order-id-used", "The id is another order's", 422,
                    "An order with this id and another body is known", List.of(), Map.of())
                .asException();
        }
        return known;
    }

    /** The limit of spot is none of the wish: it follows from the price. */
    private static boolean sameTerms(@Nullable OrderTerms orderTerms, @Nullable OptionTerms wished) {
        return (orderTerms instanceof OptionTerms option && wished != null)
                ? option.seconds() == wished.seconds() && option.payout().compareTo(wished.payout()) == 0
                : !(orderTerms instanceof OptionTerms) && wished == null;
    }

    static Order order(UUID id, OrderOwner owner, ManualOrderRequest wish, LastPriceRepository.LastPrice price,
            Instant now) {
        BigDecimal risk = wish.side().isOption() ? wish.amount() : (wish.side() == Side.BUY)
                ? Prices.toDecimal(price.close()).multiply(wish.amount()).setScale(Prices.SCALE, RoundingMode.HALF_EVEN)
                : BigDecimal.ZERO;
        long at = now.toEpochMilli();
        boolean paper = owner.account().money() == TradingMode.PAPER;
        boolean isCapped = wish.side() == Side.BUY && !paper && price.close() > 0;
        OrderTerms terms = isCapped ? SpotTerms.limited(Prices.toDecimal(PAPER.limit(price.close(), true)))
                : wish.terms();
        return new Order(id, owner, wish.instrument(), wish.side(),
                (wish.side() == Side.SELL) ? PositionEffect.CLOSE : PositionEffect.OPEN, wish.amount(), risk, 0,
                OrderState.NEW, "", "", at, paper ? null : (Long) (at + ORDER_VALIDITY),
                (price.close() > 0) ? Prices.toDecimal(price.close()) : null, terms, null, true);
    }

    /** What is held and no other order is selling. */
    static BigDecimal free(Connection connection, OrderOwner owner, Instrument instrument) throws SQLException {
        PositionSnapshot held = PositionRepository.find(connection, owner, instrument);
        return (held != null) ? held.amount().subtract(OrderRepository.onSale(connection, owner, instrument))
                : BigDecimal.ZERO;
    }

    private static @Nullable RiskRejection refused(LedgerTransaction ledger, Order order, BigDecimal free,
            LastPriceRepository.LastPrice price) {
        boolean paper = order.owner().account().money() == TradingMode.PAPER;
        boolean sells = order.side() == Side.SELL;
        if (sells && free.compareTo(order.amount()) < 0) {
            return new RiskRejection(RiskRejectReason.BALANCE,
                    "Not as much is held, less what other orders are selling");
        }
        // A broker sells at its own price, and what is sold there is not to wait for
        // ours.
        boolean needsPrice = !order.side().isOption() && (paper || !sells);
        if (needsPrice && (price.close() == 0 || price.stale())) {
            return STALE;
        }
        if (sells) {
            return null;
        }
        AccountKey account = order.owner().account();
        return order.side().isOption()
                ? ledger.refuses(account, Reservation.ofCycle(List.of(order.risk())), order.decidedAt())
                : ledger.refuses(account, order.instrument(), order.risk(), order.decidedAt());
    }

    private static Order filled(Order order, LastPriceRepository.LastPrice price, Instant now) {
        long fill = PAPER.fill(price.close(), order.side() == Side.BUY);
        BigDecimal value = Prices.toDecimal(fill).multiply(order.amount());
        BigDecimal fee = value.multiply(Prices.toDecimal(PAPER.fee())).setScale(Prices.SCALE, RoundingMode.UP);
        return order.done(OrderState.FILLED,
                new Fill(Prices.toDecimal(fill), order.amount(), fee, null, null, now.toEpochMilli()));
    }

}
