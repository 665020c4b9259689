package pregao.ingest.conflict;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

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
        return bounded((connection) -> Conflicts.list(connection, query).collectList());
    }

    /**
     * Finds the feed of a conflict.
     * @param id its number
     * @return the feed, or nothing if there is no conflict of that number
     */
    Mono<String> findFeed(long id) {
        return bounded((connection) -> Conflicts.findFeed(connection, id));
    }

    private <T> Mono<T> bounded(Function<Connection, Mono<T>> query) {
        return Mono.usingWhen(this.database.create(), query, Connection::close)
            .timeout(TIMEOUT)
            .onErrorMap(TimeoutException.class, ConflictRepository::unavailable)
            .onErrorMap(R2dbcException.class, ConflictRepository::unavailable);
    }

    private static Problem unavailable(Throwable cause) {
        return Problem.tryAgain(ProblemType.UNAVAILABLE, "the database did not answer", cause);
    }

}
