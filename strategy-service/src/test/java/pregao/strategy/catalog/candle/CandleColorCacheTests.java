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
 * Tests of {@link CandleColorCache} on a real database: what is remembered is never
 * stale.
 */
class CandleColorCacheTests {

    private static final DataSource POOL = StrategyDatabase.shared().pool();

    private static final LookbackRange TWENTY = new LookbackRange(Timeframe.M1, 20);

    private final JdbcClient database = JdbcClient.create(POOL);

    private static SeriesInfo series(String symbol) {
        long last = CandleRows.TEN.toEpochMilli();
        return new SeriesInfo(new Instrument("candles", symbol), last, last, TradingCalendar.ALWAYS, true);
    }

    private static String letters(@Nullable CandleColors colours) {
        if (colours == null) {
            return "none";
        }
        StringBuilder letters = new StringBuilder();
        for (long time = colours.from(); time < colours.to(); time += colours.timeframe().millis()) {
            letters.append(".GRD".charAt(colours.colour(time)));
        }
        return letters.toString();
    }

    private String read(TwoLevelCache shelf, String symbol) {
        Map<Instrument, CandleColors> read = new CandleColorCache(this.database, shelf).of(List.of(series(symbol)),
                TWENTY);
        return read.values().stream().map(CandleColorCacheTests::letters).findFirst().orElse("");
    }

    @Test
    void readsTheLastFinalCandlesOfEach() {
        CandleRows.put("candles", "LONG", CandleRows.TEN, "RRRRR" + "GR.DG".repeat(4) + "GRDG");
        CandleRows.put("candles", "SHORT", CandleRows.TEN, "GD");
        StrategyDatabase.shared()
            .market()
            .execute("update market.candle set final = false where feed = 'candles' and symbol = 'LONG' and ts = '%s'"
                .formatted(CandleRows.TEN.plus(Duration.ofMinutes(28))));
        List<SeriesInfo> all = List.of(series("LONG"), series("NONE"), series("SHORT"));
        Map<Instrument, CandleColors> read = new CandleColorRepository(this.database).colours(all, TWENTY);
        assertThat(read).hasSize(2);
        assertThat(letters(read.get(series("LONG").instrument()))).isEqualTo("R" + "GR.DG".repeat(4) + "GRD");
        assertThat(letters(read.get(series("SHORT").instrument()))).isEqualTo("GD");
    }

    @Test
    void seesWhateverChangesInThePast() {
        TwoLevelCache shelf = TestCaches.inMemory();
        CandleRows.put("candles", "PAST", CandleRows.TEN, "GGRR.GGRRRGGRRRGGRRRG");
        assertThat(read(shelf, "PAST")).isEqualTo("GGRR.GGRRRGGRRRGGRRRG");
        CandleRows.put("candles", "PAST", CandleRows.TEN.plus(Duration.ofMinutes(2)), "G");
        assertThat(read(shelf, "PAST")).as("another revision").isEqualTo("GGGR.GGRRRGGRRRGGRRRG");
        CandleRows.put("candles", "PAST", CandleRows.TEN.plus(Duration.ofMinutes(4)), "D");
        assertThat(read(shelf, "PAST")).as("a late one, which puts the first out").isEqualTo("GGRDGGRRRGGRRRGGRRRG");
        CandleRows.put("candles", "PAST", CandleRows.TEN.plus(Duration.ofMinutes(21)), "R");
        assertThat(read(shelf, "PAST")).as("a new one").endsWith("RRRGR");
    }

    @Test
    void doesNotReadAgainWhatIsTheSame() {
        CandleRows.put("candles", "SAME", CandleRows.TEN, "GGRRD");
        TwoLevelCache shelf = TestCaches.inMemory();
        assertThat(read(shelf, "SAME")).isEqualTo("GGRRD");
        // Values change where no rule allows it, with the revision as it was.
        StrategyDatabase.shared()
            .market()
            .execute("update market.candle set close = 1.2 where feed = 'candles' and symbol = 'SAME'");
        assertThat(read(shelf, "SAME")).as("out of the cache").isEqualTo("GGRRD");
        assertThat(read(TestCaches.inMemory(), "SAME")).as("out of the database").isEqualTo("GGGGG");
    }

    @Test
    void agreesWithEveryRandomSeries() {
        Random random = new Random(11);
        for (int i = 0; i < 20; i++) {
            String letters = CandleRows.coins(random, 20, 0.2);
            CandleRows.put("candles", "R" + i, CandleRows.TEN, letters);
            assertThat(read(TestCaches.in("redis://127.0.0.1:1"), "R" + i)).isEqualTo(letters);
        }
    }

}
