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
 * Reads pages with values in any convention. The values are computed with the class that
 * computes the stored ones, starting as many candles before the page as indicators reach
 * back.
 */
@Component
class ComputedPageReader {

    private static final String BAR_COLUMNS = """
            date_part('epoch', c.ts)::bigint, (c.high * 100000000)::bigint, (c.low * 100000000)::bigint,
            (c.close * 100000000)::bigint""";

    private static final String SELECT_PAGE = "select %s, %s from (%s) c order by c.ts";

    private static final String SELECT_FROM = SELECT_PAGE.formatted(BAR_COLUMNS, CandleJsonSql.CANDLE_JSON,
            CandleJsonSql.SELECT_FROM);

    private static final String SELECT_LATEST = SELECT_PAGE.formatted(BAR_COLUMNS, CandleJsonSql.CANDLE_JSON,
            CandleJsonSql.SELECT_LATEST);

    private static final String SELECT_BEFORE = """
            select %s from (
              select ts, high, low, close from market.candle
              where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
              order by ts desc limit %d) c
            order by c.ts""".formatted(BAR_COLUMNS, IndicatorSet.REACH);

    /** The number of candles in a part, about 80 kB. */
    private static final int PART_SIZE = 256;

    private final CandleQueryRepository candles;

    ComputedPageReader(CandleQueryRepository candles) {
        this.candles = candles;
    }

    Mono<MarketDataPage> findPage(MarketDataQuery query, @Nullable SeriesRange range) {
        return findRows(query, range, 0)
            .flatMap((rows) -> rows.isEmpty() ? Mono.just(new MarketDataPage(query, List.of(), null))
                    : findPrecedingBars(query, range, rows.getFirst().bar().ts(), 0)
                        .map((precedingBars) -> computePage(query, precedingBars, rows)));
    }

    private Mono<List<ComputedRow>> findRows(MarketDataQuery query, @Nullable SeriesRange range, int attempt) {
        TimeWindow window = CandleQueryRepository.computeWindow(query, range, attempt);
        boolean isLatest = query.from() == null;
        int fullSize = isLatest ? query.limit() : query.limit() + 1;
        return this.candles.prepareSelect(isLatest ? SELECT_LATEST : SELECT_FROM, query, window)
            .map((row) -> new ComputedRow(readBar(row), Objects.requireNonNull(row.get(4, String.class))))
            .all()
            .collectList()
            .flatMap((rows) -> (window.isWhole() || rows.size() >= fullSize) ? Mono.just(rows)
                    : findRows(query, range, attempt + 1));
    }

    private Mono<List<Bar>> findPrecedingBars(MarketDataQuery query, @Nullable SeriesRange range, Instant firstOpenTime,
            int attempt) {
        TimeWindow window = TimeWindow.latest(range, query.timeframe(), firstOpenTime, IndicatorSet.REACH, attempt);
        return this.candles.prepareSelect(SELECT_BEFORE, query.instrument(), query.timeframe(), window)
            .map(ComputedPageReader::readBar)
            .all()
            .collectList()
            .flatMap((bars) -> (window.isWhole() || bars.size() >= IndicatorSet.REACH) ? Mono.just(bars)
                    : findPrecedingBars(query, range, firstOpenTime, attempt + 1));
    }

    private static MarketDataPage computePage(MarketDataQuery query, List<Bar> precedingBars, List<ComputedRow> rows) {
        IndicatorSet indicators = new IndicatorSet(query.convention());
        precedingBars.forEach((bar) -> bar.addTo(indicators));
        int size = Math.min(rows.size(), query.limit());
        List<ByteBuffer> parts = new ArrayList<>(size / PART_SIZE + 1);
        StringBuilder json = new StringBuilder(384 * Math.min(size, PART_SIZE));
        for (int start = 0; start < size; start += PART_SIZE) {
            json.setLength(0);
            for (ComputedRow row : rows.subList(start, Math.min(size, start + PART_SIZE))) {
                row.bar().addTo(indicators);
                json.append(json.isEmpty() ? "" : ",").append(row.candle());
                IndicatorJson.append(json, indicators);
                json.append('}');
            }
            parts.add(MarketDataPage.toBytes(json));
        }
        return new MarketDataPage(query, parts,
                (rows.size() > size) ? new PageCursor(rows.get(size).bar().ts()) : null);
    }

    private static Bar readBar(Readable row) {
        return new Bar(Instant.ofEpochSecond(readLong(row, 0)), readLong(row, 1), readLong(row, 2), readLong(row, 3));
    }

    private static long readLong(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    /**
     * A candle as JSON, and the prices that its values are computed from.
     */
    private record ComputedRow(Bar bar, String candle) {
    }

    /**
     * The prices of a candle that indicators need, in units of 1e-8.
     */
    private record Bar(Instant ts, long high, long low, long close) {

        void addTo(IndicatorSet indicators) {
            indicators.add(this.high, this.low, this.close);
        }

    }

}
