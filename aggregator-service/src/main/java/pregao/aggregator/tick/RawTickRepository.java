package pregao.aggregator.tick;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.pipeline.candle.CandleKey;
import pregao.pipeline.candle.StoredCandleRepository;

/**
 * The ticks in {@code market.market_data_raw}. Not thread-safe.
 */
public final class RawTickRepository {

    /** Keeps one value far below the limit of the database. */
    private static final int MAX_TICKS_PER_PART = 20_000;

    /** A row is the JSON text of all ticks of a part. */
    private static final int FETCH_SIZE = 32;

    private static final String COPY = """
            copy market.market_data_raw (feed, symbol, minute, part, data, ticks, crossed, coarse)
            from stdin (format binary)""";

    // Old minutes may be in a columnstore, which decompresses only what constants select,
    // but everything if a join selects. So the condition names one instrument with its
    // first and last minute.
    private static final String DELETE = """
            delete from market.market_data_raw r
            using unnest(?::timestamptz[], ?::int[]) as k (minute, part)
            where r.feed = ? and r.symbol = ? and r.minute >= ?::timestamptz and r.minute <= ?::timestamptz
                and r.minute = k.minute and r.part >= k.part""";

    private static final String SELECT_MINUTES = """
            select k.item, r.data::text, r.ticks
            from unnest(?::text[], ?::text[], ?::timestamptz[]) with ordinality as k (feed, symbol, minute, item)
            cross join lateral (
                select * from market.market_data_raw
                where feed = k.feed and symbol = k.symbol and minute = k.minute
                    and minute >= ?::timestamptz and minute <= ?::timestamptz
                offset 0) r
            order by k.item, r.part""";

    // A candle may outlive its ticks.
    private static final String SELECT_NEWEST = """
            select k.item, greatest(
                (select ts from market.candle
                    where feed = k.feed and symbol = k.symbol and timeframe = 'M1' order by ts desc limit 1),
                (select minute from market.market_data_raw
                    where feed = k.feed and symbol = k.symbol order by minute desc limit 1),
                (select date_trunc('minute', ts) from market.tick_quarantine
                    where feed = k.feed and symbol = k.symbol order by ts desc limit 1))
            from unnest(?::text[], ?::text[]) with ordinality as k (feed, symbol, item)""";

    private static final String SELECT_NEIGHBORS = """
            (select 0, minute from market.market_data_raw where feed = ? and symbol = ? and minute < ?::timestamptz
                order by minute desc limit ?)
            union all
            (select 1, minute from market.market_data_raw where feed = ? and symbol = ? and minute > ?::timestamptz
                order by minute limit ?)
            union all
            (select 2, date_trunc('minute', ts) from market.tick_quarantine
                where feed = ? and symbol = ? and ts < ?::timestamptz and state = 'held'
                order by ts desc limit ?)
            union all
            (select 3, date_trunc('minute', ts) from market.tick_quarantine
                where feed = ? and symbol = ? and ts > ?::timestamptz and state = 'held'
                order by ts limit ?)""";

    private static final int NEIGHBOR_PARAMETERS = 4;

    private final TickQuarantineRepository quarantine = new TickQuarantineRepository();

    private final RawTickJsonWriter jsonWriter = new RawTickJsonWriter();

    private final CopyBinaryWriter copyWriter = new CopyBinaryWriter();

