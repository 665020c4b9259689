package pregao.indicators.marketdata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.indicators.query.MarketDataQuery;
import pregao.indicators.query.PageCursor;

/**
 * Pages with the stored values, which the database puts together.
 */
@Component
class StoredPageReader {

    /** Candles a part: a page is never one string of megabytes. */
    private static final int PART = 256;

    /**
     * Both tables are read once, in a stretch of their keys, and meet by time in a group:
     * a join would be planned by statistics, which a young table does not have. The
     * bounds of both are constants, by which chunks are left out. Parts are text: making
     * them JSON costs a third of the query, because the database parses what it wrote.
     */
    private static final String PAGE = """
            with page as materialized (%s),
            parts as (
              select c.ts, %s as candle, null as indicators from page c
              union all
              select i.ts, null, %s from market.indicator i
              where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
                and ts >= (select min(ts) from page) and ts <= (select max(ts) from page)),
            items as (
              select ts, max(candle) as candle, max(indicators) as indicators, row_number() over (order by ts) as place
              from parts group by ts having max(candle) is not null)
            select count(*), date_part('epoch', min(ts) filter (where place > $6))::bigint,
              bool_and(indicators is not null),
              string_agg(candle || indicators, ',' order by ts) filter (where place <= $6)
            from items group by (place - 1) / %d order by (place - 1) / %<d""";

    private static final String FROM = PAGE.formatted(CandleJsonSql.FROM, CandleJsonSql.CANDLE, CandleJsonSql.VALUES,
            PART);

    private static final String LATEST = PAGE.formatted(CandleJsonSql.LATEST, CandleJsonSql.CANDLE,
            CandleJsonSql.VALUES, PART);

    private final CandleQueryRepository candles;

    StoredPageReader(CandleQueryRepository candles) {
        this.candles = candles;
    }

    /**
     * Finds a page, or nothing where not every candle of it has its values yet.
     * @param range how far the series goes; null where that is not known
     */
    Mono<MarketDataPage> find(MarketDataQuery query, @Nullable SeriesRange range) {
        return find(query, range, 0);
    }

    private Mono<MarketDataPage> find(MarketDataQuery query, @Nullable SeriesRange range, int attempt) {
        TimeWindow window = CandleQueryRepository.window(query, range, attempt);
        boolean isLatest = query.from() == null;
        int full = isLatest ? query.limit() : query.limit() + 1;
        return this.candles.select(isLatest ? LATEST : FROM, query, window)
            .map(StoredPageReader::part)
            .all()
            .collectList()
            .flatMap((parts) -> {
                if (!parts.stream().allMatch(PagePart::valued)) {
                    return Mono.empty();
                }
                return (window.isWhole() || parts.stream().mapToLong(PagePart::count).sum() >= full)
                        ? Mono.just(page(query, parts)) : find(query, range, attempt + 1);
            });
    }

    private static PagePart part(Readable row) {
        return new PagePart(Objects.requireNonNull(row.get(0, Long.class)), row.get(1, Long.class),
                Objects.requireNonNull(row.get(2, Boolean.class)), row.get(3, String.class));
    }

    private static MarketDataPage page(MarketDataQuery query, List<PagePart> parts) {
        return new MarketDataPage(query,
                parts.stream().map(PagePart::text).filter(Objects::nonNull).map(MarketDataPage::bytes).toList(),
                parts.stream()
                    .map(PagePart::next)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map((next) -> new PageCursor(Instant.ofEpochSecond(next)))
                    .orElse(null));
    }

    /**
     * A part of a page.
     *
     * @param count how many candles were found for it, with the first of the next page
     * @param next where the next page begins, epoch seconds; null where this part does
     * not tell
     * @param valued whether all its values are there
     * @param text its candles; null where there is none
     */
    private record PagePart(long count, @Nullable Long next, boolean valued, @Nullable String text) {
    }

}
