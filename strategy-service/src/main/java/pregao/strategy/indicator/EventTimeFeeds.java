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
 * The feeds that run on event time, such as replays of past data. Their candles are never
 * stale. Their forming candles are not used, because a price within a minute may arrive
 * long before the decision at the start of that minute is known.
 */
final class EventTimeFeeds {

    private static final long MAX_AGE_MILLIS = Duration.ofSeconds(15).toMillis();

    private static final long MINUTE_MILLIS = 60_000;

    /**
     * The grid changes when the stored candles are rebuilt, not when the setting changes.
     */
    private static final String SELECT = """
            select f.feed, f.event_time,
              (select max(g.changed_at)::text from market.instrument_grid g where g.feed = f.feed and g.target is null)
            from market.feed f""";

    private Set<String> replayFeeds = Set.of();

    private Map<String, String> gridVersions = Map.of();

    /**
     * Reads the feed settings.
     * @return the feeds whose stored candles were rebuilt on another grid since the last
     * call
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

    /** Returns whether a final candle is too old to act on. */
    boolean isStale(Candle candle, long now) {
        return !isReplay(candle.instrument().feed()) && now - (candle.openTime() + MINUTE_MILLIS) > MAX_AGE_MILLIS;
    }

}
