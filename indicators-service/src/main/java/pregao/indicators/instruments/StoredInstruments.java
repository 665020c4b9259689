package pregao.indicators.instruments;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.indicators.query.InstrumentsQuery;

/**
 * The instruments in the database, found by jumping along the primary key from one series
 * to the next: a probe a series, however many candles there are.
 */
@Component
class StoredInstruments {

    private static final String SERIES = """
            with recursive series as (
              (select feed, symbol, timeframe, ts from market.candle
               where feed >= $1 order by feed, symbol, timeframe, ts limit 1)
              union all
              select later.feed, later.symbol, later.timeframe, later.ts from series cross join lateral (
                select feed, symbol, timeframe, ts from market.candle
                where (feed, symbol, timeframe) > (series.feed, series.symbol, series.timeframe)
                order by feed, symbol, timeframe, ts limit 1) later
              where series.feed = $1 or $1 = '')
            select series.feed, series.symbol, series.timeframe, date_part('epoch', series.ts)::bigint,
              date_part('epoch', last.ts)::bigint
            from series cross join lateral (
              select ts from market.candle
              where feed = series.feed and symbol = series.symbol and timeframe = series.timeframe
              order by ts desc limit 1) last
            where series.feed = $1 or $1 = ''
            order by 1, 2""";

    private final DatabaseClient database;

    StoredInstruments(DatabaseClient database) {
        this.database = database;
    }

    Mono<List<StoredInstrument>> list(InstrumentsQuery query) {
        return this.database.sql(SERIES)
            .bind(0, Objects.requireNonNullElse(query.feed(), ""))
            .map(StoredInstruments::series)
            .all()
            .collectList()
            .map(StoredSeries::byInstrument);
    }

    private static StoredSeries series(Readable row) {
        return new StoredSeries(new Instrument(given(row, 0, String.class), given(row, 1, String.class)),
                Timeframe.valueOf(given(row, 2, String.class)), Instant.ofEpochSecond(given(row, 3, Long.class)),
                Instant.ofEpochSecond(given(row, 4, Long.class)));
    }

    private static <T> T given(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }

}
