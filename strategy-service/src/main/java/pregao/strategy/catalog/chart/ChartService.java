package pregao.strategy.catalog.chart;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.market.catalog.Catalog;
import pregao.market.pattern.Pattern;
import pregao.market.pattern.PatternResult;
import pregao.strategy.catalog.Analysis;
import pregao.strategy.catalog.AnalyzedSeries;
import pregao.strategy.catalog.cache.TwoLevelCache;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.InvalidParametersException;

/**
 * Creates chart models, and caches rendered charts.
 */
@Component
class ChartService {

    /** The width that makes candles distinguishable. */
    private static final int PIXELS_PER_CANDLE = 8;

    private static final int MIN_DEFAULT_CANDLES = 30;

    private static final int MAX_DEFAULT_CANDLES = 120;

    private static final int MAX_CANDLES = 600;

    private static final String SELECT_CANDLES = """
            select date_part('epoch', ts)::bigint * 1000, open, high, low, close from market.candle
            where feed = :feed and symbol = :symbol and timeframe = :timeframe and final and ts >= :from and ts < :to
            order by ts""";

    private final JdbcClient database;

    private final TwoLevelCache cache;

    ChartService(JdbcClient database, TwoLevelCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /**
     * Creates the model of a chart.
     * @param query the query parameters
     * @param analysis the analysis
     * @param series the analyzed colors of the instrument
     * @return the model
     * @throws InvalidParametersException if the chart would have too many candles
     */
    ChartModel createModel(ChartQuery query, Analysis analysis, AnalyzedSeries series) {
        Timeframe timeframe = analysis.timeframe();
        Pattern pattern = analysis.pattern().toPattern();
        Instant seriesEnd = Instant.ofEpochMilli(series.colours().isEmpty() ? series.asOf() : series.colours().to());
        long defaultMillis = Math.clamp(query.width() / PIXELS_PER_CANDLE, MIN_DEFAULT_CANDLES, MAX_DEFAULT_CANDLES)
                * timeframe.millis();
        Instant to = query.resolveEnd(defaultMillis, seriesEnd);
        Instant from = (query.from() != null) ? query.from() : to.minusMillis(defaultMillis);
        if (to.toEpochMilli() - from.toEpochMilli() > MAX_CANDLES * timeframe.millis()) {
            throw new InvalidParametersException(
                    List.of(new FieldViolation("from", "at most %d candles before to".formatted(MAX_CANDLES))));
        }
        List<PatternResult> blocks = new Catalog(analysis.toCatalogConfig())
            .read(series.instrument(), series.colours(), series.asOf())
            .blocks()
            .stream()
            .filter((block) -> block.start() + pattern.reach(analysis.gales()) > from.toEpochMilli()
                    && block.start() < to.toEpochMilli())
            .toList();
        return new ChartModel(series.instrument(), pattern, findCandles(series.instrument(), timeframe, from, to),
                blocks, query.width(), query.height());
    }

    /** Returns a cached chart, or null if there is none. */
    byte @Nullable [] findCachedImage(String key) {
        return this.cache.getAll(List.of(key)).get(key);
    }

    void cacheImage(String key, byte[] image) {
        this.cache.putAll(Map.of(key, image));
    }

    private List<ChartModel.Bar> findCandles(Instrument instrument, Timeframe timeframe, Instant from, Instant to) {
        return this.database.sql(SELECT_CANDLES)
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .param("timeframe", timeframe.name())
            .param("from", from.atOffset(ZoneOffset.UTC))
            .param("to", to.atOffset(ZoneOffset.UTC))
            .query((row, rowNumber) -> new ChartModel.Bar(row.getLong(1), row.getDouble(2), row.getDouble(3),
                    row.getDouble(4), row.getDouble(5)))
            .list();
    }

}
