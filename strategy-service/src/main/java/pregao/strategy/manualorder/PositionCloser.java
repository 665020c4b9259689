package pregao.strategy.manualorder;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.pipeline.offset.RetryingTransaction;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.AccountRepository;
import pregao.strategy.account.AccountService;
import pregao.strategy.account.KillLevel;
import pregao.strategy.account.KillSwitchService;
import pregao.strategy.account.TradingMode;
import pregao.strategy.bot.BotRepository;
import pregao.strategy.order.Order;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.OrderRepository;
import pregao.strategy.order.OrderResponse;
import pregao.strategy.order.Side;
import pregao.strategy.position.PositionRepository;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Closes positions at the request of a user, and records the request. Bots stop and close
 * their positions themselves; manual positions are sold with a manual order. Options
 * cannot be closed: they run to their expiry.
 */
@Component
class PositionCloser {

    private static final String SELECT_POSITIONS = """
            select person, account, money, bot, feed, symbol, kind from strategy.position
            where person = coalesce(cast(:person as uuid), person)
              and account = coalesce(cast(:account as uuid), account) and money = coalesce(cast(:money as text), money)
            order by opened_at, account, bot, feed, symbol""";

    private final DataSource dataSource;

    private final JdbcClient database;

    private final AccountService accounts;

    private final ManualOrderService orderService;

    private final BotPositionCloser botPositionCloser;

    private final BotRepository bots;

    private final KillSwitchService killSwitches;

    private final Clock clock;

    PositionCloser(DataSource dataSource, AccountService accounts, ManualOrderService orderService,
            BotPositionCloser botPositionCloser, BotRepository bots, KillSwitchService killSwitches, Clock clock) {
        this.dataSource = dataSource;
        this.database = JdbcClient.create(dataSource);
        this.accounts = accounts;
        this.orderService = orderService;
        this.botPositionCloser = botPositionCloser;
        this.bots = bots;
        this.killSwitches = killSwitches;
        this.clock = clock;
    }

    /**
     * Closes a position.
     * @param id the id of the position
     * @param userId the user who owns the position
     * @param orderId the id of the order that closes it; the same id identifies the same
     * order
     * @return the order
     * @throws pregao.webapi.problem.ProblemException 404 if the user has no such
     * position, 409 if it cannot be closed now, 422 if the id belongs to another order,
     * 503 if the database fails
     */
    Order close(UUID id, UUID userId, UUID orderId) {
        // Positions first: the order may close the position between the two reads.
        Optional<Position> position = findPositions(userId, null).stream()
            .filter((candidate) -> PositionRepository.computeId(candidate.owner(), candidate.instrument()).equals(id))
            .findFirst();
        Order existing = findOrder(orderId, id);
        return (existing != null) ? existing
                : close(position.orElseThrow(() -> ProblemDefinition.notFound().asException()), id, orderId);
    }

    private Order close(Position position, UUID id, UUID orderId) {
        if (position.option()) {
            throw ProblemDefinition.conflict("position-is-option", "An option ends by itself at its expiration")
                .asException();
        }
        if (!position.isManual()) {
            return this.botPositionCloser.close(orderId, position.owner(), position.instrument());
        }
        Order sale = sellPosition(position, orderId, "position " + id);
        if (sale != null) {
            return sale;
        }
        Order existing = findOrder(orderId, id);
        if (existing == null) {
            throw ProblemDefinition.conflict("position-on-sale", "Another order is selling all of it").asException();
        }
        return existing;
    }

    private @Nullable Order findOrder(UUID id, UUID positionId) {
        Order order = readLedger((connection) -> OrderRepository.findById(connection, id));
        return (order != null) ? requireSamePosition(order, positionId) : null;
    }

    /** Returns the order, unless its id was used for another position. */
    static Order requireSamePosition(Order order, UUID positionId) {
        if (!PositionRepository.computeId(order.owner(), order.instrument()).equals(positionId)) {
            throw ProblemDefinition.idempotencyKeyReused().asException();
        }
        return order;
    }

    /**
     * Stops a bot, which then closes its positions.
     * @param botId the id of the bot
     * @param userId the user who owns the bot
     * @throws pregao.webapi.problem.ProblemException 404 if the user does not own the bot
     */
    void flattenBot(UUID botId, UUID userId) {
        if (this.bots.find(botId, userId).isEmpty()) {
            throw ProblemDefinition.notFound().asException();
        }
        this.bots.stop(botId, userId, true);
        ManualActionLog.add(this.database, userId, "flatten", "bot " + botId, this.clock.instant());
    }

