package pregao.strategy.trade;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import pregao.market.protection.ClosedTradeInfo;

/**
 * The table of closed trades. Its methods run in the transaction of the caller.
 */
public final class TradeRepository {

    private static final String INSERT = """
            insert into strategy.trade (id, person, account, money, bot, feed, symbol, side, opened_at, closed_at, entry,
              exit, amount, level, fees, profit, worth, reason, ambiguous, kind)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing""";

    private static final String SELECT_RECENT = """
            select feed || '|' || symbol, closed_at, profit, worth, reason from strategy.trade
            where bot = ? order by closed_at desc, id desc limit ?""";

    private static final String UPSERT_TOTALS = """
            insert into strategy.bot_total as t (bot, trades, wins, won, lost, fees, peak, drawdown, ambiguous)
            values (?, 1, ?, ?, ?, ?, greatest(?, 0), greatest(-?, 0), ?)
            on conflict (bot) do update set trades = t.trades + 1, wins = t.wins + excluded.wins,
              won = t.won + excluded.won, lost = t.lost + excluded.lost, fees = t.fees + excluded.fees,
              ambiguous = t.ambiguous + excluded.ambiguous,
              peak = greatest(t.peak, t.won - t.lost + excluded.won - excluded.lost),
              drawdown = greatest(t.drawdown, t.peak - (t.won - t.lost + excluded.won - excluded.lost))""";

    private TradeRepository() {
    }

    /**
     * Inserts trades and updates the totals of their bots.
     * @param connection the connection of the transaction
     * @param trades the trades in order of their closing
     * @throws SQLException if the database fails
     */
    public static void insert(Connection connection, Collection<ClosedTrade> trades) throws SQLException {
        if (trades.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT);
                PreparedStatement totals = connection.prepareStatement(UPSERT_TOTALS)) {
            for (ClosedTrade trade : trades) {
                bind(statement, trade);
                statement.addBatch();
                if (trade.owner().bot() != null) {
                    bindTotal(totals, trade);
                    totals.addBatch();
                }
            }
            statement.executeBatch();
            totals.executeBatch();
        }
    }

    /**
     * Returns the last trades of a bot, as input of its protections.
     * @param connection the connection to read with
     * @param bot the id of the bot
     * @param maxTrades the maximum number of trades
     * @return the trades in order of their closing; their symbols include the feed
     * @throws SQLException if the database fails
     */
    public static List<ClosedTradeInfo> findRecent(Connection connection, UUID bot, int maxTrades) throws SQLException {
        List<ClosedTradeInfo> trades = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT_RECENT)) {
            statement.setObject(1, bot);
            statement.setInt(2, maxTrades);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    trades.add(toClosedTradeInfo(row.getString(1), row.getTimestamp(2).getTime(), row.getBigDecimal(3),
                            row.getBigDecimal(4), row.getString(5)));
                }
            }
        }
        return trades.reversed();
    }

    /**
     * Converts a trade to the input of protections.
     * @param trade the closed trade
     * @return the trade, with its profit as a fraction of the notional
     */
    public static ClosedTradeInfo toClosedTradeInfo(ClosedTrade trade) {
        return toClosedTradeInfo(trade.instrument().key(), trade.closedAt(), trade.profit(), trade.worth(),
                trade.reason());
    }

    private static ClosedTradeInfo toClosedTradeInfo(String symbol, long closedAt, BigDecimal profit, BigDecimal worth,
            String reason) {
        return ClosedTradeInfo.of(symbol, closedAt, profit, worth, reason.equals("stop"));
    }

    private static void bind(PreparedStatement statement, ClosedTrade trade) throws SQLException {
        Object[] values = { trade.id(), trade.owner().person(), trade.owner().account().id(),
                trade.owner().account().money().text(), trade.owner().bot(), trade.instrument().feed(),
                trade.instrument().symbol(), trade.side().text(), toOffsetDateTime(trade.openedAt()),
                toOffsetDateTime(trade.closedAt()), trade.entry(), trade.exit(), trade.amount(), trade.level(),
                trade.fees(), trade.profit(), trade.worth(), trade.reason(), trade.ambiguous(),
                trade.side().isOption() ? "option" : "spot" };
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static void bindTotal(PreparedStatement totals, ClosedTrade trade) throws SQLException {
        BigDecimal profit = trade.profit();
        totals.setObject(1, trade.owner().bot());
        totals.setInt(2, (profit.signum() > 0) ? 1 : 0);
        totals.setBigDecimal(3, profit.max(BigDecimal.ZERO));
        totals.setBigDecimal(4, profit.negate().max(BigDecimal.ZERO));
        totals.setBigDecimal(5, trade.fees());
        totals.setBigDecimal(6, profit);
        totals.setBigDecimal(7, profit);
        totals.setInt(8, trade.ambiguous() ? 1 : 0);
    }

    private static OffsetDateTime toOffsetDateTime(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }

}
