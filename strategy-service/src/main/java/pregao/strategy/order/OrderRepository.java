package pregao.strategy.order;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.Instrument;
import pregao.strategy.account.AccountKey;
import pregao.strategy.account.TradingMode;

/**
 * The table of orders. Its methods run in the transaction of the caller.
 */
public final class OrderRepository {

    /** The columns that {@link #mapRow} expects. */
    public static final String COLUMNS = "id, person, account, money, bot, feed, symbol, side, purpose, amount, risk, level, state, "
            + "reason, message, decided_at, valid_until, price, fill, told, terms";

    // The first insert wins, so two replicas cannot create the same order.
    private static final String INSERT = "insert into strategy.order_ (" + COLUMNS
            + ", kind, due_at, created_at, changed_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?, cast(? as jsonb), ?, ?, ?, ?)"
            + " on conflict (id) do nothing";

    private static final String UPDATE = """
            update strategy.order_ set state = ?, reason = ?, message = ?, amount = ?, fill = cast(? as jsonb), told = ?,
              due_at = ?, changed_at = ?, valid_until = ?, terms = cast(? as jsonb)
            where id = ?""";

    private static final String SELECT_SELLING = """
            select coalesce(sum(amount), 0) from strategy.order_
            where account = ? and money = ? and feed = ? and symbol = ? and bot is null and side = 'sell'
              and state in ('new', 'sent', 'placed', 'ambiguous')""";

    private static final JsonMapper JSON_MAPPER = JsonMapper.builder().build();

    private OrderRepository() {
    }

    /**
     * Inserts orders. Orders that exist are left unchanged.
     * @param connection the connection of the transaction
     * @param orders the orders
     * @param now the current time
     * @throws SQLException if the database fails
     */
    public static void insert(Connection connection, Collection<Order> orders, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Order order : orders) {
                bind(statement, order);
                statement.setString(22, order.side().isOption() ? "option" : "spot");
                statement.setObject(23, computeDueAt(order, now));
                statement.setObject(24, toOffsetDateTime(now));
                statement.setObject(25, toOffsetDateTime(now));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Updates orders.
     * @param connection the connection of the transaction
     * @param orders the orders in their new state
     * @param now the current time
     * @throws SQLException if the database fails
     */
    public static void update(Connection connection, Collection<Order> orders, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            for (Order order : orders) {
                statement.setString(1, order.state().text());
                statement.setString(2, order.reason());
                statement.setString(3, order.message());
                statement.setBigDecimal(4, order.amount());
                statement.setString(5, writeFill(order));
                statement.setBoolean(6, order.told());
                statement.setObject(7, computeDueAt(order, now));
                statement.setObject(8, toOffsetDateTime(now));
                statement.setObject(9, toNullableOffsetDateTime(order.validUntil()));
                statement.setString(10, writeTerms(order));
                statement.setObject(11, order.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Returns the orders of bots that have an outcome, rest at a broker, or are close
     * requests of the owner, and that the bots do not know of yet.
     * @param connection the connection to read with
     * @param bots the ids of the bots
     * @return the orders in order of their last change
     * @throws SQLException if the database fails
     */
    public static List<Order> findUndelivered(Connection connection, Collection<UUID> bots) throws SQLException {
        return find(connection,
                "not told and (state <> all(array['new', 'sent', 'placed']) "
                        + "or (state = 'placed' and kind = 'spot') or (state = 'new' and valid_until is null)) "
                        + "and bot = any(?) order by changed_at, id",
                bots.toArray(UUID[]::new));
    }

    /**
     * Reads orders again after their accounts are locked. The state of a resting order
     * may have changed since it was found, and must not be overwritten.
     * @param connection the connection of the transaction that holds the locks
     * @param orders the result of {@link #findUndelivered}
     * @return the current orders in the same order, without those that the bots know of
     * by now
     * @throws SQLException if the database fails
     */
    public static List<Order> refreshUndelivered(Connection connection, List<Order> orders) throws SQLException {
        if (orders.isEmpty()) {
            return List.of();
        }
        Map<UUID, Order> current = new HashMap<>();
        findByIds(connection, orders.stream().map(Order::id).toList())
            .forEach((order) -> current.put(order.id(), order));
        return orders.stream()
            .map((order) -> current.getOrDefault(order.id(), order))
            .filter((order) -> !order.told())
            .toList();
    }

    /**
     * Returns an order.
     * @param connection the connection to read with
     * @param id the id of the order
     * @return the order, or null if there is none
     * @throws SQLException if the database fails
     */
    public static @Nullable Order findById(Connection connection, UUID id) throws SQLException {
        List<Order> orders = find(connection, "id = ?", id);
        return orders.isEmpty() ? null : orders.getFirst();
    }

    /**
     * Returns several orders.
     * @param connection the connection to read with
     * @param ids the ids of the orders
     * @return the orders that exist
     * @throws SQLException if the database fails
     */
    public static List<Order> findByIds(Connection connection, Collection<UUID> ids) throws SQLException {
        return find(connection, "id = any(?)", ids.toArray(UUID[]::new));
    }

    /**
     * Returns the total quantity of open manual sell orders for an instrument.
     * @param connection the connection to read with
     * @param owner the account
     * @param instrument the instrument
     * @return the total quantity
     * @throws SQLException if the database fails
     */
    public static BigDecimal sumOpenSells(Connection connection, OrderOwner owner, Instrument instrument)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT_SELLING)) {
            statement.setObject(1, owner.account().id());
            statement.setString(2, owner.account().money().text());
            statement.setString(3, instrument.feed());
            statement.setString(4, instrument.symbol());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getBigDecimal(1) : BigDecimal.ZERO;
            }
        }
    }

