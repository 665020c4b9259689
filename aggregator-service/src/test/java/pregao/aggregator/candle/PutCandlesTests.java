package pregao.aggregator.candle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.devcluster.postgres.DatabaseCredentials;
import pregao.pipeline.offset.SqlErrorClass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the function {@code market.put_candles}. {@link FinalityPropertyTests} tests
 * its decisions.
 */
@Tag("store")
class PutCandlesTests {

    private static final String CALL = """
            select p.item, p.status, p.conflict, p.revision
            from market.put_candles(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::numeric[], ?::numeric[],
                ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[], ?::text[], ?::boolean[]) p
            where p.item is not null""";

    private static int feedCount;

    static String feed() {
        return "put-%d-%d".formatted(ProcessHandle.current().pid(), feedCount++);
    }

    @Test
    void refusesTheSameCandleTwiceInACall() throws SQLException {
        Candle candle = candle(feed(), 0, 5, CandleSource.GIVEN);
        try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
            for (int iteration = 0; iteration < 2; iteration++) {
                assertThatThrownBy(() -> put(connection, List.of(candle, candle))).isInstanceOf(SQLException.class)
                    .hasMessageContaining("each candle once a call");
                put(connection, List.of(candle));
            }
        }
    }

    @Test
    void refusesWordsItDoesNotKnow() throws SQLException {
        String sql = "select * from market.put_candles(array['f'], array['S'], array['M2'], array[now()],"
                + " array[1], array[1], array[1], array[1], array[1], array[null::numeric], array[null],"
                + " array['given'], array[true])";
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("timeframes M1 to D1");
        }
    }

    @Test
    void refusesAnActionItDoesNotKnow() throws SQLException {
        String sql = "select * from market.put_candles(array['f'], array['S'], array['M1'], array[now()],"
                + " array[1], array[1], array[1], array[1], array[1], array[null::numeric], array[null],"
                + " array['given'], array[true], p_action => 'delete')";
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("accept, undo, withdraw or remove");
        }
    }

    @Test
    void isOpenToIngestAndToNobodyElse() throws SQLException {
        List<Candle> candles = List.of(candle(feed(), 0, 5, CandleSource.GIVEN));
        try (Connection ingest = as("pregao_ingest")) {
            assertThat(put(ingest, candles)).singleElement().extracting(Row::status).isEqualTo("inserted");
            assertThatThrownBy(() -> execute(ingest, "update market.candle set open = 1"))
                .hasMessageContaining("permission denied");
            execute(ingest, "select * from market.market_data where symbol = 'A' limit 1");
        }
        try (Connection indicators = as("pregao_indicators")) {
            assertThatThrownBy(() -> put(indicators, candles)).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(indicators, "select * from market.aggregator_state limit 1"))
                .hasMessageContaining("permission denied");
            execute(indicators, "select * from market.feed limit 1");
            execute(indicators, "select * from market.market_data_h1 where symbol = 'A' limit 1");
        }
    }

    private static Connection as(String role) throws SQLException {
        DatabaseCredentials login = AggregatorTestEnvironment.postgres().login(role);
        return java.sql.DriverManager.getConnection("jdbc:" + AggregatorTestEnvironment.postgres().url(), login.user(),
                login.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void bearsManyCallersAtOnce() throws Exception {
        String feed = feed();
        int callers = 4;
        CountDownLatch start = new CountDownLatch(callers);
        AtomicInteger collisions = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                Random random = new Random(caller);
                futures.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    for (int i = 0; i < 60; i++) {
                        putUntilDone(feed, random, collisions);
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get(120, TimeUnit.SECONDS);
            }
        }
        // All calls lock rows in the same order, so callers wait for each other instead
        // of colliding.
        assertThat(collisions).hasValue(0);
    }

    @Test
    void knowsLaterCandlesThatAnotherCallerPutsMeanwhile() throws Exception {
        String feed = feed();
        try (Connection earlier = AggregatorTestEnvironment.database().getConnection();
                Connection later = AggregatorTestEnvironment.database().getConnection();
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            later.setAutoCommit(false);
            assertThat(put(later, createUnmarked(feed, 10))).extracting(Row::revision).containsExactly(1, 1, 0);
            int waiting = findProcessId(earlier);
            Future<List<Row>> put = pool.submit(() -> put(earlier, createUnmarked(feed, 0)));
            await().until(() -> isWaiting(waiting));
            later.commit();

            assertThat(put.get(20, TimeUnit.SECONDS)).containsExactly(new Row(1, "inserted", false, 1),
                    new Row(2, "inserted", false, 1), new Row(3, "inserted", false, 1));
        }
    }

    /** The ticks of another instrument do not count, and old ticks of this one do. */
    @Test
    void knowsUpToWhenTheTicksOfAnInstrumentAreClosed() throws SQLException {
        assertThat(revisionsWhereTicksAreClosed("T", 60_000)).containsExactly(1, 1, 0);
        assertThat(revisionsWhereTicksAreClosed("S", 60_000)).containsExactly(1, 0, 0);
        assertThat(revisionsWhereTicksAreClosed("S", 259_200_000)).containsExactly(1, 1, 0);
    }

    private static List<Integer> revisionsWhereTicksAreClosed(String symbol, long until) throws SQLException {
        String feed = feed();
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection
                    .prepareStatement("insert into market.tick_series (feed, symbol, closed_until) values (?, ?, ?)")) {
            statement.setString(1, feed);
            statement.setString(2, symbol);
            statement.setObject(3, Instant.ofEpochMilli(until).atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
            return put(connection, createUnmarked(feed, 0)).stream().map(Row::revision).toList();
        }
    }

    private static List<Candle> createUnmarked(String feed, int first) {
        List<Candle> candles = new ArrayList<>();
        for (int minute = first; minute < first + 3; minute++) {
            candles.add(new Candle(new Instrument(feed, "S"), Timeframe.M1, minute * 60_000L, 5, 5, 5, 5,
                    BigDecimal.ONE, null, CandleSource.GIVEN, false, 0));
        }
        return candles;
    }

    private static int findProcessId(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static boolean isWaiting(int pid) throws SQLException {
        try (Connection connection = AggregatorTestEnvironment.database().getConnection();
                PreparedStatement statement = connection
                    .prepareStatement("select from pg_stat_activity where pid = ? and wait_event_type = 'Lock'")) {
            statement.setInt(1, pid);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private static void putUntilDone(String feed, Random random, AtomicInteger collisions) throws SQLException {
        List<Candle> candles = new ArrayList<>();
        for (int key = 0; key < 60; key++) {
            candles.add(candle(feed, key, 5 + random.nextInt(3), CandleSource.TICKS));
        }
        Collections.shuffle(candles, random);
        for (int tries = 0; tries < 20; tries++) {
            try (Connection connection = AggregatorTestEnvironment.database().getConnection()) {
                put(connection, candles);
                return;
            }
            catch (SQLException ex) {
                if (SqlErrorClass.of(ex) != SqlErrorClass.COLLISION) {
                    throw ex;
                }
                collisions.incrementAndGet();
            }
        }
        throw new AssertionError("collides for ever");
    }

    private static Candle candle(String feed, int key, long price, CandleSource source) {
        return new Candle(new Instrument(feed, "S" + key % 3), Timeframe.M1, key * 60_000L, price, price, price, price,
                BigDecimal.ONE, null, source, true, 0);
    }

    static List<Row> put(Connection connection, List<Candle> candles) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CALL)) {
            new CandleSqlArrays(candles).bind(statement);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(result.getInt(1), result.getString(2), result.getBoolean(3), result.getInt(4)));
                }
            }
        }
        return rows;
    }

    /**
     * A row of the result.
     */
    record Row(int item, String status, boolean conflict, int revision) {
    }

}
