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
 * What the rows of {@code market.market_data_raw} tell without their ticks.
 */
@Component
class TickStatisticsRepository {

    /** A busy minute has a row a second: a week has hundreds of thousands. */
    private static final int MOST_ROWS = 10_000;

    private static final String SAMPLE = """
            select date_part('epoch', min(minute))::bigint, coalesce(sum(ticks), 0)::bigint,
              coalesce(sum(crossed), 0)::bigint, bool_and(coarse)
            from (
              select minute, ticks, crossed, coarse from market.market_data_raw
              where feed = $1 and symbol = $2 and minute >= $3 and minute < $4
              order by minute desc, part desc limit %d) newest""".formatted(MOST_ROWS);

    /** The first row of a minute came within it, where it is live. */
    private static final String DELAYS = """
            select coalesce(string_agg(int8send((date_part('epoch', received_at - minute) * 1000)::bigint), ''::bytea),
              ''::bytea)
            from (
              select minute, received_at from market.market_data_raw
              where feed = $1 and symbol = $2 and minute >= $3 and part = 0
              order by minute desc limit 200) newest""";

    private static final Duration LIVE = Duration.ofDays(7);

    private final DatabaseClient database;

    TickStatisticsRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<TickStatistics> sample(Instrument instrument, Instant from, Instant to) {
        return instrument(SAMPLE, instrument).bind(2, from.atOffset(ZoneOffset.UTC))
            .bind(3, to.atOffset(ZoneOffset.UTC))
            .map(TickStatisticsRepository::sample)
            .one();
    }

    /**
     * From the start of each of the newest minutes to the arrival of its first ticks.
     * @return milliseconds
     */
    Mono<long[]> delays(Instrument instrument, Instant now) {
        return instrument(DELAYS, instrument).bind(2, now.minus(LIVE).atOffset(ZoneOffset.UTC))
            .mapValue(ByteBuffer.class)
            .one()
            .map(TickStatisticsRepository::longs);
    }

    private DatabaseClient.GenericExecuteSpec instrument(String sql, Instrument instrument) {
        return this.database.sql(sql).bind(0, instrument.feed()).bind(1, instrument.symbol());
    }

    private static TickStatistics sample(Readable row) {
        return new TickStatistics(since(row.get(0, Long.class)), Objects.requireNonNull(row.get(1, Long.class)),
                Objects.requireNonNull(row.get(2, Long.class)), row.get(3, Boolean.class));
    }

    private static @Nullable Instant since(@Nullable Long second) {
        return (second != null) ? Instant.ofEpochSecond(second) : null;
    }

    private static long[] longs(ByteBuffer bytes) {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

}
