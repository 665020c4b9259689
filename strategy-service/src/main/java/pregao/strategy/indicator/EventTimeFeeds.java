package pregao.strategy.indicator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import pregao.contracts.candle.Candle;

/**
 * Which feeds tell of the past as if it were now: their prices are never too old, and a
 * price within a minute may come long before it is known what was decided at its begin.
 */
final class EventTimeFeeds {

    private static final long MAX_AGE_MILLIS = Duration.ofSeconds(15).toMillis();

    private static final long MINUTE_MILLIS = 60_000;

    /**
     * A feed's grid changes with the rebuild of its stored candles, not with the setting.
     */
    private static final String SELECT = """
            select f.feed, f.event_time,
              (select max(g.changed_at)::text from market.instrument_grid g where g.feed = f.feed and g.target is null)
            from market.feed f""";

    private Set<String> replayFeeds = Set.of();

    private Map<String, String> gridVersions = Map.of();

    /**
     * Reads the settings.
     * @return feeds whose stored candles got another grid since they were read before
     */
    Set<String> refresh(Connection connection) throws SQLException {
        Set<String> replays = new HashSet<>();
        Map<String, String> versions = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                versions.put(row.getString(1), String.valueOf(row.getString(3)));
                if (row.getBoolean(2)) {
                    replays.add(row.getString(1));
                }
            }
        }
        this.replayFeeds = replays;
        Map<String, String> previousVersions = this.gridVersions;
        this.gridVersions = versions;
        return versions.entrySet()
            .stream()
            .filter((entry) -> previousVersions.containsKey(entry.getKey())
                    && !entry.getValue().equals(previousVersions.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    }

    boolean isReplay(String feed) {
        return this.replayFeeds.contains(feed);
    }

    /** Whether a minute that is over came too late to be acted on. */
    boolean isStale(Candle candle, long now) {
        return !isReplay(candle.instrument().feed()) && now - (candle.openTime() + MINUTE_MILLIS) > MAX_AGE_MILLIS;
    }

}
