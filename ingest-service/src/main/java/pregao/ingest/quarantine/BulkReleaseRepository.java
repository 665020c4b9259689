package pregao.ingest.quarantine;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Statement;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.ingest.database.DatabaseReader;

/**
 * Repository that finds the quarantined candles of a bulk release.
 */
@Repository
class BulkReleaseRepository {

    private static final String WHERE = """
             from ingest.quarantine where feed = $1 and symbol = $2 and ($3 is null or timeframe = $3)
            and ts >= $4 and ts < $5 and state = 'held'""";

    private static final String FIND_IDS = "select id" + WHERE + " order by ts, id limit $6";

    private static final String COUNT = "select count(*)" + WHERE;

    private final DatabaseReader databaseReader;

    BulkReleaseRepository(DatabaseReader databaseReader) {
        this.databaseReader = databaseReader;
    }

    Mono<List<Long>> findHeldIds(BulkReleaseRequest.BulkRelease release, int limit) {
        return queryNumbers((connection) -> bind(connection.createStatement(FIND_IDS), release).bind(5, limit));
    }

    Mono<Long> countHeld(BulkReleaseRequest.BulkRelease release) {
        return queryNumbers((connection) -> bind(connection.createStatement(COUNT), release)).map(List::getFirst);
    }

    private static Statement bind(Statement statement, BulkReleaseRequest.BulkRelease release) {
        return statement.bind(0, release.feed())
            .bind(1, release.symbol())
            .bind(2, Parameters.in(R2dbcType.VARCHAR, release.timeframe()))
            .bind(3, release.from().atOffset(ZoneOffset.UTC))
            .bind(4, release.to().atOffset(ZoneOffset.UTC));
    }

    private Mono<List<Long>> queryNumbers(Function<Connection, Statement> query) {
        return this.databaseReader.read((connection) -> Flux.from(query.apply(connection).execute())
            .concatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Long.class))))
            .collectList());
    }

}
