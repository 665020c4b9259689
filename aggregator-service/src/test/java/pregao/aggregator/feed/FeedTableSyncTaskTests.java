package pregao.aggregator.feed;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.PriceBasis;
import pregao.contracts.feed.Feed;
import pregao.contracts.feed.FeedClock;
import pregao.contracts.feed.TradingCalendar;

/**
 * Tests for {@link FeedTableSyncTask} with a real database.
 */
class FeedTableSyncTaskTests {

    private static final Feed TERMINAL = new Feed("feeds-mt5", PriceBasis.BID,
            FeedClock.parse("America/New_York+07:00"), FeedClock.parse("Europe/Athens"), Duration.ofMillis(1500),
            TradingCalendar.FX, true);

    private static final String TERMINAL_ROW = "feeds-mt5 bid America/New_York+07:00 1500 fx t Europe/Athens";

    private static final String CRYPTO_ROW = "feeds-binance mid UTC 1000 auto f UTC";

    private final FeedRegistry feeds = new FeedRegistry();

    private final AtomicBoolean caughtUp = new AtomicBoolean(true);

    private final AtomicInteger failures = new AtomicInteger();

    private final AtomicInteger unexpected = new AtomicInteger();

    private final FeedTableSyncTask writer = new FeedTableSyncTask(this.feeds, failing(), this.caughtUp::get);

    @AfterEach
    void stop() throws SQLException {
        this.writer.stop();
        execute("delete from market.feed where feed like 'feeds-%'");
    }

    @Test
    void keepsTheTableAsTheTopicIs() {
        this.feeds.put(TERMINAL);
        this.writer.start();
        awaitRows(TERMINAL_ROW);
        this.feeds.put(Feed.named("feeds-binance"));
        awaitRows(CRYPTO_ROW, TERMINAL_ROW);
        this.feeds.put(Feed.named("feeds-mt5"));
        awaitRows(CRYPTO_ROW, "feeds-mt5 mid UTC 1000 auto f UTC");
        this.feeds.remove("feeds-mt5");
        awaitRows(CRYPTO_ROW);
    }

    @Test
    void changesNothingWhereTheDeletionFails() throws SQLException {
        this.feeds.put(TERMINAL);
        this.writer.start();
        awaitRows(TERMINAL_ROW);
        execute("""
                create function market.keep() returns trigger language plpgsql as $$
                begin
                    raise exception 'kept' using errcode = 'insufficient_privilege';
                end $$;
                create trigger keep before delete on market.feed for each row execute function market.keep()""");
        try {
            this.feeds.remove("feeds-mt5");
            this.feeds.put(Feed.named("feeds-binance"));
            Awaitility.await("several tries")
                .during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(10))
                .until(FeedTableSyncTaskTests::rows, List.of(TERMINAL_ROW)::equals);
        }
        finally {
            execute("drop trigger keep on market.feed; drop function market.keep()");
        }
        awaitRows(CRYPTO_ROW);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void triesAgainUntilTheDatabaseTakesIt() {
        this.failures.set(1);
        this.feeds.put(TERMINAL);
        this.writer.start();
        awaitRows(TERMINAL_ROW);
    }

    @Test
    void goesOnAfterAnExceptionThatIsNotOfTheDatabase() {
        this.unexpected.set(1);
        this.feeds.put(TERMINAL);
        this.writer.start();
        awaitRows(TERMINAL_ROW);
    }

    @Test
    void keepsRowsOfFeedsThatItHasNotRead() {
        this.feeds.put(TERMINAL);
        this.writer.start();
        awaitRows(TERMINAL_ROW);
        this.writer.stop();

        this.caughtUp.set(false);
        FeedRegistry anew = new FeedRegistry();
        FeedTableSyncTask next = new FeedTableSyncTask(anew, failing(), this.caughtUp::get);
        next.start();
        try {
            Awaitility.await("a second look")
                .during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> rows().contains(TERMINAL_ROW));
            anew.put(Feed.named("feeds-binance"));
            this.caughtUp.set(true);
            awaitRows(CRYPTO_ROW, TERMINAL_ROW);
            anew.remove("feeds-mt5");
            awaitRows(CRYPTO_ROW);
        }
        finally {
            next.stop();
        }
    }

    private static void awaitRows(String... rows) {
        Awaitility.await("feeds in the table")
            .atMost(Duration.ofSeconds(20))
            .until(FeedTableSyncTaskTests::rows, List.of(rows)::equals);
    }

    private static List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("""
                        select concat_ws(' ', feed, price_basis, clock, close_after_ms, calendar, event_time, day_zone)
                        from market.feed where feed like 'feeds-%' order by feed""")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    /** A data source that fails a given number of times. */
    private DataSource failing() {
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(),
                new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> {
                    if (this.failures.getAndUpdate((remaining) -> Math.max(0, remaining - 1)) > 0) {
                        throw new SQLException("away");
                    }
                    if (this.unexpected.getAndUpdate((remaining) -> Math.max(0, remaining - 1)) > 0) {
                        throw new IllegalStateException("in a test");
                    }
                    return method.invoke(AggregatorTestEnvironment.database(), arguments);
                });
    }

}
