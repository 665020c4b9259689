package pregao.indicators.marketdata;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.indicators.query.MarketDataQuery;
import pregao.indicators.query.PageCursor;
import pregao.market.indicator.IndicatorSet;

/**
 * Pages with values in any convention, computed by the class that computes the stored
 * ones, from as many candles before the page as indicators reach back.
 */
@Component
class ComputedPageReader {

    private static final String BAR = """
            date_part('epoch', c.ts)::bigint, (c.high * 100000000)::bigint, (c.low * 100000000)::bigint,
            (c.close * 100000000)::bigint""";

    private static final String PAGE = "select %s, %s from (%s) c order by c.ts";

    private static final String FROM = PAGE.formatted(BAR, CandleJsonSql.CANDLE, CandleJsonSql.FROM);

    private static final String LATEST = PAGE.formatted(BAR, CandleJsonSql.CANDLE, CandleJsonSql.LATEST);

    private static final String BEFORE = """
            select %s from (
              select ts, high, low, close from market.candle
              where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
              order by ts desc limit %d) c
            order by c.ts""".formatted(BAR, IndicatorSet.REACH);

    /** Candles a part, some 80 kilobytes. */
    private static final int PART = 256;

    private final CandleQueryRepository candles;

    ComputedPageReader(CandleQueryRepository candles) {
        this.candles = candles;
    }

    Mono<MarketDataPage> find(MarketDataQuery query, @Nullable SeriesRange range) {
        return items(query, range, 0)
            .flatMap((items) -> items.isEmpty() ? Mono.just(new MarketDataPage(query, List.of(), null))
                    : before(query, range, items.getFirst().bar().ts(), 0).map((before) -> page(query, before, items)));
    }

    private Mono<List<ComputedRow>> items(MarketDataQuery query, @Nullable SeriesRange range, int attempt) {
        TimeWindow window = CandleQueryRepository.window(query, range, attempt);
        boolean isLatest = query.from() == null;
        int full = isLatest ? query.limit() : query.limit() + 1;
        return this.candles.select(isLatest ? LATEST : FROM, query, window)
            .map((row) -> new ComputedRow(bar(row), Objects.requireNonNull(row.get(4, String.class))))
            .all()
            .collectList()
            .flatMap((items) -> (window.isWhole() || items.size() >= full) ? Mono.just(items)
                    : items(query, range, attempt + 1));
    }

    private Mono<List<Bar>> before(MarketDataQuery query, @Nullable SeriesRange range, Instant first, int attempt) {
        TimeWindow window = TimeWindow.latest(range, query.timeframe(), first, IndicatorSet.REACH, attempt);
        return this.candles.select(BEFORE, query.instrument(), query.timeframe(), window)
            .map(ComputedPageReader::bar)
            .all()
            .collectList()
            .flatMap((bars) -> (window.isWhole() || bars.size() >= IndicatorSet.REACH) ? Mono.just(bars)
                    : before(query, range, first, attempt + 1));
    }

    private static MarketDataPage page(MarketDataQuery query, List<Bar> before, List<ComputedRow> items) {
        IndicatorSet indicators = new IndicatorSet(query.convention());
        before.forEach((bar) -> bar.addTo(indicators));
        int size = Math.min(items.size(), query.limit());
        List<ByteBuffer> parts = new ArrayList<>(size / PART + 1);
        StringBuilder json = new StringBuilder(384 * Math.min(size, PART));
        for (int from = 0; from < size; from += PART) {
            json.setLength(0);
            for (ComputedRow item : items.subList(from, Math.min(size, from + PART))) {
                item.bar().addTo(indicators);
                json.append(json.isEmpty() ? "" : ",").append(item.candle());
                IndicatorJson.append(json, indicators);
                json.append('}');
            }
            parts.add(MarketDataPage.bytes(json));
        }
        return new MarketDataPage(query, parts,
                (items.size() > size) ? new PageCursor(items.get(size).bar().ts()) : null);
    }

    private static Bar bar(Readable row) {
        return new Bar(Instant.ofEpochSecond(number(row, 0)), number(row, 1), number(row, 2), number(row, 3));
    }

    private static long number(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    /**
     * A candle's text, and what its values are computed from.
     */
    private record ComputedRow(Bar bar, String candle) {
    }

    /**
     * What indicators need of a candle, in units of 1e-8.
     */
    private record Bar(Instant ts, long high, long low, long close) {

        void addTo(IndicatorSet indicators) {
            indicators.add(this.high, this.low, this.close);
        }

    }

}
