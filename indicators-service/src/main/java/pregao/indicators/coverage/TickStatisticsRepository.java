package pregao.indicators.coverage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;

/**
 * Reads the statistics of the rows of {@code market.market_data_raw}, without their
 * ticks.
 */
@Component
class TickStatisticsRepository {

    /** A busy minute has a row every second, so a week has hundreds of thousands. */
    private static final int MAX_ROWS = 10_000;

    private static final String SELECT_STATISTICS = """
            select date_part('epoch', min(minute))::bigint, coalesce(sum(ticks), 0)::bigint,
              coalesce(sum(crossed), 0)::bigint, bool_and(coarse)
            from (
              select minute, ticks, crossed, coarse from market.market_data_raw
              where feed = $1 and symbol = $2 and minute >= $3 and minute < $4
              order by minute desc, part desc limit %d) newest""".formatted(MAX_ROWS);

    /** The first row of a live minute arrives within the minute. */
    private static final String SELECT_DELAYS = """
            select coalesce(string_agg(int8send((date_part('epoch', received_at - minute) * 1000)::bigint), ''::bytea),
              ''::bytea)
            from (
              select minute, received_at from market.market_data_raw
              where feed = $1 and symbol = $2 and minute >= $3 and part = 0
              order by minute desc limit 200) newest""";

    private static final Duration DELAY_LOOKBACK = Duration.ofDays(7);

    private final DatabaseClient databaseClient;

    TickStatisticsRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    Mono<TickStatistics> readStatistics(Instrument instrument, Instant from, Instant to) {
        return bindInstrument(SELECT_STATISTICS, instrument).bind(2, from.atOffset(ZoneOffset.UTC))
            .bind(3, to.atOffset(ZoneOffset.UTC))
            .map(TickStatisticsRepository::readStatistics)
            .one();
    }

    /**
     * Finds the times from the start of each of the newest minutes to the arrival of its
     * first ticks.
     * @return the delays, in milliseconds
     */
    Mono<long[]> findDelays(Instrument instrument, Instant now) {
        return bindInstrument(SELECT_DELAYS, instrument).bind(2, now.minus(DELAY_LOOKBACK).atOffset(ZoneOffset.UTC))
            .mapValue(ByteBuffer.class)
            .one()
            .map(TickStatisticsRepository::readLongs);
    }

    private DatabaseClient.GenericExecuteSpec bindInstrument(String sql, Instrument instrument) {
        return this.databaseClient.sql(sql).bind(0, instrument.feed()).bind(1, instrument.symbol());
    }

    private static TickStatistics readStatistics(Readable row) {
        return new TickStatistics(toInstant(row.get(0, Long.class)), Objects.requireNonNull(row.get(1, Long.class)),
                Objects.requireNonNull(row.get(2, Long.class)), row.get(3, Boolean.class));
    }

    private static @Nullable Instant toInstant(@Nullable Long epochSeconds) {
        return (epochSeconds != null) ? Instant.ofEpochSecond(epochSeconds) : null;
    }

    private static long[] readLongs(ByteBuffer bytes) {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

}
