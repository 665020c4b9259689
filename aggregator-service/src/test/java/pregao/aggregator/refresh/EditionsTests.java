package pregao.aggregator.refresh;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.aggregator.candle.CandleRepository;
import pregao.contracts.Instrument;
import pregao.contracts.Prices;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.feed.BucketGrid;
import pregao.devcluster.postgres.Database;
import pregao.devcluster.postgres.TemporaryDatabase;
import pregao.market.candle.CandleRollup;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every edition of the database returns the same results, with TimescaleDB and
 * without.
 */
@Tag("store")
class EditionsTests {

    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private static final long NOW = Instant.parse("2026-04-02T00:00:00Z").toEpochMilli();

    private static int instrumentCount;

    private final DataSource database = AggregatorTestEnvironment.database();

    private static Instrument instrument() {
        return new Instrument("editions-%d-%d".formatted(ProcessHandle.current().pid(), instrumentCount++),
                "EDITIONS" + instrumentCount);
    }

    /**
     * Returns five days of minutes with gaps, some of them still forming, with spreads in
     * two units.
     */
    private static List<Candle> minutes(Instrument instrument, long seed) {
        Random random = new Random(seed);
        List<Candle> minutes = new ArrayList<>();
        for (long time = START; time < START + 5 * Timeframe.D1.millis(); time += Timeframe.M1.millis()) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            long open = 100_000_000L + random.nextInt(1_000_000);
            long close = 100_000_000L + random.nextInt(1_000_000);
            Spread spread = (random.nextInt(9) == 0) ? null : new Spread(random.nextInt(900), random.nextInt(40) == 0);
            minutes.add(new Candle(instrument, Timeframe.M1, time, open, Math.max(open, close) + random.nextInt(9),
                    Math.min(open, close) - random.nextInt(9), close, BigDecimal.valueOf(random.nextInt(100)), spread,
                    CandleSource.TICKS, random.nextInt(20) > 0, 0));
        }
        return minutes;
    }

    private static void put(DataSource dataSource, List<Candle> candles) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            new CandleRepository().put(connection, candles);
        }
    }

    private static List<String> computeExpected(List<Candle> minutes, Timeframe timeframe) {
        List<Candle> finalMinutes = minutes.stream().filter(Candle::isFinal).toList();
        List<String> rows = new ArrayList<>();
        for (long bucket : new TreeSet<>(
                finalMinutes.stream().map((minute) -> timeframe.bucketStart(minute.openTime())).toList())) {
            List<Candle> bucketMinutes = finalMinutes.stream()
                .filter((minute) -> timeframe.bucketStart(minute.openTime()) == bucket)
                .toList();
            Candle candle = Objects.requireNonNull(CandleRollup.of(BucketGrid.UTC, timeframe, bucketMinutes, true));
            Spread spread = candle.spread();
            rows.add(String.join(" ", timeframe.name(), Instant.ofEpochMilli(bucket).toString(),
                    Prices.toText(candle.open()), Prices.toText(candle.high()), Prices.toText(candle.low()),
                    Prices.toText(candle.close()), candle.volume().toPlainString(),
                    (spread != null) ? Prices.toText(spread.units()) : "none", Integer.toString(bucketMinutes.size())));
        }
        return rows;
    }

    private static List<String> findStored(DataSource dataSource, Instrument instrument, Timeframe timeframe)
            throws SQLException {
        return rows(dataSource, """
                select concat_ws(' ', timeframe, to_char(ts, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), trim_scale(open),
                    trim_scale(high), trim_scale(low), trim_scale(close), trim_scale(volume),
                    coalesce(trim_scale(spread)::text, 'none'), minutes)
                from market_data_%s where feed = '%s' and symbol = '%s' and ts >= '2026-03-01' order by ts"""
            .formatted(timeframe.name().toLowerCase(java.util.Locale.ROOT), instrument.feed(), instrument.symbol()));
    }

    private static List<String> rows(DataSource dataSource, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        }
        return rows;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Requests a refresh of days, as if candles of them had changed. */
    private void requestRefresh(int... days) throws SQLException {
        Instrument any = new Instrument("any", "ANY");
        List<Candle> changed = Arrays.stream(days)
            .mapToObj((day) -> new Candle(any, Timeframe.M1, START + day * Timeframe.D1.millis() + 60_000, 1, 1, 1, 1,
                    BigDecimal.ONE, null, CandleSource.TICKS, true, 1))
            .toList();
        try (Connection connection = this.database.getConnection()) {
            RefreshRequestRepository.add(connection, Stream.concat(changed.stream(), changed.stream()), NOW);
        }
    }

    /** Executes the pending refresh requests at once. */
    private static void refresh(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            ContinuousAggregateRefresher refresher = new ContinuousAggregateRefresher(connection);
            if (refresher.hasContinuousAggregates()) {
                assertThat(refresher.tryLock()).isTrue();
                refresher.refreshRequested();
                execute(connection, "select pg_advisory_unlock_all()");
            }
        }
    }

    private static void assertSame(DataSource dataSource, Instrument instrument, List<Candle> minutes)
            throws SQLException {
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            assertThat(findStored(dataSource, instrument, timeframe)).as("%s", timeframe)
                .isEqualTo(computeExpected(minutes, timeframe));
        }
    }

    @Test
    void isTheEditionThatTheServerCanBe() throws SQLException {
        assertThat(rows(this.database, "select market.edition()")).containsExactly(AggregatorTestEnvironment.EDITION);
    }

    @Test
    void makesLongerCandlesOfFinalMinutes() throws SQLException {
        Instrument instrument = instrument();
        List<Candle> minutes = minutes(instrument, 1);
        put(this.database, minutes);
        requestRefresh(0, 1, 2, 3, 4);
        refresh(this.database);
        assertSame(this.database, instrument, minutes);
    }

    @Test
    void answersTheQueryOfOldPanels() throws SQLException {
        Instrument instrument = instrument();
        List<Candle> minutes = minutes(instrument, 2);
        put(this.database, minutes);
        try (Connection connection = AggregatorTestEnvironment.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement
                    .executeQuery("SELECT * FROM market_data WHERE symbol='%s' ORDER BY ts DESC LIMIT 10"
                        .formatted(instrument.symbol()))) {
            for (Candle minute : minutes.reversed().subList(0, 10)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp("ts").getTime()).isEqualTo(minute.openTime());
                assertThat(Prices.of(rows.getBigDecimal("close"))).isEqualTo(minute.close());
                assertThat(rows.getString("timeframe")).isEqualTo("M1");
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void hasTheSameColumnsAndReadersInEveryEdition() throws SQLException {
        for (Timeframe timeframe : Timeframe.ROLLED_UP) {
            String view = "market_data_" + timeframe.name().toLowerCase(java.util.Locale.ROOT);
            assertThat(rows(this.database, """
                    select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute
                    where attrelid = 'market.%s'::regclass and attnum > 0 order by attnum""".formatted(view)))
                .containsExactly("symbol text", "timeframe text", "ts timestamp with time zone", "open numeric(20,8)",
                        "high numeric(20,8)", "low numeric(20,8)", "close numeric(20,8)", "volume numeric(38,8)",
                        "spread numeric(20,8)", "feed text", "minutes bigint", "tick_volume numeric(38,8)");
            assertThat(rows(this.database, """
                    select bool_and(has_table_privilege(r, 'market.%s', 'select'))
                    from unnest(array['pregao_ingest', 'pregao_indicators']) r""".formatted(view)))
                .containsExactly("t");
        }
    }

    /** In all editions, changes are visible at once, even before a refresh. */
    @Test
    void showsAtOnceWhatChangedBehindTheAggregates() throws SQLException {
        Instrument instrument = instrument();
        List<Candle> minutes = minutes(instrument, 3);
        put(this.database, minutes);
        requestRefresh(0, 1, 2, 3, 4);
        assertSame(this.database, instrument, minutes);
        refresh(this.database);
        assertSame(this.database, instrument, minutes);
        List<Candle> changed = minutes(instrument, 3).stream()
            .map((minute) -> createProvided(minute, 999_000_000L))
            .toList();
        put(this.database, changed);
        requestRefresh(0, 1, 2, 3, 4);
        requestRefresh(0, 3);
        requestRefresh(40);
        assertThat(rows(this.database, "select distinct to_char(from_ts, 'MM-DD') from market.refresh_wish order by 1"))
            .isEqualTo(AggregatorTestEnvironment.EDITION.equals("full")
                    ? List.of("03-02", "03-03", "03-04", "03-05", "03-06") : List.of());
        assertSame(this.database, instrument, changed);
        refresh(this.database);
        assertThat(rows(this.database, "select from_ts from market.refresh_wish")).isEmpty();
        assertSame(this.database, instrument, changed);
    }

    /** A range is refreshed in parts, while the policies run. */
    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void neverHidesARowWhileItRefreshes() throws Exception {
        Instrument instrument = instrument();
        List<Candle> minutes = minutes(instrument, 6);
        put(this.database, minutes);
        requestRefresh(0, 1, 2, 3, 4);
        Map<Timeframe, List<String>> expected = new EnumMap<>(Timeframe.class);
        Timeframe.ROLLED_UP.forEach((timeframe) -> expected.put(timeframe, computeExpected(minutes, timeframe)));
        AtomicBoolean isRefreshed = new AtomicBoolean();
        Thread refresher = Thread.ofPlatform().start(() -> {
            try {
                refresh(this.database);
            }
            catch (SQLException ex) {
                throw new IllegalStateException(ex);
            }
            finally {
                isRefreshed.set(true);
            }
        });
        do {
            for (Timeframe timeframe : Timeframe.ROLLED_UP) {
                assertThat(findStored(this.database, instrument, timeframe)).as("%s", timeframe)
                    .isEqualTo(expected.get(timeframe));
            }
        }
        while (!isRefreshed.get());
        refresher.join();
        assertSame(this.database, instrument, minutes);
    }

    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void writesNoLinesOfARefreshIntoTheServerLog() throws SQLException {
        try (Connection connection = this.database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(new ContinuousAggregateRefresher(connection).tryLock()).isTrue();
            try (ResultSet row = statement.executeQuery("show log_min_messages")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("fatal");
            }
            execute(connection, "reset log_min_messages; select pg_advisory_unlock_all()");
        }
    }

    @Test
    void requestsARefreshOfWhatAnAggregateMayHavePassed() throws SQLException {
        Instrument any = new Instrument("any", "ANY");
        List<Candle> minutes = new ArrayList<>();
        for (int age : new int[] { 0, 4, 6, 90 }) {
            minutes.add(new Candle(any, Timeframe.M1, NOW + Timeframe.H1.millis() - age * 60_000L, 1, 1, 1, 1,
                    BigDecimal.ONE, null, CandleSource.TICKS, true, 1));
        }
        try (Connection connection = this.database.getConnection()) {
            RefreshRequestRepository.add(connection, minutes.stream().limit(2), NOW + Timeframe.H1.millis());
            assertThat(rows(this.database, "select from_ts from market.refresh_wish")).isEmpty();
            RefreshRequestRepository.add(connection, minutes.stream(), NOW + Timeframe.H1.millis());
        }
        assertThat(rows(this.database, "select to_char(from_ts, 'MM-DD') from market.refresh_wish order by 1"))
            .isEqualTo(AggregatorTestEnvironment.EDITION.equals("full") ? List.of("04-01", "04-02") : List.of());
        refresh(this.database);
    }

    /**
     * Creates a database without the extension, before the first connection: sessions
     * that have loaded the extension look for it after it is dropped.
     */
    private static Database withoutExtension() throws SQLException {
        Database dataSource = TemporaryDatabase.make(System.getenv());
        try (Connection superuser = dataSource.connect()) {
            execute(superuser, "drop extension timescaledb");
        }
        return dataSource;
    }

    private static Candle createProvided(Candle minute, long high) {
        return new Candle(minute.instrument(), Timeframe.M1, minute.openTime(), minute.open(), high, minute.low(),
                minute.close(), minute.volume(), minute.spread(), CandleSource.GIVEN, true, 0);
    }

    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = ".+", disabledReason = "needs TimescaleDB")
    void becomesMoreWhereTheExtensionComesLater() throws SQLException {
        try (Database later = withoutExtension();
                com.zaxxer.hikari.HikariDataSource owner = (com.zaxxer.hikari.HikariDataSource) AggregatorTestEnvironment
                    .pool(later, "later")) {
            AggregatorTestEnvironment.migrate(owner);
            assertThat(rows(owner, "select market.edition()")).containsExactly("none");
            Instrument instrument = instrument();
            List<Candle> minutes = minutes(instrument, 4);
            put(owner, minutes);
            assertSame(owner, instrument, minutes);
            owner.getHikariPoolMXBean().softEvictConnections();
            try (Connection superuser = later.connect()) {
                execute(superuser, "create extension timescaledb");
            }
            AggregatorTestEnvironment.migrate(owner);
            AggregatorTestEnvironment.migrate(owner);
            assertThat(rows(owner, "select market.edition()")).containsExactly(AggregatorTestEnvironment.EDITION);
            assertThat(rows(owner,
                    "select hypertable_name from timescaledb_information.hypertables"
                            + " where hypertable_schema = 'market' order by 1"))
                .containsExactly("candle", "indicator", "market_data_raw");
            assertSame(owner, instrument, minutes);
            refresh(owner);
            assertSame(owner, instrument, minutes);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "pregao.test.edition", matches = "full", disabledReason = "needs the full edition")
    void takesLateCandlesIntoTheColumnstore() throws SQLException {
        Instrument instrument = instrument();
        List<Candle> minutes = minutes(instrument, 5);
        put(this.database, minutes);
        try (Connection connection = this.database.getConnection()) {
            execute(connection, "select compress_chunk(c, true) from show_chunks('market.candle') c");
            execute(connection, "select compress_chunk(c, true) from show_chunks('market.continuous_m5') c");
        }
        List<Candle> late = new ArrayList<>(
                minutes.stream().map((minute) -> createProvided(minute, 999_000_000L)).toList());
        put(this.database, late);
        requestRefresh(0, 1, 2, 3, 4);
        refresh(this.database);
        assertSame(this.database, instrument, late);
    }

}
