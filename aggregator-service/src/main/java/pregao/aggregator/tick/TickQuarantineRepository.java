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
 * The table {@code market.tick_quarantine}. For one thread.
 */
final class TickQuarantineRepository {

    private static final String LOAD = """
            select k.item, (extract(epoch from q.ts) * 1000)::bigint, q.seq, q.bid, q.ask, q.last, q.volume, q.flags,
                q.state = 'held', q.undone_at is not null
            from unnest(?::text[], ?::text[], ?::timestamptz[]) with ordinality as k (feed, symbol, minute, item)
            cross join lateral (
                select * from market.tick_quarantine
                where feed = k.feed and symbol = k.symbol and ts >= k.minute and ts < k.minute + interval '1 minute'
                offset 0) q""";

    private static final String HOLD = """
            insert into market.tick_quarantine (feed, symbol, ts, seq, bid, ask, last, volume, flags, price, median,
                neighbors, state, received_at, released_at, released_by)
            values (?, ?, ?::timestamptz, ?, ?::numeric, ?::numeric, ?::numeric, ?::numeric, ?, ?::numeric, ?::numeric,
                ?, ?, ?::timestamptz, case when ? then clock_timestamp() end, ?)
            on conflict on constraint tick_quarantine_unique do update set state = excluded.state,
                median = excluded.median, neighbors = excluded.neighbors, released_at = excluded.released_at,
                released_by = excluded.released_by""";

    private static final String KEY = " where feed = ? and symbol = ? and ts = ?::timestamptz and seq = ?"
            + " and bid = ?::numeric and ask = ?::numeric and last = ?::numeric and volume = ?::numeric and flags = ?";

    private static final String RELEASE = """
            update market.tick_quarantine
            set state = 'released', released_at = clock_timestamp(), released_by = ?, undone_at = null, undone_by = null"""
            + KEY;

    private static final String UNDO = """
            update market.tick_quarantine set state = 'held', undone_at = clock_timestamp(), undone_by = ?""" + KEY;

    /**
     * Reads what is, or was, in quarantine.
     * @param connection to read with
     * @param minutes take it
     */
    void load(Connection connection, Collection<StoredMinute> minutes) throws SQLException {
        List<StoredMinute> asked = List.copyOf(minutes);
        try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
            statement.setObject(1,
                    asked.stream()
                        .map((storedMinute) -> storedMinute.key().instrument().feed())
                        .toArray(String[]::new));
            statement.setObject(2,
                    asked.stream().map((each) -> each.key().instrument().symbol()).toArray(String[]::new));
            statement.setObject(3,
                    asked.stream()
                        .map((each) -> Instant.ofEpochMilli(each.key().minute()).toString())
                        .toArray(String[]::new));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    StoredMinute minute = asked.get(row.getInt(1) - 1);
                    minute.quarantine()
                        .restore(tick(minute.key().instrument(), row), row.getBoolean(9), row.getBoolean(10));
                }
            }
        }
    }

    private static TickBatch tick(Instrument instrument, ResultSet row) throws SQLException {
        long last = Prices.of(row.getBigDecimal(6));
        return TickBatch.of(instrument, PriceBasis.MID, 0, 1)
            .add(row.getLong(2), row.getInt(3), Prices.of(row.getBigDecimal(4)), Prices.of(row.getBigDecimal(5)), last,
                    row.getBigDecimal(7).stripTrailingZeros(), row.getInt(8))
            .build();
    }

    /**
     * Stores what changed.
     * @param connection in the transaction that stores the ticks
     * @param minutes any
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
        Outlier doubt = row.doubt();
        String sql = (doubt != null) ? HOLD : (row.state() == QuarantineRow.State.UNDONE) ? UNDO : RELEASE;
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        if (doubt == null) {
            statement.setString(1, row.by());
            setKey(statement, 2, instrument, row.tick());
        }
        else {
            int next = setKey(statement, 1, instrument, row.tick());
            boolean released = row.state() == QuarantineRow.State.RELEASED;
            statement.setString(next++, Prices.toText(doubt.price()));
            statement.setString(next++, Prices.toText(doubt.median()));
            statement.setInt(next++, doubt.neighbours());
            statement.setString(next++, released ? "released" : "held");
            statement.setString(next++, Instant.ofEpochMilli(row.receivedAt()).toString());
            statement.setBoolean(next++, released);
            statement.setString(next, released ? row.by() : null);
        }
        statement.addBatch();
    }

    private static int setKey(PreparedStatement statement, int first, Instrument instrument, TickBatch tick)
            throws SQLException {
        int next = first;
        statement.setString(next++, instrument.feed());
        statement.setString(next++, instrument.symbol());
        statement.setString(next++, Instant.ofEpochMilli(tick.time(0)).toString());
        statement.setInt(next++, tick.seq(0));
        statement.setString(next++, Prices.toText(tick.bid(0)));
        statement.setString(next++, Prices.toText(tick.ask(0)));
        statement.setString(next++, Prices.toText(tick.last(0)));
        statement.setString(next++, tick.volume(0).toPlainString());
        statement.setInt(next++, tick.flags(0));
        return next;
    }

}
