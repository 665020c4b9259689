package pregao.ingest.instrument;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Repository of instruments.
 */
@Repository
class InstrumentRepository {

    private static final String LOAD = """
            select symbol, digits from ingest.instrument where feed = $1 order by first_seen, symbol limit $2""";

    private static final String SAVE = """
            insert into ingest.instrument as i (feed, symbol, digits)
            select $1, u.symbol, nullif(u.digits, -1) from unnest($2::text[], $3::integer[]) as u (symbol, digits)
            on conflict (feed, symbol) do update set digits = coalesce(excluded.digits, i.digits)""";

    private final ConnectionFactory connectionFactory;

    InstrumentRepository(ConnectionFactory connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    /**
     * Loads the instruments of a feed.
     * @param feed the name of the feed
     * @param limit the maximum number of instruments, oldest first
     * @return the number of decimals by symbol
     */
    Mono<Map<String, Integer>> load(String feed, int limit) {
        return Mono.usingWhen(this.connectionFactory.create(), (connection) -> load(connection, feed, limit),
                Connection::close);
    }

    private static Mono<Map<String, Integer>> load(Connection connection, String feed, int limit) {
        return Flux.from(connection.createStatement(LOAD).bind(0, feed).bind(1, limit).execute())
            .flatMap((result) -> result.map((row) -> Map.entry(Objects.requireNonNull(row.get("symbol", String.class)),
                    Objects.requireNonNullElse(row.get("digits", Integer.class), FeedInstruments.UNKNOWN_DIGITS))))
            .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /**
     * Stores instruments of a feed.
     * @param feed the name of the feed
     * @param instruments the new instruments, and those whose decimals changed
     * @return completes when they are stored
     */
    Mono<Void> save(String feed, List<FeedInstruments.Stored> instruments) {
        String[] symbols = instruments.stream().map(FeedInstruments.Stored::symbol).toArray(String[]::new);
        Integer[] digits = instruments.stream().map(FeedInstruments.Stored::digits).toArray(Integer[]::new);
        return Mono.usingWhen(this.connectionFactory.create(),
                (connection) -> Flux
                    .from(connection.createStatement(SAVE).bind(0, feed).bind(1, symbols).bind(2, digits).execute())
                    .flatMap(Result::getRowsUpdated)
                    .then(),
                Connection::close);
    }

}
