package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pregao.contracts.Timeframe;

/**
 * Executes refresh requests, on its own connection outside a transaction. The replica
 * that holds an advisory lock of the database refreshes for all replicas.
 */
final class ContinuousAggregateRefresher {

    private static final Logger log = LoggerFactory.getLogger(ContinuousAggregateRefresher.class);

    private static final int MAX_REQUESTS_PER_RUN = 20_000;

    private static final Duration MAX_DURATION = Duration.ofDays(30);

    private static final String SELECT_NOW = "select (extract(epoch from now()) * 1000)::bigint";

    private static final String SET_TIMEOUTS = "set statement_timeout = '15min'; set lock_timeout = '5s'";

    private static final String TRY_LOCK = "select pg_try_advisory_lock(hashtext('market.refresh_wish'))";

    // If a retention policy is set, refreshing a period whose candles it deleted would
    // delete them from the aggregates too.
    private static final String SELECT_REQUESTS = """
            select w.id, greatest(w.from_ts, kept.since), w.to_ts
            from market.refresh_wish w
            cross join (
                select coalesce(max(date_trunc('day', now() - (config ->> 'drop_after')::interval, 'UTC')
                    + interval '1 day'), '-infinity') as since
                from timescaledb_information.jobs
                where proc_name = 'policy_retention' and hypertable_schema = 'market'
                    and hypertable_name = 'candle') kept
            order by w.from_ts limit %d""".formatted(MAX_REQUESTS_PER_RUN);

    private static final String DELETE_REQUESTS = "delete from market.refresh_wish where id = any (?) and to_ts <= ?";

    private final Connection connection;

    ContinuousAggregateRefresher(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns true if the database has continuous aggregates.
     */
    boolean hasContinuousAggregates() throws SQLException {
        return "full".equals(queryForString("select market.edition()"));
    }

    /**
     * Tries to take the refresh lock. If it succeeds, requests the refreshes that were
     * missed while no replica held the lock.
     * @return true if this replica holds the lock, false if another one does
     */
    boolean tryLock() throws SQLException {
        execute(SET_TIMEOUTS);
        if (!"t".equals(queryForString(TRY_LOCK))) {
            return false;
        }
        execute("select market.wish_missed_refreshes()");
        quietServerLog();
        return true;
    }

    /**
     * A refresh logs two lines for each range of changed candles, which are thousands
     * after a backfill.
     */
    private void quietServerLog() throws SQLException {
        if ("t".equals(queryForString("select has_parameter_privilege('log_min_messages', 'set')"))) {
            execute("set log_min_messages = fatal");
        }
    }

    /**
     * Executes the pending refresh requests.
     * @return the number of requests
     */
    int refreshRequested() throws SQLException {
        Instant now = Instant.ofEpochMilli(Long.parseLong(queryForString(SELECT_NOW)));
        List<Long> ids = new ArrayList<>();
        List<RefreshRange> ranges = new ArrayList<>();
        try (Statement statement = this.connection.createStatement();
                ResultSet row = statement.executeQuery(SELECT_REQUESTS)) {
            while (row.next()) {
                ids.add(row.getLong(1));
                Instant from = row.getObject(2, OffsetDateTime.class).toInstant();
                Instant to = row.getObject(3, OffsetDateTime.class).toInstant();
                if (from.isBefore(to)) {
                    ranges.add(new RefreshRange(from, to));
                }
            }
        }
        for (RefreshRange range : RefreshRange.split(ranges, MAX_DURATION)) {
            refresh(range, now);
            deleteRequests(ids, range.to());
        }
        if (!ids.isEmpty()) {
            deleteRequests(ids, Instant.parse("9999-12-31T00:00:00Z"));
        }
        return ids.size();
    }

    /**
     * The bucket that is still open is not refreshed, because later candles of it would
     * be hidden.
     */
    private void refresh(RefreshRange range, Instant now) throws SQLException {
        long start = System.nanoTime();
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            Instant limit = Instant.ofEpochMilli(timeframe.bucketStart(now.toEpochMilli() - timeframe.millis()));
            Instant to = range.to().isBefore(limit) ? range.to() : limit;
            if (range.from().isBefore(to)) {
                execute("call refresh_continuous_aggregate('market.continuous_%s', '%s', '%s')"
                    .formatted(timeframe.name().toLowerCase(Locale.ROOT), range.from(), to));
            }
        }
        log.info("refreshed M5 to D1 from {} to {} in {} ms", range.from(), range.to(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private void deleteRequests(List<Long> ids, Instant until) throws SQLException {
        try (PreparedStatement statement = this.connection.prepareStatement(DELETE_REQUESTS)) {
            statement.setArray(1, this.connection.createArrayOf("bigint", ids.toArray()));
            statement.setObject(2, until.atOffset(java.time.ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private String queryForString(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = this.connection.createStatement()) {
            statement.execute(sql);
        }
    }

}
