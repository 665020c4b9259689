package pregao.indicators.coverage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.r2dbc.spi.Readable;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;

/**
 * Reads what ingest-service and the aggregator recorded about senders, and when candles
 * arrived. The numbers are unknown until the services that own the tables have migrated.
 */
@Component
class SenderDiagnosticsRepository {

    private static final Duration DELAY_LOOKBACK = Duration.ofDays(7);

    private static final String COUNT_SNAPSHOTS = """
            select count(*) from market.candle
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5 and final and snapshot""";

    private static final String COUNT_HELD_TICKS = """
            select count(*) from market.tick_quarantine
            where feed = $1 and symbol = $2 and state = 'held' and ts >= $3 and ts < $4""";

    private static final String SELECT_REJECTIONS = """
            select item, field, reason, count, symbol, example, last_at from ingest.rejection_by_reason
            where feed = $1 order by count desc, item, field, reason limit 20""";

    private static final String SELECT_DELAYS = """
            select coalesce(string_agg(int8send((date_part('epoch', created_at - ts) * 1000)::bigint), ''::bytea),
              ''::bytea)
            from (
              select ts, created_at from market.candle
              where feed = $1 and symbol = $2 and timeframe = 'M1' and ts >= $3 and source in ('given', 'provided')
              order by ts desc limit 200) newest""";

    private final DatabaseClient databaseClient;

    SenderDiagnosticsRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    Mono<SenderDiagnostics> findDiagnostics(SeriesInfo series, Instant from, Instant to) {
        return countSnapshots(series, from, to).flatMap((snapshots) -> countHeldTicks(series, from, to).flatMap(
                (heldTicks) -> findRejections(series).map((rejections) -> new SenderDiagnostics(snapshots.orElse(null),
                        heldTicks.orElse(null), rejections.orElse(null)))));
    }

    /**
     * Finds the times from the start of each of the newest minutes to the first arrival
     * of its candle.
     * @return the delays, in milliseconds
     */
    Mono<long[]> findDelays(Instrument instrument, Instant now) {
        return this.databaseClient.sql(SELECT_DELAYS)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .bind(2, now.minus(DELAY_LOOKBACK).atOffset(ZoneOffset.UTC))
            .mapValue(ByteBuffer.class)
            .one()
            .map(SenderDiagnosticsRepository::readLongs);
    }

    private static long[] readLongs(ByteBuffer bytes) {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private Mono<Optional<Long>> countSnapshots(SeriesInfo series, Instant from, Instant to) {
        return emptyIfMissing(this.databaseClient.sql(COUNT_SNAPSHOTS)
            .bind(0, series.instrument().feed())
            .bind(1, series.instrument().symbol())
            .bind(2, series.timeframe().name())
            .bind(3, from.atOffset(ZoneOffset.UTC))
            .bind(4, to.atOffset(ZoneOffset.UTC))
            .mapValue(Long.class)
            .one());
    }

    private Mono<Optional<Long>> countHeldTicks(SeriesInfo series, Instant from, Instant to) {
        return emptyIfMissing(this.databaseClient.sql(COUNT_HELD_TICKS)
            .bind(0, series.instrument().feed())
            .bind(1, series.instrument().symbol())
            .bind(2, from.atOffset(ZoneOffset.UTC))
            .bind(3, to.atOffset(ZoneOffset.UTC))
            .mapValue(Long.class)
            .one());
    }

    private Mono<Optional<List<SenderDiagnostics.Rejections>>> findRejections(SeriesInfo series) {
        return emptyIfMissing(this.databaseClient.sql(SELECT_REJECTIONS)
            .bind(0, series.instrument().feed())
            .map(SenderDiagnosticsRepository::readRejection)
            .all()
            .collectList());
    }

    private static SenderDiagnostics.Rejections readRejection(Readable row) {
        return new SenderDiagnostics.Rejections(readString(row, 0), readString(row, 1), readString(row, 2),
                Objects.requireNonNull(row.get(3, Long.class)), row.get(4, String.class), readString(row, 5),
                Objects.requireNonNull(row.get(6, OffsetDateTime.class)).toInstant());
    }

    private static String readString(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static <T> Mono<Optional<T>> emptyIfMissing(Mono<T> query) {
        return query.map(Optional::of).onErrorReturn(SenderDiagnosticsRepository::isMissing, Optional.empty());
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof BadSqlGrammarException || failure instanceof PermissionDeniedDataAccessException;
    }

}
