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
 * Refreshes what is wished for, on a connection of its own that is in no transaction. The
 * one who holds the lock of the database does it for all replicas.
 */
final class ContinuousAggregateRefresher {

    private static final Logger log = LoggerFactory.getLogger(ContinuousAggregateRefresher.class);

    private static final int MOST_A_TURN = 20_000;

    private static final Duration MAX_DURATION = Duration.ofDays(30);

    private static final String NOW = "select (extract(epoch from now()) * 1000)::bigint";

    private static final String BOUNDS = "set statement_timeout = '15min'; set lock_timeout = '5s'";

    private static final String OURS = "select pg_try_advisory_lock(hashtext('market.refresh_wish'))";

    // Where a retention is set, what it dropped would be dropped from the aggregates too.
    private static final String WISHES = """
            select w.id, greatest(w.from_ts, kept.since), w.to_ts
            from market.refresh_wish w
            cross join (
                select coalesce(max(date_trunc('day', now() - (config ->> 'drop_after')::interval, 'UTC')
                    + interval '1 day'), '-infinity') as since
                from timescaledb_information.jobs
                where proc_name = 'policy_retention' and hypertable_schema = 'market'
                    and hypertable_name = 'candle') kept
            order by w.from_ts limit %d""".formatted(MOST_A_TURN);

    private static final String DONE = "delete from market.refresh_wish where id = any (?) and to_ts <= ?";

    private final Connection connection;

    ContinuousAggregateRefresher(Connection connection) {
        this.connection = connection;
    }

    /**
     * Whether the database has continuous aggregates.
     */
    boolean isNeeded() throws SQLException {
        return "full".equals(ask("select market.edition()"));
    }

    /**
     * Takes the refresh lock and requests the refreshes that were missed while no replica
     * held it.
     * @return true if this replica holds the lock, false if another one does
     */
    boolean begin() throws SQLException {
        execute(BOUNDS);
        if (!"t".equals(ask(OURS))) {
            return false;
        }
        execute("select market.wish_missed_refreshes()");
        quietServerLog();
        return true;
    }

    /** Two lines for each stretch of changed candles are thousands after a backfill. */
    private void quietServerLog() throws SQLException {
        if ("t".equals(ask("select has_parameter_privilege('log_min_messages', 'set')"))) {
            execute("set log_min_messages = fatal");
        }
    }

    /**
     * Refreshes what is wished for now.
     * @return how many wishes were there
     */
    int turn() throws SQLException {
        Instant now = Instant.ofEpochMilli(Long.parseLong(ask(NOW)));
        List<Long> ids = new ArrayList<>();
        List<RefreshRange> spans = new ArrayList<>();
        try (Statement statement = this.connection.createStatement();
                ResultSet wishes = statement.executeQuery(WISHES)) {
            while (wishes.next()) {
                ids.add(wishes.getLong(1));
                Instant from = wishes.getObject(2, OffsetDateTime.class).toInstant();
                Instant to = wishes.getObject(3, OffsetDateTime.class).toInstant();
                if (from.isBefore(to)) {
                    spans.add(new RefreshRange(from, to));
                }
            }
        }
        for (RefreshRange piece : RefreshRange.pieces(spans, MAX_DURATION)) {
            refresh(piece, now);
            done(ids, piece.to());
        }
        if (!ids.isEmpty()) {
            done(ids, Instant.parse("9999-12-31T00:00:00Z"));
        }
        return ids.size();
    }

    /** Not into the bucket that is open: what comes into it later would be hidden. */
    private void refresh(RefreshRange piece, Instant now) throws SQLException {
        long start = System.nanoTime();
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            Instant passed = Instant.ofEpochMilli(timeframe.bucketStart(now.toEpochMilli() - timeframe.millis()));
            Instant to = piece.to().isBefore(passed) ? piece.to() : passed;
            if (piece.from().isBefore(to)) {
                execute("call refresh_continuous_aggregate('market.continuous_%s', '%s', '%s')"
                    .formatted(timeframe.name().toLowerCase(Locale.ROOT), piece.from(), to));
            }
        }
        log.info("refreshed M5 to D1 from {} to {} in {} ms", piece.from(), piece.to(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private void done(List<Long> ids, Instant until) throws SQLException {
        try (PreparedStatement statement = this.connection.prepareStatement(DONE)) {
            statement.setArray(1, this.connection.createArrayOf("bigint", ids.toArray()));
            statement.setObject(2, until.atOffset(java.time.ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private String ask(String sql) throws SQLException {
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
