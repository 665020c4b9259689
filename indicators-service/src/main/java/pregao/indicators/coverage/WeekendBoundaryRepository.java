package pregao.indicators.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.market.dataquality.Weekend;
import pregao.market.dataquality.WeekendBoundary;

/**
 * Reads the M1 candles before and after each weekend of a year, with two index lookups
 * for each weekend.
 */
@Component
class WeekendBoundaryRepository {

    /** In no time zone is the edge of a weekend further from its middle. */
    private static final String SELECT_BOUNDARIES = """
            select weekend.middle, date_part('epoch', last.ts)::bigint, date_part('epoch', first.ts)::bigint
            from unnest($3::bigint[]) weekend (middle)
            cross join lateral (
              select ts from market.candle
              where feed = $1 and symbol = $2 and timeframe = 'M1' and ts < to_timestamp(weekend.middle / 1000)
                and ts >= to_timestamp(weekend.middle / 1000) - interval '40 hours'
              order by ts desc limit 1) last
            cross join lateral (
              select ts from market.candle
              where feed = $1 and symbol = $2 and timeframe = 'M1' and ts >= to_timestamp(weekend.middle / 1000)
                and ts < to_timestamp(weekend.middle / 1000) + interval '40 hours'
              order by ts limit 1) first""";

    private static final Duration LOOKBACK = Duration.ofDays(366);

    private final DatabaseClient databaseClient;

    WeekendBoundaryRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    Mono<List<WeekendBoundary>> findBefore(Instrument instrument, Instant end) {
        Map<Long, Weekend> weekends = Weekend.between(end.minus(LOOKBACK).toEpochMilli(), end.toEpochMilli())
            .stream()
            .collect(Collectors.toMap(Weekend::middle, Function.identity()));
        return this.databaseClient.sql(SELECT_BOUNDARIES)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .bind(2, weekends.keySet().toArray(Long[]::new))
            .map((row) -> new WeekendBoundary(Objects.requireNonNull(weekends.get(readLong(row, 0))),
                    readLong(row, 1) * 1000, readLong(row, 2) * 1000))
            .all()
            .collectList();
    }

    private static long readLong(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

}
