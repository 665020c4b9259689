package pregao.strategy.evidence;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;

/**
 * Reads the paper trades, positions and decisions of bots.
 */
@Component
class PaperTradingRepository {

    private static final String SELECT_OBSERVED = """
            select d.feed, d.symbol, min(d.at), greatest(max(d.at),
              to_timestamp(max(k.last_minute) filter (where k.last_minute > 0) / 1000.0 + 60)), count(*)
            from strategy.decision d
            left join strategy.desk k on k.bot = d.bot and k.feed = d.feed and k.symbol = d.symbol
            where d.bot = :bot and d.at >= :from and d.at < :to and d.created_at >= :since
            group by d.feed, d.symbol order by d.feed, d.symbol""";

    private static final String SELECT_TRADES = """
            select feed, symbol, side, level, opened_at, closed_at, entry, exit, fees, profit, reason, ambiguous
            from strategy.trade
            where bot = :bot and money = 'paper' and opened_at >= :from and opened_at < :to and created_at >= :since
            order by closed_at, id limit :most""";

    private static final String SELECT_POSITIONS = """
            select feed, symbol, side, 0, opened_at, cast(null as timestamptz), entry, cast(null as numeric), 0, 0, '',
              false
            from strategy.position
            where bot = :bot and money = 'paper' and opened_at >= :from and opened_at < :to
            order by opened_at, feed, symbol limit :most""";

    private final JdbcClient database;

    PaperTradingRepository(JdbcClient database) {
        this.database = database;
    }

    /** Returns the ranges of the instruments that the bot has decided on. */
    List<ObservedRange> findObservedRanges(EvidencePeriod period) {
        return bindPeriod(SELECT_OBSERVED, period).query((row, rowNumber) -> {
            long endMillis = Math.min(row.getTimestamp(4).getTime(), period.to().toEpochMilli());
            return new ObservedRange(new Instrument(row.getString(1), row.getString(2)), row.getTimestamp(3).getTime(),
                    endMillis, row.getInt(5));
        }).list();
    }

    /** Returns closed trades by close time. */
    List<ComparedTrade> findTrades(EvidencePeriod period, int maxItems) {
        return bindPeriod(SELECT_TRADES, period).param("most", maxItems)
            .query((row, rowNumber) -> mapTrade(row))
            .list();
    }

    /** Returns the positions that are open now. */
    List<ComparedTrade> findOpenPositions(EvidencePeriod period, int maxItems) {
        return bindPeriod(SELECT_POSITIONS, period).param("most", maxItems)
            .query((row, rowNumber) -> mapTrade(row))
            .list();
    }

    private JdbcClient.StatementSpec bindPeriod(String sql, EvidencePeriod period) {
        JdbcClient.StatementSpec statement = this.database.sql(sql)
            .param("bot", period.bot())
            .param("from", toOffsetDateTime(period.from()))
            .param("to", toOffsetDateTime(period.to()));
        return sql.equals(SELECT_POSITIONS) ? statement : statement.param("since", toOffsetDateTime(period.since()));
    }

    private static ComparedTrade mapTrade(ResultSet row) throws SQLException {
        @Nullable Timestamp closedAt = row.getTimestamp(6);
        long openedMillis = row.getTimestamp(5).getTime();
        @Nullable BigDecimal exit = row.getBigDecimal(8);
        return new ComparedTrade(new Instrument(row.getString(1), row.getString(2)), row.getString(3), row.getInt(4),
                openedMillis, openedMillis, (closedAt != null) ? (Long) closedAt.getTime() : null, row.getBigDecimal(7),
                exit, row.getBigDecimal(9), row.getBigDecimal(10), row.getString(11), row.getBoolean(12));
    }

    private static OffsetDateTime toOffsetDateTime(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

}
