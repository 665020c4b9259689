package pregao.aggregator.candle;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pregao.aggregator.AggregatorTestEnvironment;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.market.candle.CandleState;
import pregao.market.candle.CandleVersion;
import pregao.pipeline.candle.CandleKey;
import pregao.pipeline.candle.CandleRowMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code market.put_candles} decides as {@link MarketModel} does, for any
 * order, repetition, and interleaving of snapshots, ticks, final candles, releases,
 * accepted conflicts, and restarts.
 */
@Tag("store")
class FinalityPropertyTests {

    private static final String CALL = """
            select p.item, p.status, p.conflict, p.revision, p.final, c.symbol, c.timeframe, c.ts
            from market.put_candles(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::numeric[], ?::numeric[],
                ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[], ?::text[], ?::boolean[],
                ?::boolean[], ?::timestamptz, ?, ?::bigint[], ?::text[], ?::text[], ?::timestamptz[], ?::boolean[], ?) p
            cross join lateral (select (p.candle).*) c""";

    private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

    private static final long MINUTE = 60_000;

    private static int feedCount;

    private final Map<Long, CandleKey> releases = new HashMap<>();

    private long nextRelease = 1;

    @ParameterizedTest
    @ValueSource(longs = { 20260302, 7, 42 })
    void decidesAsTheModelDoes(long seed) throws SQLException {
        Random random = new Random(seed);
        String feed = "finality-%d-%d".formatted(ProcessHandle.current().pid(), feedCount++);
        MarketModel model = new MarketModel();
        Connection connection = AggregatorTestEnvironment.database().getConnection();
        try {
            for (int step = 0; step < 1_500; step++) {
                if (random.nextInt(200) == 0) {
                    connection.close();
                    connection = AggregatorTestEnvironment.database().getConnection();
                }
                String description = "seed %d, step %d".formatted(seed, step);
                switch (random.nextInt(17)) {
                    case 0 -> undo(connection, model, feed, random, description);
                    case 1 -> accept(connection, model, feed, random, description);
                    case 2 -> withdraw(connection, model, feed, random, description);
                    case 3 -> remove(connection, model, feed, random, description);
                    default -> put(connection, model, feed, random, description);
                }
            }
            assertStored(connection, model, feed);
        }
        finally {
            connection.close();
        }
    }

    private void put(Connection connection, MarketModel model, String feed, Random random, String description)
            throws SQLException {
        boolean isProvided = random.nextInt(3) > 0;
        Map<CandleKey, MarketModel.Item> items = new LinkedHashMap<>();
        int count = random.nextInt(isProvided ? 6 : 4) + (isProvided ? 1 : 0);
        for (int i = 0; i < count; i++) {
            Candle candle = candle(feed, random, isProvided);
            Long release = null;
            if (isProvided && random.nextInt(12) == 0) {
                candle = candle.asFinal();
                release = this.nextRelease++;
            }
            items.put(CandleKey.of(candle), new MarketModel.Item(candle, random.nextInt(3) == 0, release));
        }
        items.forEach((key, item) -> {
            if (item.release() != null) {
                this.releases.put(item.release(), key);
            }
        });
        List<CloseBoundary> closeBoundaries = new ArrayList<>();
        if (!isProvided && random.nextInt(2) == 0) {
            // One instrument has ticks; the other one has only provided candles.
            Instrument instrument = instrument(feed, random);
            closeBoundaries.add(new CloseBoundary(instrument, START + random.nextInt(30) * MINUTE,
                    instrument.symbol().equals("A")));
        }
        FinalityPromotion promotion = closeBoundaries.isEmpty() ? null
                : random.nextBoolean() ? FinalityPromotion.MINUTES : FinalityPromotion.LONGER;
        long now = START + random.nextInt(40) * MINUTE;
        List<MarketModel.Item> itemList = List.copyOf(items.values());
        Set<MarketModel.Row> expected = model.put(itemList, now, closeBoundaries, promotion);
        assertThat(call(connection, "put", itemList, now, closeBoundaries, promotion))
            .as("%s: %s", description, itemList)
            .isEqualTo(expected);
    }

    private void undo(Connection connection, MarketModel model, String feed, Random random, String description)
            throws SQLException {
        if (this.nextRelease == 1) {
            return;
        }
        long release = 1 + random.nextLong(this.nextRelease - 1);
        CandleKey key = this.releases.get(release);
        if (key == null) {
            return;
        }
        assertThat(callForOtherRows(connection, "undo", withKey(candle(feed, random, true), key), release))
            .as(description)
            .isEqualTo(model.undo(key, release));
    }

    private void accept(Connection connection, MarketModel model, String feed, Random random, String description)
            throws SQLException {
        Candle candle = candle(feed, random, true).asFinal();
        assertThat(callForOtherRows(connection, "accept", candle, null)).as(description)
            .isEqualTo(model.accept(candle));
    }

    private void withdraw(Connection connection, MarketModel model, String feed, Random random, String description)
            throws SQLException {
        Candle candle = candle(feed, random, false);
        assertThat(callForOtherRows(connection, "withdraw", candle, null)).as(description)
            .isEqualTo(model.withdraw(CandleKey.of(candle)));
    }

    private void remove(Connection connection, MarketModel model, String feed, Random random, String description)
            throws SQLException {
        Candle candle = candle(feed, random, random.nextBoolean());
        assertThat(callForOtherRows(connection, "remove", candle, null)).as(description)
            .isEqualTo(model.remove(CandleKey.of(candle)));
    }

