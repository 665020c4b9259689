package pregao.indicators.marketdata;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.indicators.query.MarketDataQuery;

/**
 * The candles in the database, read along the primary key.
 */
@Component
class StoredCandles {

    // Decimals come as text, which is what the database makes of them anyway: no decimal
    // is parsed and written again on the way.
    private static final String COLUMNS = """
            date_part('epoch', ts)::bigint, open::text, high::text, low::text, close::text, volume::text, spread::text,
            coalesce(spread_unit = 'points', false), final, source, revision""";

    private static final String PAGE = """
            select %s from market.candle
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5
            order by ts limit $6""".formatted(COLUMNS);

    private static final String LATEST = """
            select %s from (
              select * from market.candle
              where feed = $1 and symbol = $2 and timeframe = $3 and ts < $4
              order by ts desc limit $5) latest
            order by ts""".formatted(COLUMNS);

    private static final String KNOWN = """
            select exists (select from market.candle where feed = $1 and symbol = $2)""";

    private static final OffsetDateTime NO_END = OffsetDateTime.of(10_000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final DatabaseClient database;

    StoredCandles(DatabaseClient database) {
        this.database = database;
    }

    Mono<MarketDataPage> page(MarketDataQuery query) {
        Instant from = query.from();
        DatabaseClient.GenericExecuteSpec select = (from != null) ? page(query, from) : latest(query);
        return select.map(StoredCandles::candle).all().collectList().map((found) -> MarketDataPage.of(query, found));
    }

    Mono<Boolean> knows(Instrument instrument) {
        return this.database.sql(KNOWN)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .mapValue(Boolean.class)
            .one();
    }

    private DatabaseClient.GenericExecuteSpec page(MarketDataQuery query, Instant from) {
        return instrument(PAGE, query).bind(3, from.atOffset(ZoneOffset.UTC))
            .bind(4, end(query.to()))
            .bind(5, query.limit() + 1);
    }

    private DatabaseClient.GenericExecuteSpec latest(MarketDataQuery query) {
        return instrument(LATEST, query).bind(3, end(query.to())).bind(4, query.limit());
    }

    private DatabaseClient.GenericExecuteSpec instrument(String sql, MarketDataQuery query) {
        return this.database.sql(sql)
            .bind(0, query.instrument().feed())
            .bind(1, query.instrument().symbol())
            .bind(2, query.timeframe().name());
    }

    private static OffsetDateTime end(@Nullable Instant to) {
        return (to != null) ? to.atOffset(ZoneOffset.UTC) : NO_END;
    }

    private static StoredCandle candle(Readable row) {
        return new StoredCandle(Instant.ofEpochSecond(given(row, 0, Long.class)), given(row, 1, String.class),
                given(row, 2, String.class), given(row, 3, String.class), given(row, 4, String.class),
                given(row, 5, String.class), row.get(6, String.class), given(row, 7, Boolean.class),
                given(row, 8, Boolean.class), given(row, 9, String.class), given(row, 10, Integer.class));
    }

    private static <T> T given(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }

}
