package pregao.aggregator.tick;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Prices;
import pregao.contracts.tick.TickBatch;
import pregao.market.dataquality.Outlier;

/**
 * The table {@code market.tick_quarantine}. Not thread-safe.
 */
final class TickQuarantineRepository {

    private static final String SELECT = """
            select k.item, (extract(epoch from q.ts) * 1000)::bigint, q.seq, q.bid, q.ask, q.last, q.volume, q.flags,
                q.state = 'held', q.undone_at is not null
            from unnest(?::text[], ?::text[], ?::timestamptz[]) with ordinality as k (feed, symbol, minute, item)
            cross join lateral (
                select * from market.tick_quarantine
                where feed = k.feed and symbol = k.symbol and ts >= k.minute and ts < k.minute + interval '1 minute'
                offset 0) q""";

    private static final String UPSERT_HELD = """
            insert into market.tick_quarantine (feed, symbol, ts, seq, bid, ask, last, volume, flags, price, median,
                neighbors, state, received_at, released_at, released_by)
            values (?, ?, ?::timestamptz, ?, ?::numeric, ?::numeric, ?::numeric, ?::numeric, ?, ?::numeric, ?::numeric,
                ?, ?, ?::timestamptz, case when ? then clock_timestamp() end, ?)
            on conflict on constraint tick_quarantine_unique do update set state = excluded.state,
                median = excluded.median, neighbors = excluded.neighbors, released_at = excluded.released_at,
                released_by = excluded.released_by""";

    private static final String KEY_CONDITION = " where feed = ? and symbol = ? and ts = ?::timestamptz and seq = ?"
            + " and bid = ?::numeric and ask = ?::numeric and last = ?::numeric and volume = ?::numeric and flags = ?";

    private static final String UPDATE_RELEASED = """
            update market.tick_quarantine
            set state = 'released', released_at = clock_timestamp(), released_by = ?, undone_at = null, undone_by = null"""
            + KEY_CONDITION;

    private static final String UPDATE_UNDONE = """
            update market.tick_quarantine set state = 'held', undone_at = clock_timestamp(), undone_by = ?"""
            + KEY_CONDITION;

    /**
     * Loads the rows of minutes into their quarantines.
     * @param connection the connection to read with
     * @param minutes the minutes
     */
    void load(Connection connection, Collection<StoredMinute> minutes) throws SQLException {
        List<StoredMinute> indexedMinutes = List.copyOf(minutes);
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setObject(1,
                    indexedMinutes.stream().map((minute) -> minute.key().instrument().feed()).toArray(String[]::new));
            statement.setObject(2,
                    indexedMinutes.stream().map((minute) -> minute.key().instrument().symbol()).toArray(String[]::new));
            statement.setObject(3,
                    indexedMinutes.stream()
                        .map((minute) -> Instant.ofEpochMilli(minute.key().minute()).toString())
                        .toArray(String[]::new));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    StoredMinute minute = indexedMinutes.get(row.getInt(1) - 1);
                    minute.quarantine()
                        .restore(readTick(minute.key().instrument(), row), row.getBoolean(9), row.getBoolean(10));
                }
            }
        }
    }

    private static TickBatch readTick(Instrument instrument, ResultSet row) throws SQLException {
        long last = Prices.of(row.getBigDecimal(6));
        return TickBatch.of(instrument, PriceBasis.MID, 0, 1)
            .add(row.getLong(2), row.getInt(3), Prices.of(row.getBigDecimal(4)), Prices.of(row.getBigDecimal(5)), last,
                    row.getBigDecimal(7).stripTrailingZeros(), row.getInt(8))
            .build();
    }

    /**
     * Stores the changes of the quarantines.
     * @param connection the connection, in the transaction that stores the ticks
     * @param minutes any minutes
     */
    void write(Connection connection, Collection<StoredMinute> minutes) throws SQLException {
        Map<String, PreparedStatement> statements = new HashMap<>();
        try {
            for (StoredMinute minute : minutes) {
                if (minute.hasQuarantine()) {
                    for (QuarantineRow row : minute.quarantine().changes()) {
                        add(connection, minute.key().instrument(), row, statements);
                    }
                }
            }
            for (PreparedStatement statement : statements.values()) {
                statement.executeBatch();
            }
        }
        finally {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        }
    }

    private static void add(Connection connection, Instrument instrument, QuarantineRow row,
            Map<String, PreparedStatement> statements) throws SQLException {
        Outlier outlier = row.doubt();
        String sql = (outlier != null) ? UPSERT_HELD
                : (row.state() == QuarantineRow.State.UNDONE) ? UPDATE_UNDONE : UPDATE_RELEASED;
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        if (outlier == null) {
            statement.setString(1, row.by());
            setKey(statement, 2, instrument, row.tick());
        }
        else {
            int parameter = setKey(statement, 1, instrument, row.tick());
            boolean isReleased = row.state() == QuarantineRow.State.RELEASED;
            statement.setString(parameter++, Prices.toText(outlier.price()));
            statement.setString(parameter++, Prices.toText(outlier.median()));
            statement.setInt(parameter++, outlier.neighbours());
            statement.setString(parameter++, isReleased ? "released" : "held");
            statement.setString(parameter++, Instant.ofEpochMilli(row.receivedAt()).toString());
            statement.setBoolean(parameter++, isReleased);
            statement.setString(parameter, isReleased ? row.by() : null);
        }
        statement.addBatch();
    }

    private static int setKey(PreparedStatement statement, int firstParameter, Instrument instrument, TickBatch tick)
            throws SQLException {
        int parameter = firstParameter;
        statement.setString(parameter++, instrument.feed());
        statement.setString(parameter++, instrument.symbol());
        statement.setString(parameter++, Instant.ofEpochMilli(tick.time(0)).toString());
        statement.setInt(parameter++, tick.seq(0));
        statement.setString(parameter++, Prices.toText(tick.bid(0)));
        statement.setString(parameter++, Prices.toText(tick.ask(0)));
        statement.setString(parameter++, Prices.toText(tick.last(0)));
        statement.setString(parameter++, tick.volume(0).toPlainString());
        statement.setInt(parameter++, tick.flags(0));
        return parameter;
    }

}
