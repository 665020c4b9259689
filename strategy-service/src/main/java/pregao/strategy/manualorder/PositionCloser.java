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
 * Closes what is held because a person asks for it, and keeps who asked. Bots stop and
 * close what they hold by themselves; what is held by hand is sold with an order by hand.
 * Options cannot be closed: they end by themselves.
 */
@Component
class PositionCloser {

    private static final String HELD = """
            select person, account, money, bot, feed, symbol, kind from strategy.position
            where person = coalesce(cast(:person as uuid), person)
              and account = coalesce(cast(:account as uuid), account) and money = coalesce(cast(:money as text), money)
            order by opened_at, account, bot, feed, symbol""";

    private final DataSource pool;

    private final JdbcClient database;

    private final AccountService accounts;

    private final ManualOrderService orders;

    private final BotPositionCloser botPositions;

    private final BotRepository bots;

    private final KillSwitchService switches;

    private final Clock clock;

    PositionCloser(DataSource pool, AccountService accounts, ManualOrderService orders, BotPositionCloser botPositions,
            BotRepository bots, KillSwitchService switches, Clock clock) {
        this.pool = pool;
        this.database = JdbcClient.create(pool);
        this.accounts = accounts;
        this.orders = orders;
        this.botPositions = botPositions;
        this.bots = bots;
        this.switches = switches;
        this.clock = clock;
    }

    /**
     * Closes a position.
     * @param id of the position
     * @param person whose
     * @param order the id of the order that closes it: with the same id again it is the
     * same order
     * @return the order
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs, 409
     * where it cannot be closed now, 422 where the id is of an order for something else
     */
    Order close(UUID id, UUID person, UUID order) {
        // Before the order is looked for, as that may close it meanwhile.
        Optional<Position> found = held(person, null).stream()
            .filter((position) -> PositionRepository.id(position.owner(), position.instrument()).equals(id))
            .findFirst();
        Order known = known(order, id);
        return (known != null) ? known
                : close(found.orElseThrow(() -> ProblemDefinition.notFound().asException()), id, order);
    }

    private Order close(Position found, UUID id, UUID order) {
        if (found.option()) {
            throw ProblemDefinition.conflict("position-is-option", "An option ends by itself at its expiration")
                .asException();
        }
        if (!found.isByHand()) {
            return this.botPositions.close(order, found.owner(), found.instrument());
        }
        Order sale = sell(found, order, "position " + id);
        if (sale != null) {
            return sale;
        }
        Order same = known(order, id);
        if (same == null) {
            throw ProblemDefinition.conflict("position-on-sale", "Another order is selling all of it").asException();
        }
        return same;
    }

    private @Nullable Order known(UUID id, UUID position) {
        Order order = read((connection) -> OrderRepository.withId(connection, id));
        return (order != null) ? ofPosition(order, position) : null;
    }

    /** The order, unless its key was used for another position. */
    static Order ofPosition(Order order, UUID position) {
        if (!PositionRepository.id(order.owner(), order.instrument()).equals(position)) {
            throw ProblemDefinition.idempotencyKeyReused().asException();
        }
        return order;
    }

    /**
     * Stops a bot, which closes what it holds.
     * @param bot which
     * @param person whose
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs
     */
    void flattenBot(UUID bot, UUID person) {
        if (this.bots.find(bot, person).isEmpty()) {
            throw ProblemDefinition.notFound().asException();
        }
        this.bots.stop(bot, person, true);
        ManualActionLog.add(this.database, person, "flatten", "bot " + bot, this.clock.instant());
    }

    /**
     * Stops the bots of an account, which close what they hold, and sells what is held
     * there by hand.
     * @param account which
     * @param person whose
     * @return what was done
     * @throws pregao.webapi.problem.ProblemException 404 where it is none that they
     * traded with
     */
    ClosePositionsResponse flattenAccount(AccountKey account, UUID person) {
        if (this.accounts.find(account, person).isEmpty()) {
            throw ProblemDefinition.notFound().asException();
        }
        ClosePositionsResponse done = flatten(person, account);
        ManualActionLog.add(this.database, person, "flatten", "account " + account.id() + " " + account.money().text(),
                this.clock.instant());
        return done;
    }

    /**
     * Pulls a kill switch.
     * @param person whose, or {@link AccountRepository#ALL_USERS}
     * @param by who wants it
     * @param level how far it goes
     * @param reason in words
     */
    void kill(UUID person, UUID by, KillLevel level, String reason) {
        this.switches.activate(person, by, level, reason);
        ManualActionLog.add(this.database, by, "kill " + level.text(),
                person.equals(AccountRepository.ALL_USERS) ? "everybody" : "own", this.clock.instant());
        if (level == KillLevel.FLATTEN) {
            flatten(person.equals(AccountRepository.ALL_USERS) ? null : person, null);
        }
    }

    private ClosePositionsResponse flatten(@Nullable UUID person, @Nullable AccountKey account) {
        int stopped = this.bots.flatten(person, account);
        List<OrderResponse> sold = new ArrayList<>();
        for (Position position : held(person, account)) {
            Order order = (position.isByHand() && !position.option()) ? sell(position, UUID.randomUUID(), null) : null;
            if (order != null) {
                sold.add(OrderResponse.of(order));
            }
        }
        return new ClosePositionsResponse(stopped, sold);
    }

    private List<Position> held(@Nullable UUID person, @Nullable AccountKey account) {
        return this.database.sql(HELD)
            .param("person", person, Types.OTHER)
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

    /** Sells what no other order is selling; null where that is nothing. */
    private @Nullable Order sell(Position position, UUID order, @Nullable String closes) {
        OrderOwner owner = new OrderOwner(position.owner().person(), position.owner().account(), null);
        BigDecimal free = read((connection) -> ManualOrderService.free(connection, owner, position.instrument()));
        boolean paper = owner.account().money() == TradingMode.PAPER;
        return (free.signum() > 0)
                ? this.orders.place(order, owner.person(), new ManualOrderRequest(paper ? null : owner.account().id(),
                        owner.account().money(), position.instrument(), Side.SELL, free, null), closes)
                : null;
    }

    private <T extends @Nullable Object> T read(RetryingTransaction.Body<T> body) {
        try {
            return RetryingTransaction.run(this.pool, body);
        }
        catch (SQLException ex) {
            throw ProblemDefinition.unavailable("The ledger cannot be read now").asException();
        }
    }

    /**
     * What was done.
     *
     * @param bots how many bots stop
     * @param orders that sell what was held by hand, also those that were refused
     */
    record ClosePositionsResponse(int bots, List<OrderResponse> orders) {

    }

    /**
     * What is held.
     *
     * @param owner on whose account; of no bot where by hand
     * @param instrument of what
     * @param option whether it is an option
     */
    private record Position(OrderOwner owner, Instrument instrument, boolean option) {

        boolean isByHand() {
            return PositionRepository.NO_BOT.equals(this.owner.bot());
        }

    }

}
