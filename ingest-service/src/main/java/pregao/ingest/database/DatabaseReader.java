package pregao.ingest.database;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;

/**
 * Read access to the database: runs each query on a new connection, with a timeout of
 * three seconds.
 */
@Component
public class DatabaseReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final ConnectionFactory connectionFactory;

    DatabaseReader(ConnectionFactory connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    /**
     * Runs a query.
     * @param <T> the type of the result
     * @param query the query to run
     * @return the result, or an {@link IngestException}: 503 if the database fails or
     * does not respond in time
     */
    public <T> Mono<T> read(Function<Connection, Mono<T>> query) {
        return Mono.usingWhen(this.connectionFactory.create(), query, Connection::close)
            .timeout(TIMEOUT)
            .onErrorMap(TimeoutException.class, DatabaseReader::unavailable)
            .onErrorMap(R2dbcException.class, DatabaseReader::unavailable);
    }

    private static IngestException unavailable(Throwable cause) {
        return IngestException.retryLater(ProblemType.UNAVAILABLE, "the database did not answer", cause);
    }

}
