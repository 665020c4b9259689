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
 * Reads from the database on a connection of its own, within three seconds.
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
     * @param <T> of the result
     * @param query what to read
     * @return the result, or a {@link IngestException}: 503 where the database fails or
     * does not answer in time
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
