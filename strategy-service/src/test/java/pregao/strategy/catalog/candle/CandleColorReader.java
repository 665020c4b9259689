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
 * Reads colours as the service does, for measures.
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

    /** With nothing in the cache. */
    public Map<Instrument, CandleColors> readUncached(List<SeriesInfo> series, Analysis analysis) {
        return new CandleColorCache(this.database, TestCaches.inMemory()).getColors(series, analysis.lookback());
    }

    /** With what the last call left in the cache. */
    public Map<Instrument, CandleColors> readCached(List<SeriesInfo> series, Analysis analysis) {
        return new CandleColorCache(this.database, this.cache).getColors(series, analysis.lookback());
    }

}
