package pregao.indicators.marketdata;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.indicators.query.Cursor;
import pregao.indicators.query.MarketDataQuery;
import pregao.market.indicator.Indicators;

/**
 * Pages with values in any convention, computed by the class that computes the stored
 * ones, from as many candles before the page as indicators reach back.
 */
@Component
class ComputedPages {

    private static final String BAR = """
            date_part('epoch', c.ts)::bigint, (c.high * 100000000)::bigint, (c.low * 100000000)::bigint,
            (c.close * 100000000)::bigint""";

    private static final String PAGE = "select %s, %s from (%s) c order by c.ts";

    private static final String FROM = PAGE.formatted(BAR, CandleText.CANDLE, CandleText.FROM);

    private static final String LATEST = PAGE.formatted(BAR, CandleText.CANDLE, CandleText.LATEST);

    private static final String BEFORE = """
            select %s from (
              select ts, high, low, close from market.candle
              where feed = $1 and symbol = $2 and timeframe = $3 and ts < $4
              order by ts desc limit %d) c
            order by c.ts""".formatted(BAR, Indicators.REACH);

    private final Candles candles;

    private final DatabaseClient database;

    ComputedPages(Candles candles, DatabaseClient database) {
        this.candles = candles;
        this.database = database;
    }

    Mono<Page> find(MarketDataQuery query) {
        return this.candles.select((query.from() != null) ? FROM : LATEST, query)
            .map((row) -> new Item(bar(row), Objects.requireNonNull(row.get(4, String.class))))
            .all()
            .collectList()
            .flatMap((items) -> items.isEmpty() ? Mono.just(new Page(query, "", null)) : valued(query, items));
    }

    private Mono<Page> valued(MarketDataQuery query, List<Item> items) {
        return this.database.sql(BEFORE)
            .bind(0, query.instrument().feed())
            .bind(1, query.instrument().symbol())
            .bind(2, query.timeframe().name())
            .bind(3, items.getFirst().bar().ts().atOffset(java.time.ZoneOffset.UTC))
            .map(ComputedPages::bar)
            .all()
            .collectList()
            .map((before) -> page(query, before, items));
    }

    private static Page page(MarketDataQuery query, List<Bar> before, List<Item> items) {
        Indicators indicators = new Indicators(query.convention());
        before.forEach((bar) -> bar.addTo(indicators));
        int size = Math.min(items.size(), query.limit());
        StringBuilder json = new StringBuilder(320 * size);
        for (Item item : items.subList(0, size)) {
            item.bar().addTo(indicators);
            json.append(json.isEmpty() ? "" : ",").append(item.candle());
            ValuesText.append(json, indicators);
            json.append('}');
        }
        return new Page(query, json.toString(), (items.size() > size) ? new Cursor(items.get(size).bar().ts()) : null);
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
    private record Item(Bar bar, String candle) {
    }

    /**
     * What indicators need of a candle, in units of 1e-8.
     */
    private record Bar(Instant ts, long high, long low, long close) {

        void addTo(Indicators indicators) {
            indicators.add(this.high, this.low, this.close);
        }

    }

}
