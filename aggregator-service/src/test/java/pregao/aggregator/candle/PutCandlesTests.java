package pregao.aggregator.candle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import pregao.aggregator.TestStack;
import pregao.loop.candle.CandleKey;
import pregao.loop.candle.StoredCandles;
import pregao.loop.fence.DatabaseFailure;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.market.candle.PutOutcome;
import pregao.market.candle.Stored;
import pregao.stack.postgres.Login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for the function {@code market.put_candles}, against the same rules in plain
 * Java.
 */
@Tag("store")
class PutCandlesTests {

    private static final String CALL = CandleArrays.CALL.replace("item, status, revision", "*");

    private static final String RELEASING = CALL.replace("?::boolean[])", "?::boolean[], ?::boolean[])");

    private static final List<Timeframe> ALL = List.of(Timeframe.values());

    private static int names;

    private static String feed() {
        return "put-%d-%d".formatted(ProcessHandle.current().pid(), names++);
    }

    @Test
    void decidesAsTheModelDoes() throws SQLException {
        long seed = 20260302;
        Random random = new Random(seed);
        String feed = feed();
        Map<CandleKey, Stored> model = new HashMap<>();
        try (Connection connection = TestStack.database().getConnection()) {
            for (int call = 0; call < 4_000; call++) {
                List<Candle> candles = randomCandles(feed, random);
                boolean[] released = randomReleases(candles.size(), random);
                List<Row> rows = put(connection, candles, released);
                assertThat(rows).hasSameSizeAs(candles);
                for (int i = 0; i < candles.size(); i++) {
                    Candle candle = candles.get(i);
                    Stored before = model.get(CandleKey.of(candle));
                    PutOutcome expected = (released != null && released[i]) ? Stored.release(before, candle)
                            : Stored.put(before, candle);
                    model.put(CandleKey.of(candle), expected.after());
                    assertThat(rows.get(i)).as("seed %d, call %d, %s", seed, call, candle)
                        .isEqualTo(Row.of(i + 1, expected));
                }
            }
            List<CandleKey> keys = List.copyOf(model.keySet());
            List<Candle> stored = StoredCandles.find(connection, keys);
            assertThat(stored).hasSameSizeAs(keys);
            for (Candle candle : stored) {
                Candle expected = Objects.requireNonNull(model.get(CandleKey.of(candle))).candle();
                assertThat(candle.sameValues(expected)).as("%s is to be %s", candle, expected).isTrue();
                assertThat(candle.withRevision(0)).extracting(Candle::source, Candle::complete)
                    .containsExactly(expected.source(), expected.complete());
                assertThat(candle.revision()).isEqualTo(expected.revision());
            }
        }
    }

    /** Most calls release nothing, and most of those do not say so. */
    private static boolean @Nullable [] randomReleases(int size, Random random) {
        int kind = random.nextInt(8);
        if (kind > 1) {
            return null;
        }
        boolean[] released = new boolean[size];
        for (int i = 0; kind == 1 && i < size; i++) {
            released[i] = random.nextInt(4) == 0;
        }
        return released;
    }

    /** Few keys and few values, so that all that can meet meets often. */
    private static List<Candle> randomCandles(String feed, Random random) {
        Map<CandleKey, Candle> candles = new LinkedHashMap<>();
        int count = 1 + random.nextInt(12);
        long age = random.nextInt(400);
        for (int i = 0; i < count; i++) {
            Timeframe timeframe = random.nextBoolean() ? Timeframe.M1 : ALL.get(random.nextInt(ALL.size()));
            Instrument instrument = new Instrument(feed, random.nextBoolean() ? "A" : "B");
            long open = 1000L + random.nextInt(2);
            boolean given = random.nextInt(3) == 0;
            Spread spread = (random.nextInt(3) == 0) ? null : new Spread(random.nextInt(2), random.nextBoolean());
            Candle candle = new Candle(instrument, timeframe, (age + random.nextInt(8)) * timeframe.millis(), open,
                    open + random.nextInt(2), open, open, BigDecimal.valueOf(random.nextInt(2)), spread,
                    given ? CandleSource.GIVEN : (timeframe == Timeframe.M1) ? CandleSource.TICKS : CandleSource.ROLLUP,
                    random.nextBoolean(), 0);
            candles.put(CandleKey.of(candle), candle);
        }
        return List.copyOf(candles.values());
    }

    @Test
    void refusesTheSameCandleTwiceInACall() throws SQLException {
        Candle candle = candle(feed(), 0, 5, CandleSource.GIVEN);
        try (Connection connection = TestStack.database().getConnection()) {
            for (int round = 0; round < 2; round++) {
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
        try (Connection connection = TestStack.database().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("timeframes M1 to D1");
        }
    }

    @Test
    void wantsToKnowOfEachCandleWhetherItIsReleased() throws SQLException {
        List<Candle> candles = List.of(candle(feed(), 0, 5, CandleSource.GIVEN));
        try (Connection connection = TestStack.database().getConnection()) {
            assertThatThrownBy(() -> put(connection, candles, new boolean[2]))
                .hasMessageContaining("of each candle whether it is released");
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
        Login login = TestStack.postgres().login(role);
        return java.sql.DriverManager.getConnection("jdbc:" + TestStack.postgres().url(), login.user(),
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
            List<Future<?>> done = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                Random random = new Random(caller);
                done.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    for (int i = 0; i < 60; i++) {
                        putUntilDone(feed, random, collisions);
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get(120, TimeUnit.SECONDS);
            }
        }
        // Each call locks in one order, so callers wait for each other and do not
        // collide.
        assertThat(collisions).hasValue(0);
    }

    private static void putUntilDone(String feed, Random random, AtomicInteger collisions) throws SQLException {
        List<Candle> candles = new ArrayList<>();
        for (int key = 0; key < 60; key++) {
            candles.add(candle(feed, key, 5 + random.nextInt(3), CandleSource.TICKS));
        }
        Collections.shuffle(candles, random);
        for (int tries = 0; tries < 20; tries++) {
            try (Connection connection = TestStack.database().getConnection()) {
                put(connection, candles);
                return;
            }
            catch (SQLException ex) {
                if (DatabaseFailure.of(ex) != DatabaseFailure.COLLISION) {
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

    private static List<Row> put(Connection connection, List<Candle> candles) throws SQLException {
        return put(connection, candles, null);
    }

    private static List<Row> put(Connection connection, List<Candle> candles, boolean @Nullable [] released)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement((released != null) ? RELEASING : CALL)) {
            new CandleArrays(candles).bind(statement);
            if (released != null) {
                statement.setObject(14, released);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(result.getInt(1), result.getString(2), result.getBoolean(3), result.getInt(4)));
                }
            }
        }
        return rows;
    }

    /**
     * A row of the answer.
     */
    private record Row(int item, String status, boolean conflict, int revision) {

        static Row of(int item, PutOutcome outcome) {
            int revision = outcome.after().candle().revision();
            return switch (outcome) {
                case PutOutcome.Inserted inserted -> new Row(item, "inserted", false, revision);
                case PutOutcome.Updated updated -> new Row(item, "updated", false, revision);
                case PutOutcome.Duplicate duplicate -> new Row(item, "duplicate", duplicate.conflict(), revision);
            };
        }

    }

}
