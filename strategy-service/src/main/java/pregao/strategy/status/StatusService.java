package pregao.strategy.status;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.strategy.account.KillSwitchService;
import pregao.strategy.position.PositionRepository;

/**
 * Reads the trading status of a user.
 */
@Component
class StatusService {

    private static final String SELECT_ACCOUNTS = """
            select a.id, a.money, a.currency, a.balance, a.exposure, case when a.day = :day then a.day_profit else 0 end,
              a.profit,
              (select count(*) from strategy.trade t
                where t.person = :person and t.account = a.id and t.money = a.money and t.closed_at >= :today)
            from strategy.account a where a.person = :person order by a.created_at, a.id""";

    private static final String SELECT_BOTS = """
            select b.id, b.name, b.kind, b.money, b.state, b.reason, json_array_length((b.settings -> 'instruments')::json),
              (select max(d.at) from strategy.decision d where d.bot = b.id), coalesce(t.trades, 0),
              coalesce(t.wins, 0), coalesce(t.won - t.lost, 0)
            from strategy.bot b left join strategy.bot_total t on t.bot = b.id
            where b.person = :person and b.state <> 'stopped' order by b.started_at, b.id""";

    private static final String SELECT_POSITIONS = """
            select p.bot, p.feed, p.symbol, p.side, p.amount, p.entry, p.stop, p.take, c.close, c.ts, p.kind, p.fee
            from strategy.position p
            left join lateral (
              select close, ts from market.candle
              where feed = p.feed and symbol = p.symbol and timeframe = 'M1' and final order by ts desc limit 1) c on true
            where p.person = :person order by p.opened_at, p.feed, p.symbol limit 1000""";

    private final JdbcClient database;

    private final KillSwitchService killSwitches;

    private final Clock clock;

    StatusService(JdbcClient database, KillSwitchService killSwitches, Clock clock) {
        this.database = database;
        this.killSwitches = killSwitches;
        this.clock = clock;
    }

    StatusResponse getStatus(UUID userId) {
        Instant now = this.clock.instant();
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        List<StatusResponse.AccountStatus> accounts = this.database.sql(SELECT_ACCOUNTS)
            .param("person", userId)
            .param("day", (int) today.toEpochDay())
            .param("today", today.atStartOfDay().atOffset(ZoneOffset.UTC))
            .query(StatusService::mapAccount)
            .list();
        List<StatusResponse.BotStatus> bots = this.database.sql(SELECT_BOTS)
            .param("person", userId)
            .query(StatusService::mapBot)
            .list();
        List<StatusResponse.PositionStatus> positions = this.database.sql(SELECT_POSITIONS)
            .param("person", userId)
            .query(StatusService::mapPosition)
            .list();
        return new StatusResponse(now, bots.size(), this.killSwitches.findActive(userId), accounts, bots, positions);
    }

    private static StatusResponse.AccountStatus mapAccount(ResultSet row, int number) throws SQLException {
        return new StatusResponse.AccountStatus(row.getObject(1, UUID.class), row.getString(2), row.getString(3),
                row.getBigDecimal(4), row.getBigDecimal(5), row.getBigDecimal(6), row.getBigDecimal(7), row.getLong(8));
    }

    private static StatusResponse.BotStatus mapBot(ResultSet row, int number) throws SQLException {
        return new StatusResponse.BotStatus(row.getObject(1, UUID.class), row.getString(2), row.getString(3),
                row.getString(4), row.getString(5), row.getString(6), row.getInt(7), toInstant(row.getTimestamp(8)),
                row.getInt(9), row.getInt(10), row.getBigDecimal(11));
    }

    private static StatusResponse.PositionStatus mapPosition(ResultSet row, int number) throws SQLException {
        UUID bot = row.getObject(1, UUID.class);
        BigDecimal amount = row.getBigDecimal(5);
        BigDecimal entry = row.getBigDecimal(6);
        BigDecimal price = row.getBigDecimal(9);
        Instant priceMinute = toInstant(row.getTimestamp(10));
        boolean isLong = "buy".equals(row.getString(4));
        BigDecimal unrealizedProfit = (price == null || entry == null || !"spot".equals(row.getString(11))) ? null
                : (isLong ? price.subtract(entry) : entry.subtract(price)).multiply(amount)
                    .subtract(row.getBigDecimal(12))
                    .setScale(8, RoundingMode.HALF_EVEN);
        return new StatusResponse.PositionStatus(bot.equals(PositionRepository.NO_BOT) ? null : bot, row.getString(2),
                row.getString(3), row.getString(4), amount, entry, row.getBigDecimal(7), row.getBigDecimal(8), price,
                (priceMinute != null) ? priceMinute.plus(1, ChronoUnit.MINUTES) : null, unrealizedProfit);
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp timestamp) {
        return (timestamp != null) ? timestamp.toInstant() : null;
    }

}
