package pregao.ingest.quarantine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Statement;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.ingest.candle.QuarantineQuery;
import pregao.ingest.database.DatabaseReader;

/**
 * Repository that reads quarantined ticks from the table that aggregator-service writes.
 */
@Repository
class TickQuarantineRepository {

    private static final String FIND_PAGE = "select " + QuarantinedTick.COLUMNS + """
             from market.tick_quarantine where feed = $1 and state = $2 and id < $3 and ($4 is null or symbol = $4)
            order by id desc limit $5""";

    private static final String FIND = "select " + QuarantinedTick.COLUMNS
            + " from market.tick_quarantine where id = $1 and feed = $2";

    private static final String FIND_FEED = "select feed from market.tick_quarantine where id = $1";

    private static final String FIND_HELD = "select " + QuarantinedTick.COLUMNS + """
             from market.tick_quarantine where feed = $1 and symbol = $2 and ts >= $3 and ts < $4 and state = 'held'
            order by ts, seq limit $5""";

    private static final String COUNT_HELD = """
            select count(*) from market.tick_quarantine
            where feed = $1 and symbol = $2 and ts >= $3 and ts < $4 and state = 'held'""";

    private final DatabaseReader databaseReader;

    TickQuarantineRepository(DatabaseReader databaseReader) {
        this.databaseReader = databaseReader;
    }

    Mono<List<QuarantinedTick>> findPage(QuarantineQuery query) {
        return query(FIND_PAGE,
                (statement) -> statement.bind(0, query.feed())
                    .bind(1, query.state().text())
                    .bind(2, query.before())
                    .bind(3, Parameters.in(R2dbcType.VARCHAR, query.symbol()))
                    .bind(4, query.limit()));
    }

    Mono<QuarantinedTick> find(String feed, long id) {
        return query(FIND, (statement) -> statement.bind(0, id).bind(1, feed))
            .flatMap((ticks) -> Mono.justOrEmpty(ticks.stream().findFirst()));
    }

    /**
     * Finds the feed of a tick.
     * @param id the ID of the tick in quarantine
     * @return the feed, or empty if there is no such tick
     */
    Mono<String> findFeed(long id) {
        return this.databaseReader
            .read((connection) -> Flux.from(connection.createStatement(FIND_FEED).bind(0, id).execute())
                .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, String.class))))
                .next());
    }

    Mono<List<QuarantinedTick>> findHeld(String feed, String symbol, Instant from, Instant to, int limit) {
        return query(FIND_HELD, (statement) -> bindRange(statement, feed, symbol, from, to).bind(4, limit));
    }

    Mono<Long> countHeld(String feed, String symbol, Instant from, Instant to) {
        return this.databaseReader.read((connection) -> Flux
            .from(bindRange(connection.createStatement(COUNT_HELD), feed, symbol, from, to).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, Long.class))))
            .single());
    }

    private static Statement bindRange(Statement statement, String feed, String symbol, Instant from, Instant to) {
        return statement.bind(0, feed)
            .bind(1, symbol)
            .bind(2, from.atOffset(ZoneOffset.UTC))
            .bind(3, to.atOffset(ZoneOffset.UTC));
    }

    private Mono<List<QuarantinedTick>> query(String sql, Function<Statement, Statement> parameters) {
        return this.databaseReader
            .read((connection) -> Flux.from(parameters.apply(connection.createStatement(sql)).execute())
                .concatMap((result) -> result.map(QuarantinedTick::of))
                .collectList());
    }

}
