package pregao.ingest.quarantine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import pregao.ingest.candle.HeldCandle;
import pregao.ingest.candle.HeldQuery;
import pregao.ingest.candle.Quarantine;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;

/**
 * Looks up what is in quarantine.
 */
@Component
class HeldCandles {

    private static final Duration BOUND = Duration.ofSeconds(3);

    private final ConnectionFactory database;

    HeldCandles(ConnectionFactory database) {
        this.database = database;
    }

    Mono<List<HeldCandle>> page(HeldQuery query) {
        return bounded((connection) -> Quarantine.list(connection, query).collectList());
    }

    /**
     * Finds the feed of a candle.
     * @param id its number
     * @return the feed, or nothing if there is no candle of that number
     */
    Mono<String> findFeed(long id) {
        return bounded((connection) -> Quarantine.findFeed(connection, id));
    }

    private <T> Mono<T> bounded(Function<Connection, Mono<T>> query) {
        return Mono.usingWhen(this.database.create(), query, Connection::close)
            .timeout(BOUND)
            .onErrorMap(TimeoutException.class, HeldCandles::unavailable)
            .onErrorMap(R2dbcException.class, HeldCandles::unavailable);
    }

    private static Problem unavailable(Throwable cause) {
        return Problem.tryAgain(ProblemType.UNAVAILABLE, "the database did not answer", cause);
    }

}
