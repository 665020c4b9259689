package pregao.ingest.conflict;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.ingest.candle.ConflictQuery;
import pregao.ingest.candle.Conflicts;
import pregao.ingest.candle.StoredConflict;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Reads the list of conflicts.
 */
@Component
class ConflictRepository {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final ConnectionFactory database;

    ConflictRepository(ConnectionFactory database) {
        this.database = database;
    }

    Mono<List<StoredConflict>> findPage(ConflictQuery query) {
        return Mono
            .usingWhen(this.database.create(), (connection) -> Conflicts.list(connection, query).collectList(),
                    Connection::close)
            .timeout(TIMEOUT)
            .onErrorMap(TimeoutException.class, ConflictRepository::unavailable)
            .onErrorMap(R2dbcException.class, ConflictRepository::unavailable);
    }

    private static Problem unavailable(Throwable cause) {
        return Problem.tryAgain(ProblemType.UNAVAILABLE, "the database did not answer", cause);
    }

}
