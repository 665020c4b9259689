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
 * What pictures show, and those that were drawn before.
 */
@Component
class ChartService {

    /** So many pixels a candle, to tell it from the next. */
    private static final int PIXELS = 8;

    private static final int MIN_COUNT = 30;

    private static final int USUAL = 120;

    private static final int MAX_COUNT = 600;

    private static final String PRICES = """
            select date_part('epoch', ts)::bigint * 1000, open, high, low, close from market.candle
            where feed = :feed and symbol = :symbol and timeframe = :timeframe and final and ts >= :from and ts < :to
            order by ts""";

    private final JdbcClient database;

    private final TwoLevelCache shelf;

    ChartService(JdbcClient database, TwoLevelCache shelf) {
        this.database = database;
        this.shelf = shelf;
    }

    /**
     * What is to be seen.
     * @param query which picture
     * @param analysis of what
     * @param looked at which colours
     * @return the picture, not drawn yet
     * @throws InvalidParametersException where it would show too many candles
     */
    ChartModel of(ChartQuery query, Analysis analysis, AnalyzedSeries looked) {
        Timeframe timeframe = analysis.timeframe();
        Pattern pattern = analysis.pattern().toPattern();
        Instant end = Instant.ofEpochMilli(looked.colours().isEmpty() ? looked.asOf() : looked.colours().to());
        long usual = Math.clamp(query.width() / PIXELS, MIN_COUNT, USUAL) * timeframe.millis();
        Instant to = query.end(usual, end);
        Instant from = (query.from() != null) ? query.from() : to.minusMillis(usual);
        if (to.toEpochMilli() - from.toEpochMilli() > MAX_COUNT * timeframe.millis()) {
            throw new InvalidParametersException(
                    List.of(new FieldViolation("from", "at most %d candles before to".formatted(MAX_COUNT))));
        }
        List<PatternResult> blocks = new Catalog(analysis.settings())
            .read(looked.instrument(), looked.colours(), looked.asOf())
            .blocks()
            .stream()
            .filter((block) -> block.start() + pattern.reach(analysis.gales()) > from.toEpochMilli()
                    && block.start() < to.toEpochMilli())
            .toList();
        return new ChartModel(looked.instrument(), pattern, candles(looked.instrument(), timeframe, from, to), blocks,
                query.width(), query.height());
    }

    /** A picture that was drawn before; null where there is none. */
    byte @Nullable [] drawn(String key) {
        return this.shelf.find(List.of(key)).get(key);
    }

    void keep(String key, byte[] drawn) {
        this.shelf.keep(Map.of(key, drawn));
    }

    private List<ChartModel.Bar> candles(Instrument instrument, Timeframe timeframe, Instant from, Instant to) {
        return this.database.sql(PRICES)
            .param("feed", instrument.feed())
            .param("symbol", instrument.symbol())
            .param("timeframe", timeframe.name())
            .param("from", from.atOffset(ZoneOffset.UTC))
            .param("to", to.atOffset(ZoneOffset.UTC))
            .query((row, number) -> new ChartModel.Bar(row.getLong(1), row.getDouble(2), row.getDouble(3),
                    row.getDouble(4), row.getDouble(5)))
            .list();
    }

}