    /**
     * Finds the newest minute of each instrument with stored ticks or a stored candle.
     * @param connection the connection to read with
     * @param instruments the instruments
     * @return the start of the minute by instrument, {@link Long#MIN_VALUE} if there is
     * none
     * @throws SQLException if the query fails
     */
    public Map<Instrument, Long> findNewestMinutes(Connection connection, Collection<Instrument> instruments)
            throws SQLException {
        List<Instrument> indexedInstruments = List.copyOf(instruments);
        Map<Instrument, Long> newestMinutes = new HashMap<>();
        indexedInstruments.forEach((instrument) -> newestMinutes.put(instrument, Long.MIN_VALUE));
        try (PreparedStatement statement = connection.prepareStatement(SELECT_NEWEST)) {
            statement.setObject(1, indexedInstruments.stream().map(Instrument::feed).toArray(String[]::new));
            statement.setObject(2, indexedInstruments.stream().map(Instrument::symbol).toArray(String[]::new));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Timestamp minute = result.getTimestamp(2);
                    if (minute != null) {
                        newestMinutes.put(indexedInstruments.get(result.getInt(1) - 1), minute.getTime());
                    }
                }
            }
        }
        return newestMinutes;
    }

    /**
     * Finds the stored minutes next to a minute that have accepted or held ticks.
     * @param connection the connection to read with
     * @param key the minute
     * @param limit the maximum number of stored parts, and of held ticks, on each side
     * @return the minutes, and whether they reach the first and the last tick
     * @throws SQLException if the query fails
     */
    public NeighboringMinutes findNeighbors(Connection connection, MinuteKey key, int limit) throws SQLException {
        NeighboringMinutes neighbors = new NeighboringMinutes(key.minute(), limit);
        try (PreparedStatement statement = connection.prepareStatement(SELECT_NEIGHBORS)) {
            for (int side = 0; side < NEIGHBOR_PARAMETERS; side++) {
                int column = side * NEIGHBOR_PARAMETERS;
                statement.setString(column + 1, key.instrument().feed());
                statement.setString(column + 2, key.instrument().symbol());
                statement.setString(column + 3, Instant.ofEpochMilli(key.minute()).toString());
                statement.setInt(column + 4, limit);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    neighbors.add(result.getInt(1), result.getTimestamp(2).getTime());
                }
            }
        }
        return neighbors;
    }

    /**
     * Loads minutes. A minute that is not stored has no ticks.
     * @param connection the connection to read with, in a transaction
     * @param keys the minutes
     * @return one minute for each key
     * @throws SQLException if the query fails
     */
    public Collection<StoredMinute> load(Connection connection, Collection<MinuteKey> keys) throws SQLException {
        Map<MinuteKey, StoredMinute> minutes = new LinkedHashMap<>();
        keys.forEach((key) -> minutes.put(key, new StoredMinute(key)));
        if (minutes.isEmpty()) {
            return List.of();
        }
        List<MinuteKey> indexedKeys = List.copyOf(minutes.keySet());
        try (PreparedStatement statement = connection.prepareStatement(SELECT_MINUTES)) {
            setKeys(statement, indexedKeys);
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    MinuteKey key = indexedKeys.get(result.getInt(1) - 1);
                    StoredMinute minute = minutes.get(key);
                    if (minute != null) {
                        minute.restore(RawTickParser.parse(key.instrument(), result.getString(2), result.getInt(3)));
                    }
                }
            }
        }
        this.quarantine.load(connection, minutes.values());
        restoreCandles(connection, minutes);
        return minutes.values();
    }

    /**
     * Finds minutes whose candle was aggregated from ticks that retention has deleted
     * since.
     */
    private static void restoreCandles(Connection connection, Map<MinuteKey, StoredMinute> minutes)
            throws SQLException {
        List<CandleKey> keys = minutes.keySet()
            .stream()
            .map((key) -> new CandleKey(key.instrument(), Timeframe.M1, key.minute()))
            .toList();
        for (Candle candle : StoredCandleRepository.find(connection, keys)) {
            StoredMinute minute = minutes.get(new MinuteKey(candle.instrument(), candle.openTime()));
            if (minute != null) {
                minute.restore(candle);
            }
        }
    }

    /**
     * Stores the new ticks of minutes.
     * @param connection the connection, in the transaction
     * @param minutes the minutes with new ticks
     * @throws SQLException if a statement fails
     */
    public void write(Connection connection, Collection<StoredMinute> minutes) throws SQLException {
        List<StoredMinute> minutesToRewrite = minutes.stream().filter(StoredMinute::needsRewrite).toList();
        if (!minutesToRewrite.isEmpty()) {
            delete(connection, minutesToRewrite);
        }
        this.copyWriter.begin();
        for (StoredMinute minute : minutes) {
            int part = minute.firstDirtyPart();
            int size = minute.ticks().size();
            for (int from = minute.firstDirtyTick(); from < size; from += MAX_TICKS_PER_PART) {
                int to = Math.min(from + MAX_TICKS_PER_PART, size);
                this.jsonWriter.write(minute.ticks(), from, to);
                this.copyWriter.addRow(minute.key(), part++, this.jsonWriter, to - from);
            }
        }
        this.copyWriter.finish();
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            copy.writeToCopy(this.copyWriter.bytes(), 0, this.copyWriter.length());
            copy.endCopy();
        }
        finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        this.quarantine.write(connection, minutes);
    }

    /**
     * Marks minutes as stored, once they are committed.
     * @param minutes the minutes that were passed to {@link #write}
     */
    public void markStored(Collection<StoredMinute> minutes) {
        minutes.forEach((minute) -> minute.markStored(MAX_TICKS_PER_PART));
    }

    private static void delete(Connection connection, List<StoredMinute> minutes) throws SQLException {
        Map<Instrument, List<StoredMinute>> byInstrument = new LinkedHashMap<>();
        for (StoredMinute minute : minutes) {
            byInstrument.computeIfAbsent(minute.key().instrument(), (key) -> new ArrayList<>()).add(minute);
        }
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            for (Map.Entry<Instrument, List<StoredMinute>> entry : byInstrument.entrySet()) {
                List<MinuteKey> keys = entry.getValue().stream().map(StoredMinute::key).toList();
                statement.setObject(1, toTimestamps(keys));
                statement.setObject(2, entry.getValue().stream().mapToInt(StoredMinute::firstDirtyPart).toArray());
                statement.setString(3, entry.getKey().feed());
                statement.setString(4, entry.getKey().symbol());
                setBounds(statement, 5, keys);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void setKeys(PreparedStatement statement, List<MinuteKey> keys) throws SQLException {
        statement.setObject(1, keys.stream().map((key) -> key.instrument().feed()).toArray(String[]::new));
        statement.setObject(2, keys.stream().map((key) -> key.instrument().symbol()).toArray(String[]::new));
        statement.setObject(3, toTimestamps(keys));
        setBounds(statement, 4, keys);
    }

    private static void setBounds(PreparedStatement statement, int firstParameter, List<MinuteKey> keys)
            throws SQLException {
        LongSummaryStatistics minutes = keys.stream().mapToLong(MinuteKey::minute).summaryStatistics();
        statement.setString(firstParameter, Instant.ofEpochMilli(minutes.getMin()).toString());
        statement.setString(firstParameter + 1, Instant.ofEpochMilli(minutes.getMax()).toString());
    }

    private static String[] toTimestamps(List<MinuteKey> keys) {
        return keys.stream().map((key) -> Instant.ofEpochMilli(key.minute()).toString()).toArray(String[]::new);
    }

}
