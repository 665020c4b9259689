package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import pregao.contracts.candle.Candle;

/**
 * Which feeds tell of the past as if it were now: their prices are never too old, and a
 * price within a minute may come long before it is known what was decided at its begin.
 */
final class Feeds {

    private static final long OLD = Duration.ofSeconds(15).toMillis();

    private static final long MINUTE = 60_000;

    private Set<String> replays = Set.of();

    void refresh(Connection connection) throws SQLException {
        Set<String> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("select feed from market.feed where event_time");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        this.replays = found;
    }

    boolean isReplay(String feed) {
        return this.replays.contains(feed);
    }

    /** Whether a minute that is over came too late to be acted on. */
    boolean isStale(Candle candle, long now) {
        return !isReplay(candle.instrument().feed()) && now - (candle.openTime() + MINUTE) > OLD;
    }

}
