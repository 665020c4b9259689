package pregao.aggregator.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import pregao.contracts.feed.Feed;
import pregao.pipeline.offset.RetryingTransaction;

/**
 * The table {@code market.feed}, for those who know feeds only from the database.
 */
final class FeedRepository {

    private static final String PUT = """
            insert into market.feed (feed, price_basis, clock, close_after_ms, calendar, event_time, day_zone)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::boolean[], ?::text[])
            on conflict (feed) do update
            set price_basis = excluded.price_basis, clock = excluded.clock, close_after_ms = excluded.close_after_ms,
                calendar = excluded.calendar, event_time = excluded.event_time, day_zone = excluded.day_zone,
                updated_at = now(),
                candles_changed_at = case
                    when (feed.price_basis, feed.day_zone) is distinct from (excluded.price_basis, excluded.day_zone)
                    then now() else feed.candles_changed_at end
            where (feed.price_basis, feed.clock, feed.close_after_ms, feed.calendar, feed.event_time, feed.day_zone)
                  is distinct from
                  (excluded.price_basis, excluded.clock, excluded.close_after_ms, excluded.calendar,
                   excluded.event_time, excluded.day_zone)""";

    private static final String REMOVE = "delete from market.feed where feed = any (?::text[])";

    private final DataSource database;

    FeedRepository(DataSource database) {
        this.database = database;
    }

    /**
     * Writes settings and removes those that were deleted, in one transaction. Other rows
     * stay: they may be of feeds that this replica has not read yet.
     */
    void write(Collection<Feed> feeds, Collection<String> deleted) throws SQLException {
        RetryingTransaction.run(this.database, (connection) -> {
            write(connection, feeds, deleted);
            return feeds;
        });
    }

    private static void write(Connection connection, Collection<Feed> feeds, Collection<String> deleted)
            throws SQLException {
        List<Feed> rows = new ArrayList<>(feeds);
        // Two replicas that lock rows in one order do not wait for each other in a
        // circle.
        rows.sort((one, other) -> one.name().compareTo(other.name()));
        String[] names = rows.stream().map(Feed::name).toArray(String[]::new);
        try (PreparedStatement put = connection.prepareStatement(PUT);
                PreparedStatement remove = connection.prepareStatement(REMOVE)) {
            put.setObject(1, names);
            put.setObject(2, rows.stream().map((feed) -> lower(feed.basis())).toArray(String[]::new));
            put.setObject(3, rows.stream().map((feed) -> feed.clock().text()).toArray(String[]::new));
            put.setObject(4, rows.stream().mapToInt((feed) -> (int) feed.closeAfter().toMillis()).toArray());
            put.setObject(5, rows.stream().map((feed) -> lower(feed.calendar())).toArray(String[]::new));
            put.setObject(6, rows.stream().map(Feed::eventTime).toArray(Boolean[]::new));
            put.setObject(7, rows.stream().map((feed) -> feed.dayZone().text()).toArray(String[]::new));
            put.executeUpdate();
            remove.setObject(1, deleted.stream().sorted().toArray(String[]::new));
            remove.executeUpdate();
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

}
