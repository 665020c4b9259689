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
 * Counts of what ingest and the aggregator noted about senders, and when candles arrived.
 * Unknown until the services that own the tables have migrated.
 */
@Component
class SenderDiagnosticsRepository {

    private static final Duration LIVE = Duration.ofDays(7);

    private static final String SNAPSHOTS = """
            select count(*) from market.candle
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5 and final and snapshot""";

    private static final String HELD = """
            select count(*) from market.tick_quarantine
            where feed = $1 and symbol = $2 and state = 'held' and ts >= $3 and ts < $4""";

    private static final String REJECTIONS = """
            select item, field, reason, count, symbol, example, last_at from ingest.rejection_by_reason
            where feed = $1 order by count desc, item, field, reason limit 20""";

    private static final String DELAYS = """
            select coalesce(string_agg(int8send((date_part('epoch', created_at - ts) * 1000)::bigint), ''::bytea),
              ''::bytea)
            from (
              select ts, created_at from market.candle
              where feed = $1 and symbol = $2 and timeframe = 'M1' and ts >= $3 and source in ('given', 'provided')
              order by ts desc limit 200) newest""";

    private final DatabaseClient database;

    SenderDiagnosticsRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<SenderDiagnostics> of(SeriesInfo series, Instant from, Instant to) {
        return snapshots(series, from, to).flatMap((snapshots) -> held(series, from, to)
            .flatMap((held) -> rejections(series).map((rejections) -> new SenderDiagnostics(snapshots.orElse(null),
                    held.orElse(null), rejections.orElse(null)))));
    }

    /**
     * From the start of each of the newest minutes to the first arrival of its candle.
     * @return milliseconds
     */
    Mono<long[]> delays(Instrument instrument, Instant now) {
        return this.database.sql(DELAYS)
            .bind(0, instrument.feed())
            .bind(1, instrument.symbol())
            .bind(2, now.minus(LIVE).atOffset(ZoneOffset.UTC))
            .mapValue(ByteBuffer.class)
            .one()
            .map(SenderDiagnosticsRepository::longs);
    }

    private static long[] longs(ByteBuffer bytes) {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private Mono<Optional<Long>> snapshots(SeriesInfo series, Instant from, Instant to) {
        return known(this.database.sql(SNAPSHOTS)
            .bind(0, series.instrument().feed())
            .bind(1, series.instrument().symbol())
            .bind(2, series.timeframe().name())
            .bind(3, from.atOffset(ZoneOffset.UTC))
            .bind(4, to.atOffset(ZoneOffset.UTC))
            .mapValue(Long.class)
            .one());
    }

    private Mono<Optional<Long>> held(SeriesInfo series, Instant from, Instant to) {
        return known(this.database.sql(HELD)
            .bind(0, series.instrument().feed())
            .bind(1, series.instrument().symbol())
            .bind(2, from.atOffset(ZoneOffset.UTC))
            .bind(3, to.atOffset(ZoneOffset.UTC))
            .mapValue(Long.class)
            .one());
    }

    private Mono<Optional<List<SenderDiagnostics.Rejections>>> rejections(SeriesInfo series) {
        return known(this.database.sql(REJECTIONS)
            .bind(0, series.instrument().feed())
            .map(SenderDiagnosticsRepository::rejection)
            .all()
            .collectList());
    }

    private static SenderDiagnostics.Rejections rejection(Readable row) {
        return new SenderDiagnostics.Rejections(text(row, 0), text(row, 1), text(row, 2),
                Objects.requireNonNull(row.get(3, Long.class)), row.get(4, String.class), text(row, 5),
                Objects.requireNonNull(row.get(6, OffsetDateTime.class)).toInstant());
    }

    private static String text(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static <T> Mono<Optional<T>> known(Mono<T> query) {
        return query.map(Optional::of).onErrorReturn(SenderDiagnosticsRepository::isNotThere, Optional.empty());
    }

    private static boolean isNotThere(Throwable failure) {
        return failure instanceof BadSqlGrammarException || failure instanceof PermissionDeniedDataAccessException;
    }

}
