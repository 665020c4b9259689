package pregao.strategy.catalog.candle;

import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;

import pregao.contracts.Instrument;
import pregao.market.pattern.Colours;
import pregao.strategy.catalog.Analysis;
import pregao.strategy.catalog.cache.Shelf;
import pregao.strategy.catalog.cache.Shelves;

/**
 * Reads colours as the service does, for measures.
 */
public final class Reader {

    private final JdbcClient database;

    private final Shelf shelf = Shelves.inMemory();

    public Reader(JdbcClient database) {
        this.database = database;
    }

    public List<KnownSeries> series(Analysis analysis) {
        return new SeriesTable(this.database).of(analysis.instruments(), analysis.timeframe());
    }

    /** With nothing in the cache. */
    public Map<Instrument, Colours> cold(List<KnownSeries> series, Analysis analysis) {
        return new Candles(this.database, Shelves.inMemory()).of(series, analysis.stretch());
    }

    /** With what the last call left in the cache. */
    public Map<Instrument, Colours> warm(List<KnownSeries> series, Analysis analysis) {
        return new Candles(this.database, this.shelf).of(series, analysis.stretch());
    }

}
