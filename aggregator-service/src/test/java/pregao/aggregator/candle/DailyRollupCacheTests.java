package pregao.aggregator.candle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.feed.BucketGrid;
import pregao.market.candle.DailyRollup;
import pregao.market.candle.DayChanges;

import static org.assertj.core.api.Assertions.assertThat;

class DailyRollupCacheTests {

    private static final Instrument EURUSD = new Instrument("mt5", "EURUSD");

    private static final Instrument GBPUSD = new Instrument("mt5", "GBPUSD");

    private static final Instrument USDJPY = new Instrument("mt5", "USDJPY");

    private static DailyRollup day(Instrument instrument) {
        Candle minute = new Candle(instrument, Timeframe.M1, 0, 1, 1, 1, 1, BigDecimal.ONE, null, CandleSource.GIVEN,
                true, 1);
        DayChanges touch = new DayChanges(BucketGrid.UTC, 0);
        touch.minute(minute);
        return DailyRollup.rebuild(touch, List.of(minute), null, 0).day();
    }

    @Test
    void forgetsTheInstrumentNotUsedForLongest() {
        DailyRollupCache cache = new DailyRollupCache(2);
        cache.putAll(Map.of(EURUSD, day(EURUSD)));
        cache.putAll(Map.of(GBPUSD, day(GBPUSD)));
        assertThat(cache.find(EURUSD)).isNotNull();

        cache.putAll(Map.of(USDJPY, day(USDJPY)));

        assertThat(cache.find(GBPUSD)).isNull();
        assertThat(cache.find(EURUSD)).isNotNull();
        assertThat(cache.find(USDJPY)).isNotNull();
    }

    @Test
    void remembersTheLastDayAndForgetsInstrumentsThatGo() {
        DailyRollupCache cache = new DailyRollupCache(2);
        DailyRollup later = day(EURUSD);
        cache.putAll(Map.of(EURUSD, day(EURUSD), GBPUSD, day(GBPUSD)));
        cache.putAll(Map.of(EURUSD, later));
        assertThat(cache.find(EURUSD)).isSameAs(later);

        cache.evict(EURUSD::equals);

        assertThat(cache.find(EURUSD)).isNull();
        assertThat(cache.find(GBPUSD)).isNotNull();
    }

}
