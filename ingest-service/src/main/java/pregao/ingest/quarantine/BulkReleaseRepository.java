package pregao.ingest.quarantine;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Repository;

import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Finds the candles in quarantine that a bulk release names.
 */
@Repository
class BulkReleaseRepository {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String WHERE = """
             from ingest.quarantine where feed = $1 and symbol = $2 and ($3 is null or timeframe = $3)
            and ts >= $4 and ts < $5 and state = 'held'""";

    private static final String IDS = "select id" + WHERE + " order by ts, id limit $6";

    private static final String COUNT = "select count(*)" + WHERE;

    private final ConnectionFactory database;

    BulkReleaseRepository(ConnectionFactory database) {
        this.database = database;
    }

    Mono<List<Long>> heldCandles(BulkReleaseRequest.BulkRelease release, int limit) {
        return numbers((connection) -> bind(connection.createStatement(IDS), release).bind(5, limit));
    }

    Mono<Long> countHeldCandles(BulkReleaseRequest.BulkRelease release) {
        return numbers((connection) -> bind(connection.createStatement(COUNT), release)).map(List::getFirst);
    }

    private static Statement bind(Statement statement, BulkReleaseRequest.BulkRelease release) {
        return statement.bind(0, release.feed())
            .bind(1, release.symbol())
            .bind(2, Parameters.in(R2dbcType.VARCHAR, release.timeframe()))
            .bind(3, release.from().atOffset(ZoneOffset.UTC))
            .bind(4, release.to().atOffset(ZoneOffset.UTC));
    }

    private Mono<List<Long>> numbers(Function<Connection, Statement> query) {
        return Mono
            .usingWhen(this.database.create(),
                    (connection) -> Flux.from(query.apply(connection).execute())
                        .concatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Long.class))))
                        .collectList(),
                    Connection::close)
            .timeout(TIMEOUT)
            .onErrorMap(TimeoutException.class, BulkReleaseRepository::unavailable)
            .onErrorMap(R2dbcException.class, BulkReleaseRepository::unavailable);
    }

    private static Problem unavailable(Throwable cause) {
        return Problem.tryAgain(ProblemType.UNAVAILABLE, "the database did not answer", cause);
    }

}
