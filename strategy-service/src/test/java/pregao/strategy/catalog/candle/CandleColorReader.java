package pregao.strategy.catalog.candle;

import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.market.pattern.CandleColors;
import pregao.strategy.catalog.Analysis;
import pregao.strategy.catalog.cache.TestCaches;
import pregao.strategy.catalog.cache.TwoLevelCache;

/**
 * Reads colors as the service does, for benchmarks.
 */
public final class CandleColorReader {

    private final JdbcClient database;

    private final TwoLevelCache cache = TestCaches.inMemory();

    public CandleColorReader(JdbcClient database) {
        this.database = database;
    }

    public List<SeriesInfo> findSeries(Analysis analysis) {
        return new SeriesRepository(this.database).findAll(analysis.instruments(), analysis.timeframe());
    }

    /** Reads with an empty cache. */
    public Map<Instrument, CandleColors> readUncached(List<SeriesInfo> series, Analysis analysis) {
        return new CandleColorCache(this.database, TestCaches.inMemory()).getColors(series, analysis.lookback());
    }

    /** Reads with the cache of the previous call. */
    public Map<Instrument, CandleColors> readCached(List<SeriesInfo> series, Analysis analysis) {
        return new CandleColorCache(this.database, this.cache).getColors(series, analysis.lookback());
    }

}
