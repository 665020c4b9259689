package pregao.indicators.coverage;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts rows of the view {@code ingest.refusal}, which ingest-service owns: candles with
 * a conflict, and candles in quarantine. The counts are unknown until ingest-service has
 * created the view.
 */
@Component
class RejectionCountRepository {

    private static final String SELECT_COUNTS = """
            select count(*) filter (where kind = 'conflict'), count(*) filter (where kind = 'held'),
              count(*) filter (where kind = 'released')
            from ingest.refusal
            where feed = $1 and symbol = $2 and timeframe = $3 and ts >= $4 and ts < $5""";

    private final DatabaseClient databaseClient;

    RejectionCountRepository(DatabaseClient databaseClient) {
        this.databaseClient = databaseClient;
    }

    Mono<RejectionCounts> countRejections(SeriesInfo series, Instant from, Instant to) {
        return this.databaseClient.sql(SELECT_COUNTS)
            .bind(0, series.instrument().feed())
            .bind(1, series.instrument().symbol())
            .bind(2, series.timeframe().name())
            .bind(3, from.atOffset(ZoneOffset.UTC))
            .bind(4, to.atOffset(ZoneOffset.UTC))
            .map((row) -> new RejectionCounts(readLong(row, 0), readLong(row, 1), readLong(row, 2)))
            .one()
            .onErrorReturn(RejectionCountRepository::isMissing, new RejectionCounts(null, null, null));
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof BadSqlGrammarException || failure instanceof PermissionDeniedDataAccessException;
    }

    private static Long readLong(Readable row, int column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

}
