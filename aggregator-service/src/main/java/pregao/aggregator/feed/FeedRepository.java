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
 * The table {@code market.feed}, for SQL and for services that read feeds only from the
 * database.
 */
final class FeedRepository {

    private static final String UPSERT = """
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

    private static final String DELETE = "delete from market.feed where feed = any (?::text[])";

    private final DataSource dataSource;

    FeedRepository(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Writes settings and deletes removed ones, in one transaction. Other rows stay,
     * because they may belong to feeds that this replica has not read yet.
     */
    void write(Collection<Feed> feeds, Collection<String> deletedNames) throws SQLException {
        RetryingTransaction.run(this.dataSource, (connection) -> {
            write(connection, feeds, deletedNames);
            return feeds;
        });
    }

    private static void write(Connection connection, Collection<Feed> feeds, Collection<String> deletedNames)
            throws SQLException {
        List<Feed> sortedFeeds = new ArrayList<>(feeds);
        // Replicas that lock rows in the same order cannot deadlock.
        sortedFeeds.sort((left, right) -> left.name().compareTo(right.name()));
        String[] names = sortedFeeds.stream().map(Feed::name).toArray(String[]::new);
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
                PreparedStatement delete = connection.prepareStatement(DELETE)) {
            upsert.setObject(1, names);
            upsert.setObject(2, sortedFeeds.stream().map((feed) -> toLowerCase(feed.basis())).toArray(String[]::new));
            upsert.setObject(3, sortedFeeds.stream().map((feed) -> feed.clock().text()).toArray(String[]::new));
            upsert.setObject(4, sortedFeeds.stream().mapToInt((feed) -> (int) feed.closeAfter().toMillis()).toArray());
            upsert.setObject(5,
                    sortedFeeds.stream().map((feed) -> toLowerCase(feed.calendar())).toArray(String[]::new));
            upsert.setObject(6, sortedFeeds.stream().map(Feed::eventTime).toArray(Boolean[]::new));
            upsert.setObject(7, sortedFeeds.stream().map((feed) -> feed.dayZone().text()).toArray(String[]::new));
            upsert.executeUpdate();
            delete.setObject(1, deletedNames.stream().sorted().toArray(String[]::new));
            delete.executeUpdate();
        }
    }

    private static String toLowerCase(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

}