    static List<Order> find(Connection connection, String condition, Object parameter) throws SQLException {
        try (PreparedStatement statement = connection
            .prepareStatement("select " + COLUMNS + " from strategy.order_ where " + condition)) {
            statement.setObject(1,
                    (parameter instanceof UUID[] ids) ? connection.createArrayOf("uuid", ids) : parameter);
            List<Order> orders = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    orders.add(mapRow(rows));
                }
            }
            return orders;
        }
    }

    private static void bind(PreparedStatement statement, Order order) throws SQLException {
        Object[] values = { order.id(), order.owner().person(), order.owner().account().id(),
                order.owner().account().money().text(), order.owner().bot(), order.instrument().feed(),
                order.instrument().symbol(), order.side().text(), order.purpose().text(), order.amount(), order.risk(),
                order.level(), order.state().text(), order.reason(), order.message(),
                toOffsetDateTime(Instant.ofEpochMilli(order.decidedAt())), toNullableOffsetDateTime(order.validUntil()),
                order.price() };
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                statement.setNull(i + 1, Types.NULL);
            }
            else {
                statement.setObject(i + 1, values[i]);
            }
        }
        statement.setString(19, writeFill(order));
        statement.setBoolean(20, order.told());
        statement.setString(21, writeTerms(order));
    }

    /** Returns when the dispatcher must handle an order, or null if never. */
    private static @Nullable OffsetDateTime computeDueAt(Order order, Instant now) {
        boolean isAtBroker = order.owner().account().money() != TradingMode.PAPER;
        return (isAtBroker && order.state().isOpen() && !order.isCloseRequest()) ? toOffsetDateTime(order.dueAt(now))
                : null;
    }

    private static @Nullable String writeTerms(Order order) {
        return (order.terms() != null) ? JSON_MAPPER.writeValueAsString(order.terms()) : null;
    }

    private static @Nullable String writeFill(Order order) {
        return (order.fill() != null) ? JSON_MAPPER.writeValueAsString(order.fill()) : null;
    }

    static OffsetDateTime toOffsetDateTime(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime toNullableOffsetDateTime(@Nullable Long millis) {
        return (millis != null) ? toOffsetDateTime(Instant.ofEpochMilli(millis)) : null;
    }

    /**
     * Maps a row to an order.
     * @param row a row with the columns {@link #COLUMNS}
     * @return the order
     * @throws SQLException if the database fails
     */
    public static Order mapRow(ResultSet row) throws SQLException {
        AccountKey account = new AccountKey(row.getObject(3, UUID.class),
                TradingMode.of(row.getString(4)).orElseThrow());
        Timestamp validUntil = row.getTimestamp(17);
        String fill = row.getString(19);
        BigDecimal price = row.getBigDecimal(18);
        Side side = Side.of(row.getString(8)).orElseThrow();
        return new Order(row.getObject(1, UUID.class),
                new OrderOwner(row.getObject(2, UUID.class), account, row.getObject(5, UUID.class)),
                new Instrument(row.getString(6), row.getString(7)), side,
                PositionEffect.valueOf(row.getString(9).toUpperCase(Locale.ROOT)), row.getBigDecimal(10),
                row.getBigDecimal(11), row.getInt(12), OrderState.of(row.getString(13)), row.getString(14),
                row.getString(15), row.getTimestamp(16).getTime(),
                (validUntil != null) ? (Long) validUntil.getTime() : null, price, readTerms(row.getString(21), side),
                (fill != null) ? JSON_MAPPER.readValue(fill, Fill.class) : null, row.getBoolean(20));
    }

    private static @Nullable OrderTerms readTerms(@Nullable String stored, Side side) {
        if (stored == null) {
            return null;
        }
        return side.isOption() ? JSON_MAPPER.readValue(stored, OptionTerms.class)
                : JSON_MAPPER.readValue(stored, SpotTerms.class);
    }

}