    /**
     * Stops the bots of an account, which then close their positions, and sells the
     * manual positions.
     * @param account the account
     * @param userId the user who owns the account
     * @return the result
     * @throws pregao.webapi.problem.ProblemException 404 if the user has not traded with
     * such an account
     */
    ClosePositionsResponse flattenAccount(AccountKey account, UUID userId) {
        if (this.accounts.find(account, userId).isEmpty()) {
            throw ProblemDefinition.notFound().asException();
        }
        ClosePositionsResponse response = flatten(userId, account);
        ManualActionLog.add(this.database, userId, "flatten", "account " + account.id() + " " + account.money().text(),
                this.clock.instant());
        return response;
    }

    /**
     * Activates a kill switch.
     * @param userId the user, or {@link AccountRepository#ALL_USERS}
     * @param actorId the user who activates it
     * @param level the level
     * @param reason the reason, as text
     */
    void activateKillSwitch(UUID userId, UUID actorId, KillLevel level, String reason) {
        this.killSwitches.activate(userId, actorId, level, reason);
        ManualActionLog.add(this.database, actorId, "kill " + level.text(),
                userId.equals(AccountRepository.ALL_USERS) ? "everybody" : "own", this.clock.instant());
        if (level == KillLevel.FLATTEN) {
            flatten(userId.equals(AccountRepository.ALL_USERS) ? null : userId, null);
        }
    }

    private ClosePositionsResponse flatten(@Nullable UUID userId, @Nullable AccountKey account) {
        int stoppedBots = this.bots.flatten(userId, account);
        List<OrderResponse> orders = new ArrayList<>();
        for (Position position : findPositions(userId, account)) {
            Order order = (position.isManual() && !position.option()) ? sellPosition(position, UUID.randomUUID(), null)
                    : null;
            if (order != null) {
                orders.add(OrderResponse.of(order));
            }
        }
        return new ClosePositionsResponse(stoppedBots, orders);
    }

    private List<Position> findPositions(@Nullable UUID userId, @Nullable AccountKey account) {
        return this.database.sql(SELECT_POSITIONS)
            .param("person", userId, Types.OTHER)
            .param("account", (account != null) ? account.id() : null, Types.OTHER)
            .param("money", (account != null) ? account.money().text() : null, Types.VARCHAR)
            .query((row, number) -> new Position(
                    new OrderOwner(row.getObject(1, UUID.class),
                            new AccountKey(row.getObject(2, UUID.class),
                                    TradingMode.of(row.getString(3)).orElseThrow()),
                            row.getObject(4, UUID.class)),
                    new Instrument(row.getString(5), row.getString(6)), row.getString(7).equals("option")))
            .list();
    }

    /**
     * Sells the quantity that no open order is selling; returns null if that is nothing.
     */
    private @Nullable Order sellPosition(Position position, UUID orderId, @Nullable String closeTarget) {
        OrderOwner owner = new OrderOwner(position.owner().person(), position.owner().account(), null);
        BigDecimal freeQuantity = readLedger(
                (connection) -> ManualOrderService.findFreeQuantity(connection, owner, position.instrument()));
        boolean isPaper = owner.account().money() == TradingMode.PAPER;
        return (freeQuantity.signum() > 0)
                ? this.orderService.place(
                        orderId, owner.person(), new ManualOrderRequest(isPaper ? null : owner.account().id(),
                                owner.account().money(), position.instrument(), Side.SELL, freeQuantity, null),
                        closeTarget)
                : null;
    }

    private <T extends @Nullable Object> T readLedger(RetryingTransaction.Body<T> body) {
        try {
            return RetryingTransaction.run(this.dataSource, body);
        }
        catch (SQLException ex) {
            throw ProblemDefinition.unavailable("The ledger cannot be read now").asException();
        }
    }

    /**
     * The result of closing the positions of an account.
     *
     * @param bots the number of bots that stop
     * @param orders the orders that sell manual positions, also those that risk rejected
     */
    record ClosePositionsResponse(int bots, List<OrderResponse> orders) {

    }

    /**
     * An open position.
     *
     * @param owner the account and the bot
     * @param instrument the instrument
     * @param option whether it is an option
     */
    private record Position(OrderOwner owner, Instrument instrument, boolean option) {

        boolean isManual() {
            return PositionRepository.NO_BOT.equals(this.owner.bot());
        }

    }

}
