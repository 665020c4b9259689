package pregao.aggregator.refresh;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedSet;

/**
 * The table {@code refresh_wish}, as it is written together with the candles it is about.
 */
public final class RefreshWishes {

    /**
     * The policies look back four days; every day that began later ends before they do.
     */
    private static final Duration POLICIES = Duration.ofDays(2);

    private static final String ADD = """
            insert into market.refresh_wish (from_ts, to_ts)
            select day, day + interval '24 hours' from unnest(?::timestamptz[]) day
            where market.edition() = 'full'""";

    private RefreshWishes() {
    }

    /**
     * Wishes for the days that no policy looks at any more.
     * @param connection in the transaction that changes candles of the days
     * @param days starts of days, epoch milliseconds
     * @param now epoch milliseconds
     * @throws SQLException where the database refuses
     */
    public static void add(Connection connection, Collection<SortedSet<Long>> days, long now) throws SQLException {
        String[] old = days.stream()
            .flatMap(Collection::stream)
            .filter((day) -> day < now - POLICIES.toMillis())
            .distinct()
            .map((day) -> Instant.ofEpochMilli(day).toString())
            .toArray(String[]::new);
        if (old.length == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, old);
            statement.executeUpdate();
        }
    }

}
