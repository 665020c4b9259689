package pregao.indicators.marketdata;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.indicators.candle.SeriesKey;
import pregao.indicators.query.MarketDataQuery;

/**
 * Reads stored candles along the primary key.
 */
@Component
class CandleQueryRepository {

    private static final String EXISTS = """
            select exists (select from market.candle where feed = $1 and symbol = $2)""";

    private static final String SELECT_RANGE = """
            select date_part('epoch', first_ts)::bigint, date_part('epoch', last_ts)::bigint
            from indicators.series where feed = $1 and symbol = $2 and timeframe = $3""";

    private static final int MAX_CACHED_RANGES = 10_000;

    private static final Duration RANGE_TTL = Duration.ofSeconds(10);

    private final DatabaseClient databaseClient;

    private final Cache<SeriesKey, SeriesRange> rangeCache = Caffeine.newBuilder()
        .maximumSize(MAX_CACHED_RANGES)
        .expireAfterWrite(RANGE_TTL)
        .build();

    CandleQueryRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    /**
     * Binds the parameters of every read of a series: the series and the time window.
     */
    DatabaseClient.GenericExecuteSpec prepareSelect(String sql, Instrument instrument, Timeframe timeframe,
            TimeWindow window) {
        return bindSeries(sql, instrument, timeframe).bind(3, window.from().atOffset(ZoneOffset.UTC))
            .bind(4, window.to().atOffset(ZoneOffset.UTC));
    }

    /**
     * Binds the parameters of {@link CandleJsonSql#SELECT_FROM} and
     * {@link CandleJsonSql#SELECT_LATEST}.
     */
    DatabaseClient.GenericExecuteSpec prepareSelect(String sql, MarketDataQuery query, TimeWindow window) {
        return prepareSelect(sql, query.instrument(), query.timeframe(), window).bind(5, query.limit());
    }

    /**
     * Returns the time window to read for a page.
     */
    static TimeWindow computeWindow(MarketDataQuery query, @Nullable SeriesRange range, int attempt) {
        Instant from = query.from();
        return (from == null) ? TimeWindow.latest(range, query.timeframe(), query.to(), query.limit(), attempt)
                : TimeWindow.next(range, query.timeframe(), from, query.to(), query.limit() + 1, attempt);
    }

    /**
     * Returns the range of a series as the pipeline recorded it up to ten seconds ago. It
     * may be shorter than what is stored: it tells where to read first, not where a page
     * ends.
     */
    Mono<Optional<SeriesRange>> findRange(MarketDataQuery query) {
        SeriesKey key = new SeriesKey(query.instrument(), query.timeframe());
        SeriesRange cachedRange = this.rangeCache.getIfPresent(key);
        if (cachedRange != null) {
            return Mono.just(Optional.of(cachedRange));
        }
        return bindSeries(SELECT_RANGE, query.instrument(), query.timeframe())
            .map((row) -> new SeriesRange(readInstant(row, 0), readInstant(row, 1)))
            .one()
            .doOnNext((range) -> this.rangeCache.put(key, range))
            .singleOptional();
    }

    Mono<Boolean> exists(Instrument instrument) {
        return this.databaseClient.sql(EXISTS)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .mapValue(Boolean.class)
            .one();
    }

    private DatabaseClient.GenericExecuteSpec bindSeries(String sql, Instrument instrument, Timeframe timeframe) {
        return this.databaseClient.sql(sql)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .bind(2, timeframe.name());
    }

    private static Instant readInstant(Readable row, int column) {
        return Instant.ofEpochSecond(Objects.requireNonNull(row.get(column, Long.class)));
    }

}
