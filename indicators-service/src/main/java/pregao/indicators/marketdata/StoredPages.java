package pregao.indicators.marketdata;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
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
     * Candles a part, some 80 kilobytes. Of JSON the driver gives the bytes as they came;
     * text it makes a string of, and bytea comes as twice as many digits.
     */
    private static final int PART = 256;

    /**
     * Both tables are read once, in a stretch of their keys, and meet by time in a group:
     * a join would be planned by statistics, which a young table does not have. The
     * bounds of both are constants, by which chunks are left out.
     */
    private static final String PAGE = """
            with page as materialized (%s),
            parts as (
              select c.ts, %s as candle, null as indicators from page c
              union all
              select i.ts, null, %s from market.indicator i
              where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
                and ts >= (select min(ts) from page) and ts <= (select max(ts) from page)),
            items as materialized (
              select ts, max(candle) as candle, max(indicators) as indicators, row_number() over (order by ts) as place
              from parts group by ts having max(candle) is not null),
            summary as (
              select count(*) as count, date_part('epoch', min(ts) filter (where place > $6))::bigint as next,
                coalesce(bool_and(indicators is not null), true) as valued
              from items)
            select s.count, s.next, s.valued, part.text
            from summary s left join (
              select (place - 1) / %d as number, ('[' || string_agg(candle || indicators, ',' order by ts) || ']')::json as text
              from items where place <= $6 group by 1) part on s.valued
            order by part.number""";

    private static final String FROM = PAGE.formatted(CandleText.FROM, CandleText.CANDLE, CandleText.VALUES, PART);

    private static final String LATEST = PAGE.formatted(CandleText.LATEST, CandleText.CANDLE, CandleText.VALUES, PART);

    private final Candles candles;

    StoredPages(Candles candles) {
        this.candles = candles;
    }

    /**
     * Finds a page, or nothing where not every candle of it has its values yet.
     * @param range how far the series goes; null where that is not known
     */
    Mono<Page> find(MarketDataQuery query, @Nullable SeriesRange range) {
        return find(query, range, 0);
    }

    private Mono<Page> find(MarketDataQuery query, @Nullable SeriesRange range, int attempt) {
        TimeWindow window = Candles.window(query, range, attempt);
        boolean isLatest = query.from() == null;
        int full = isLatest ? query.limit() : query.limit() + 1;
        return this.candles.select(isLatest ? LATEST : FROM, query, window)
            .map(StoredPages::part)
            .all()
            .collectList()
            .flatMap((parts) -> {
                if (!parts.getFirst().valued()) {
                    return Mono.empty();
                }
                return (window.isWhole() || parts.getFirst().count() >= full) ? Mono.just(page(query, parts))
                        : find(query, range, attempt + 1);
            });
    }

    private static Part part(Readable row) {
        return new Part(Objects.requireNonNull(row.get(0, Long.class)), row.get(1, Long.class),
                Objects.requireNonNull(row.get(2, Boolean.class)), items(row.get(3, ByteBuffer.class)));
    }

    /** The elements of an array without its brackets. */
    private static @Nullable ByteBuffer items(@Nullable ByteBuffer array) {
        return (array != null) ? array.slice(array.position() + 1, array.remaining() - 2) : null;
    }

    private static Page page(MarketDataQuery query, List<Part> parts) {
        Long next = parts.getFirst().next();
        return new Page(query, parts.stream().map(Part::text).filter(Objects::nonNull).toList(),
                (next != null) ? new Cursor(Instant.ofEpochSecond(next)) : null);
    }

    /**
     * A part of a page.
     *
     * @param count how many candles were found for the page
     * @param next where the next page begins, epoch seconds; null where there is none
     * @param valued whether all values of the page are there
     * @param text some candles; null where there is none
     */
    private record Part(long count, @Nullable Long next, boolean valued, @Nullable ByteBuffer text) {
    }

}
