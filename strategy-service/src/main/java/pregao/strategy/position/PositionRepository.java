package pregao.strategy.position;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.strategy.order.OrderOwner;
import pregao.strategy.order.Side;

/**
 * The table of positions. Its methods run in the transaction of the caller.
 */
public final class PositionRepository {

    /** The value of the column {@code bot} of a manual position. */
    public static final UUID NO_BOT = new UUID(0, 0);

    private static final String UPSERT = """
            insert into strategy.position (account, money, bot, feed, symbol, person, kind, side, opened_at, amount,
              entry, stop, take, fee)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account, money, bot, feed, symbol) do update set side = excluded.side,
              opened_at = excluded.opened_at, amount = excluded.amount, entry = excluded.entry, stop = excluded.stop,
              take = excluded.take, fee = excluded.fee""";

    private static final String SELECT = """
            select side, opened_at, amount, entry, stop, take, fee from strategy.position
            where account = ? and money = ? and bot = ? and feed = ? and symbol = ?""";

    private static final String DELETE = """
            delete from strategy.position where account = ? and money = ? and bot = ? and feed = ? and symbol = ?""";

    private PositionRepository() {
    }

    /**
     * Computes the id of a position: the same for everything that one bot, or the user
     * manually, holds of an instrument on an account.
     * @param owner the account and the bot
     * @param instrument the instrument
     * @return the name-based id
     */
    public static UUID computeId(OrderOwner owner, Instrument instrument) {
        String name = "%s/%s/%s/%s".formatted(owner.account().id(), owner.account().money().text(),
                Objects.requireNonNullElse(owner.bot(), NO_BOT), instrument.key());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Saves positions. Positions with an amount of 0 are deleted.
     * @param connection the connection of the transaction
     * @param positions the positions in order
     * @throws SQLException if the database fails
     */
    public static void save(Connection connection, Collection<PositionSnapshot> positions) throws SQLException {
        for (PositionSnapshot position : positions) {
            boolean isClosed = position.amount().signum() == 0;
            try (PreparedStatement statement = connection.prepareStatement(isClosed ? DELETE : UPSERT)) {
                bindKey(statement, position.owner(), position.instrument());
                if (!isClosed) {
                    bindValues(statement, position);
                }
                statement.executeUpdate();
            }
        }
    }

    /**
     * Returns the open position in an instrument.
     * @param connection the connection to read with
     * @param owner the account and the bot
     * @param instrument the instrument
     * @return the position, or null if there is none
     * @throws SQLException if the database fails
     */
    public static @Nullable PositionSnapshot find(Connection connection, OrderOwner owner, Instrument instrument)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            bindKey(statement, owner, instrument);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new PositionSnapshot(owner, instrument, Side.of(row.getString(1)).orElseThrow(),
                        row.getTimestamp(2).getTime(), row.getBigDecimal(3), row.getBigDecimal(4), row.getBigDecimal(5),
                        row.getBigDecimal(6), row.getBigDecimal(7)) : null;
            }
        }
    }

    private static void bindKey(PreparedStatement statement, OrderOwner owner, Instrument instrument)
            throws SQLException {
        statement.setObject(1, owner.account().id());
        statement.setString(2, owner.account().money().text());
        statement.setObject(3, Objects.requireNonNullElse(owner.bot(), NO_BOT));
        statement.setString(4, instrument.feed());
        statement.setString(5, instrument.symbol());
    }

    private static void bindValues(PreparedStatement statement, PositionSnapshot position) throws SQLException {
        statement.setObject(6, position.owner().person());
        statement.setString(7, position.side().isOption() ? "option" : "spot");
        statement.setString(8, position.side().text());
        statement.setObject(9, Instant.ofEpochMilli(position.openedAt()).atOffset(ZoneOffset.UTC));
        statement.setBigDecimal(10, position.amount());
        statement.setBigDecimal(11, position.entry());
        statement.setBigDecimal(12, position.stop());
        statement.setBigDecimal(13, position.take());
        statement.setBigDecimal(14, position.fee());
    }

}