    /** Returns the changes of candles that are not items of the call. */
    private static Set<MarketModel.Row> callForOtherRows(Connection connection, String action, Candle candle,
            @Nullable Long release) throws SQLException {
        Set<MarketModel.Row> rows = call(connection, action, List.of(new MarketModel.Item(candle, false, release)),
                START, List.of(), null);
        rows.removeIf((row) -> row.item() > 0);
        return rows;
    }

    private static Candle withKey(Candle candle, CandleKey key) {
        return new Candle(key.instrument(), key.timeframe(), key.openTime(), candle.open(), candle.high(), candle.low(),
                candle.close(), candle.volume(), candle.spread(), candle.source(), candle.isFinal(), 0);
    }

    private static Instrument instrument(String feed, Random random) {
        return new Instrument(feed, random.nextBoolean() ? "A" : "B");
    }

    /**
     * Creates candles with few buckets and few values, so that they meet often in every
     * combination.
     */
    private static Candle candle(String feed, Random random, boolean isProvided) {
        Timeframe timeframe = (random.nextInt(4) > 0) ? Timeframe.M1 : Timeframe.M5;
        long open = 1_000L + random.nextInt(2);
        Spread spread = (random.nextInt(3) == 0) ? null : new Spread(random.nextInt(2), random.nextBoolean());
        CandleSource aggregatedSource = (timeframe == Timeframe.M1) ? CandleSource.TICKS : CandleSource.ROLLUP;
        int bucket = random.nextInt((timeframe == Timeframe.M1) ? 12 : 4);
        return new Candle(instrument(feed, random), timeframe, START + bucket * timeframe.millis(), open,
                open + random.nextInt(2), open, open, BigDecimal.valueOf(random.nextInt(4)), spread,
                isProvided ? CandleSource.GIVEN : aggregatedSource,
                random.nextInt(4) == 0 || (!isProvided && random.nextBoolean()), 0);
    }

    private static Set<MarketModel.Row> call(Connection connection, String action, List<MarketModel.Item> items,
            long now, List<CloseBoundary> closeBoundaries, @Nullable FinalityPromotion promotion) throws SQLException {
        List<Candle> candles = items.stream().map(MarketModel.Item::candle).toList();
        Set<MarketModel.Row> rows = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(CALL)) {
            new CandleSqlArrays(candles).bind(statement);
            statement.setObject(14, items.stream().map((item) -> item.snapshot() ? "t" : "f").toArray(String[]::new));
            statement.setString(15, Instant.ofEpochMilli(now).toString());
            statement.setString(16, action);
            boolean hasReleases = items.stream().anyMatch((item) -> item.release() != null);
            statement.setObject(17,
                    hasReleases ? items.stream().map(MarketModel.Item::release).toArray(Long[]::new) : null);
            boolean hasBoundaries = !closeBoundaries.isEmpty();
            statement.setObject(18, hasBoundaries
                    ? closeBoundaries.stream().map((boundary) -> boundary.instrument().feed()).toArray(String[]::new)
                    : null);
            statement.setObject(19, hasBoundaries
                    ? closeBoundaries.stream().map((boundary) -> boundary.instrument().symbol()).toArray(String[]::new)
                    : null);
            statement.setObject(20,
                    hasBoundaries ? closeBoundaries.stream()
                        .map((boundary) -> Instant.ofEpochMilli(boundary.until()).toString())
                        .toArray(String[]::new) : null);
            statement.setObject(21, hasBoundaries
                    ? closeBoundaries.stream().map((boundary) -> boundary.ticks() ? "t" : "f").toArray(String[]::new)
                    : null);
            statement.setString(22, (promotion != null) ? promotion.toSql() : null);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Candle candle = (row.getInt(1) > 0) ? candles.get(row.getInt(1) - 1) : null;
                    String feedOfRow = items.isEmpty() ? closeBoundaries.getFirst().instrument().feed()
                            : candles.getFirst().instrument().feed();
                    rows.add(row(row, (candle != null) ? CandleKey.of(candle) : key(row, feedOfRow)));
                }
            }
        }
        return rows;
    }

    private static CandleKey key(ResultSet row, String feed) throws SQLException {
        return new CandleKey(new Instrument(feed, row.getString(6)), Timeframe.valueOf(row.getString(7)),
                row.getTimestamp(8).getTime());
    }

    private static MarketModel.Row row(ResultSet row, CandleKey key) throws SQLException {
        return new MarketModel.Row(row.getInt(1), key, row.getString(2), row.getBoolean(3), row.getInt(4),
                row.getBoolean(5));
    }

    private static void assertStored(Connection connection, MarketModel model, String feed) throws SQLException {
        Map<CandleKey, CandleState> expected = new HashMap<>(model.states());
        expected.values().removeIf((state) -> state.standing() == null);
        int rowCount = 0;
        try (PreparedStatement statement = connection
            .prepareStatement("select c.symbol, c.rank, c.snapshot, %s".formatted(CandleRowMapper.COLUMNS)
                    + " from market.candle c where c.feed = ?")) {
            statement.setString(1, feed);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rowCount++;
                    Candle candle = CandleRowMapper.read(new Instrument(feed, row.getString(1)), row, 4);
                    CandleState state = expected.getOrDefault(CandleKey.of(candle), CandleState.EMPTY);
                    CandleVersion standing = Objects.requireNonNull(state.standing(), candle::toString);
                    assertThat(candle).isEqualTo(state.candle());
                    assertThat(row.getInt(2)).as("rank of %s", candle).isEqualTo(standing.rank().number());
                    assertThat(row.getBoolean(3)).as("snapshot of %s", candle).isEqualTo(standing.snapshot());
                }
            }
        }
        assertThat(rowCount).isEqualTo(expected.size()).isPositive();
    }

}
