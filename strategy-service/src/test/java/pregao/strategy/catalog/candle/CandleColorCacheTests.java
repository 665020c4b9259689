package pregao.strategy.catalog.candle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.feed.TradingCalendar;
import pregao.market.pattern.CandleColors;
import pregao.strategy.StrategyDatabase;
import pregao.strategy.catalog.CandleRows;
import pregao.strategy.catalog.cache.TestCaches;
import pregao.strategy.catalog.cache.TwoLevelCache;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CandleColorCache} on a real database: cached colors are never stale.
 */
class CandleColorCacheTests {

    private static final DataSource POOL = StrategyDatabase.shared().pool();

    private static final LookbackRange LAST_TWENTY = new LookbackRange(Timeframe.M1, 20);

    private final JdbcClient database = JdbcClient.create(POOL);

    private static SeriesInfo createSeries(String symbol) {
        long last = CandleRows.TEN_OCLOCK.toEpochMilli();
        return new SeriesInfo(new Instrument("candles", symbol), last, last, TradingCalendar.ALWAYS, true);
    }

    private static String toLetters(@Nullable CandleColors colors) {
        if (colors == null) {
            return "none";
        }
        StringBuilder letters = new StringBuilder();
        for (long openTime = colors.from(); openTime < colors.to(); openTime += colors.timeframe().millis()) {
            letters.append(".GRD".charAt(colors.colour(openTime)));
        }
        return letters.toString();
    }

    private String readLetters(TwoLevelCache cache, String symbol) {
        Map<Instrument, CandleColors> colors = new CandleColorCache(this.database, cache)
            .getColors(List.of(createSeries(symbol)), LAST_TWENTY);
        return colors.values().stream().map(CandleColorCacheTests::toLetters).findFirst().orElse("");
    }

    @Test
    void readsLastFinalCandlesOfEachSeries() {
        CandleRows.put("candles", "LONG", CandleRows.TEN_OCLOCK, "RRRRR" + "GR.DG".repeat(4) + "GRDG");
        CandleRows.put("candles", "SHORT", CandleRows.TEN_OCLOCK, "GD");
        StrategyDatabase.shared()
            .market()
            .execute("update market.candle set final = false where feed = 'candles' and symbol = 'LONG' and ts = '%s'"
                .formatted(CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(28))));
        List<SeriesInfo> series = List.of(createSeries("LONG"), createSeries("NONE"), createSeries("SHORT"));
        Map<Instrument, CandleColors> colors = new CandleColorRepository(this.database).findColors(series, LAST_TWENTY);
        assertThat(colors).hasSize(2);
        assertThat(toLetters(colors.get(createSeries("LONG").instrument()))).isEqualTo("R" + "GR.DG".repeat(4) + "GRD");
        assertThat(toLetters(colors.get(createSeries("SHORT").instrument()))).isEqualTo("GD");
    }

    @Test
    void detectsChangesOfPastCandles() {
        TwoLevelCache cache = TestCaches.inMemory();
        CandleRows.put("candles", "PAST", CandleRows.TEN_OCLOCK, "GGRR.GGRRRGGRRRGGRRRG");
        assertThat(readLetters(cache, "PAST")).isEqualTo("GGRR.GGRRRGGRRRGGRRRG");
        CandleRows.put("candles", "PAST", CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(2)), "G");
        assertThat(readLetters(cache, "PAST")).as("another revision").isEqualTo("GGGR.GGRRRGGRRRGGRRRG");
        CandleRows.put("candles", "PAST", CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(4)), "D");
        assertThat(readLetters(cache, "PAST")).as("a late one, which puts the first out")
            .isEqualTo("GGRDGGRRRGGRRRGGRRRG");
        CandleRows.put("candles", "PAST", CandleRows.TEN_OCLOCK.plus(Duration.ofMinutes(21)), "R");
        assertThat(readLetters(cache, "PAST")).as("a new one").endsWith("RRRGR");
    }

    @Test
    void readsUnchangedSeriesFromCache() {
        CandleRows.put("candles", "SAME", CandleRows.TEN_OCLOCK, "GGRRD");
        TwoLevelCache cache = TestCaches.inMemory();
        assertThat(readLetters(cache, "SAME")).isEqualTo("GGRRD");
        // This update bypasses the rules: it changes values without a new revision.
        StrategyDatabase.shared()
            .market()
            .execute("update market.candle set close = 1.2 where feed = 'candles' and symbol = 'SAME'");
        assertThat(readLetters(cache, "SAME")).as("out of the cache").isEqualTo("GGRRD");
        assertThat(readLetters(TestCaches.inMemory(), "SAME")).as("out of the database").isEqualTo("GGGGG");
    }

    @Test
    void returnsRandomSeriesUnchanged() {
        Random random = new Random(11);
        for (int i = 0; i < 20; i++) {
            String letters = CandleRows.randomLetters(random, 20, 0.2);
            CandleRows.put("candles", "R" + i, CandleRows.TEN_OCLOCK, letters);
            assertThat(readLetters(TestCaches.inRedis("redis://127.0.0.1:1"), "R" + i)).isEqualTo(letters);
        }
    }

}
