package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * The table {@code market.refresh_wish}, which is written in the transaction that changes
 * the candles.
 */
public final class RefreshRequestRepository {

    /**
     * No aggregate covers a younger candle: M5, which is refreshed most closely, lags by
     * this much.
     */
    private static final Duration MIN_AGGREGATE_LAG = Duration.ofMinutes(5);

    private static final String REQUEST = "select market.request_refresh(?::timestamptz[])";

    private RefreshRequestRepository() {
    }

    /**
     * Requests a refresh of the days of minutes that an aggregate may already cover.
     * @param connection the connection, in the transaction that stores the changes
     * @param minutes M1 candles that changed or were removed
     * @param now the current time, in epoch milliseconds
     * @throws SQLException if the statement fails
     */
    public static void add(Connection connection, Stream<Candle> minutes, long now) throws SQLException {
        String[] days = minutes.mapToLong(Candle::openTime)
            .filter((openTime) -> openTime < now - MIN_AGGREGATE_LAG.toMillis())
            .map((openTime) -> Math.floorDiv(openTime, Timeframe.D1.millis()))
            .distinct()
            .mapToObj((day) -> Instant.ofEpochMilli(day * Timeframe.D1.millis()).toString())
            .toArray(String[]::new);
        if (days.length == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(REQUEST)) {
            statement.setObject(1, days);
            statement.execute();
        }
    }

}
