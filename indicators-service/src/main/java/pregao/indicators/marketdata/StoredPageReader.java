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
 * Reads pages with the stored values. The database assembles the JSON.
 */
@Component
class StoredPageReader {

    /**
     * The number of candles in a part, so that a page is never one string of megabytes.
     */
    private static final int PART_SIZE = 256;

    /**
     * Reads a range of keys of both tables once, and matches rows by grouping them by
     * time. A join would be planned by statistics, which a young table lacks. The bounds
     * of both reads are constants, which exclude chunks. Parts are text: a cast to JSON
     * costs a third of the query, because the database parses what it wrote.
     */
    private static final String SELECT_PAGE = """
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

    private static final String SELECT_FROM = SELECT_PAGE.formatted(CandleJsonSql.SELECT_FROM,
            CandleJsonSql.CANDLE_JSON, CandleJsonSql.INDICATORS_JSON, PART_SIZE);

    private static final String SELECT_LATEST = SELECT_PAGE.formatted(CandleJsonSql.SELECT_LATEST,
            CandleJsonSql.CANDLE_JSON, CandleJsonSql.INDICATORS_JSON, PART_SIZE);

    private final CandleQueryRepository candles;

    StoredPageReader(CandleQueryRepository candles) {
        this.candles = candles;
    }

    /**
     * Finds a page. Empty if a candle of the page has no values yet.
     * @param range the range of the series; null if it is not known
     */
    Mono<MarketDataPage> findPage(MarketDataQuery query, @Nullable SeriesRange range) {
        return findPage(query, range, 0);
    }

    private Mono<MarketDataPage> findPage(MarketDataQuery query, @Nullable SeriesRange range, int attempt) {
        TimeWindow window = CandleQueryRepository.computeWindow(query, range, attempt);
        boolean isLatest = query.from() == null;
        int fullSize = isLatest ? query.limit() : query.limit() + 1;
        return this.candles.prepareSelect(isLatest ? SELECT_LATEST : SELECT_FROM, query, window)
            .map(StoredPageReader::readPart)
            .all()
            .collectList()
            .flatMap((parts) -> {
                if (!parts.stream().allMatch(PagePart::valued)) {
                    return Mono.empty();
                }
                return (window.isWhole() || parts.stream().mapToLong(PagePart::count).sum() >= fullSize)
                        ? Mono.just(toPage(query, parts)) : findPage(query, range, attempt + 1);
            });
    }

    private static PagePart readPart(Readable row) {
        return new PagePart(Objects.requireNonNull(row.get(0, Long.class)), row.get(1, Long.class),
                Objects.requireNonNull(row.get(2, Boolean.class)), row.get(3, String.class));
    }

    private static MarketDataPage toPage(MarketDataQuery query, List<PagePart> parts) {
        return new MarketDataPage(query,
                parts.stream().map(PagePart::text).filter(Objects::nonNull).map(MarketDataPage::toBytes).toList(),
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
     * @param count the number of candles in the part, including the first one of the next
     * page
     * @param next where the next page begins, in epoch seconds; null if this part does
     * not tell
     * @param valued whether all its candles have values
     * @param text the candles as JSON; null if there are none
     */
    private record PagePart(long count, @Nullable Long next, boolean valued, @Nullable String text) {
    }

}
