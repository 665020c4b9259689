package pregao.indicators.marketdata;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

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
class Candles {

    private static final String KNOWN = """
            select exists (select from market.candle where feed = $1 and symbol = $2)""";

    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final OffsetDateTime NO_END = OffsetDateTime.of(10_000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final DatabaseClient database;

    Candles(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Binds the six parameters of {@link CandleText#FROM} and {@link CandleText#LATEST}.
     */
    DatabaseClient.GenericExecuteSpec select(String sql, MarketDataQuery query) {
        return this.database.sql(sql)
            .bind(0, query.instrument().feed())
            .bind(1, query.instrument().symbol())
            .bind(2, query.timeframe().name())
            .bind(3, moment(query.from(), BEGINNING))
            .bind(4, moment(query.to(), NO_END))
            .bind(5, query.limit());
    }

    Mono<Boolean> knows(Instrument instrument) {
        return this.database.sql(KNOWN)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .mapValue(Boolean.class)
            .one();
    }

    private static OffsetDateTime moment(@Nullable Instant moment, OffsetDateTime otherwise) {
        return (moment != null) ? moment.atOffset(ZoneOffset.UTC) : otherwise;
    }

}
