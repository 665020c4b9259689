package pregao.indicators.marketdata;

import java.time.Instant;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.indicators.query.Cursor;
import pregao.indicators.query.MarketDataQuery;

/**
 * Pages with the stored values, which the database puts together.
 */
@Component
class StoredPages {

    /**
     * Both tables are read once, in a stretch of their keys, and meet by time in a group:
     * a join would be planned by statistics, which a young table does not have.
     */
    private static final String PAGE = """
            with page as materialized (%s),
            parts as (
              select c.ts, %s as candle, null as indicators from page c
              union all
              select i.ts, null, %s from market.indicator i
              where feed = $1 and symbol = $2 and timeframe = $3
                and ts >= (select min(ts) from page) and ts <= (select max(ts) from page)),
            items as (
              select ts, max(candle) as candle, max(indicators) as indicators, row_number() over (order by ts) as place
              from parts group by ts having max(candle) is not null)
            select string_agg(candle || indicators, ',' order by ts) filter (where place <= $6),
              date_part('epoch', min(ts) filter (where place > $6))::bigint,
              coalesce(bool_and(indicators is not null), true)
            from items""";

    private static final String FROM = PAGE.formatted(CandleText.FROM, CandleText.CANDLE, CandleText.VALUES);

    private static final String LATEST = PAGE.formatted(CandleText.LATEST, CandleText.CANDLE, CandleText.VALUES);

    private final Candles candles;

    StoredPages(Candles candles) {
        this.candles = candles;
    }

    /**
     * A page, or nothing where not every candle of it has its values yet.
     */
    Mono<Page> find(MarketDataQuery query) {
        return this.candles.select((query.from() != null) ? FROM : LATEST, query)
            .map((row) -> new Found(page(query, row), Objects.requireNonNull(row.get(2, Boolean.class))))
            .one()
            .filter(Found::valued)
            .map(Found::page);
    }

    private static Page page(MarketDataQuery query, Readable row) {
        String items = row.get(0, String.class);
        Long next = row.get(1, Long.class);
        return new Page(query, Objects.requireNonNullElse(items, ""),
                (next != null) ? new Cursor(Instant.ofEpochSecond(next)) : null);
    }

    /**
     * A page, and whether all its values are there.
     */
    private record Found(Page page, boolean valued) {
    }

}
