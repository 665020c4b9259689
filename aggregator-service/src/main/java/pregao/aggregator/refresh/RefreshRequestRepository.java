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
 * The table {@code refresh_wish}, as it is written together with the candles it is about.
 */
public final class RefreshRequestRepository {

    /**
     * No aggregate has passed a candle that is younger: that of M5 stays so far behind.
     */
    private static final Duration MIN_AGGREGATE_LAG = Duration.ofMinutes(5);

    private static final String REQUEST = "select market.request_refresh(?::timestamptz[])";

    private RefreshRequestRepository() {
    }

    /**
     * Requests a refresh of the days of those minutes that an aggregate may have passed.
     * @param connection in the transaction that stores what the minutes change
     * @param minutes M1 candles that changed or were removed
     * @param now epoch milliseconds
     * @throws SQLException where the database refuses
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
