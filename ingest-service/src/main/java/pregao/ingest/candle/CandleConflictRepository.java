package pregao.ingest.candle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.candle.Candle;

/**
 * The table of final candles that came with other values than the final one that stands.
 */
public final class CandleConflictRepository {

    private static final String INSERT = """
            insert into ingest.conflict as c (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                spread_unit, first_seen, last_seen, times)
            select $1, k.symbol, k.timeframe, k.ts, k.open, k.high, k.low, k.close, k.volume, k.spread, k.spread_unit,
                now(), now(), k.times
            from unnest($3::text::text[], $4::text::text[], $5::text::timestamptz[], $6::text::numeric[],
                $7::text::numeric[], $8::text::numeric[], $9::text::numeric[], $10::text::numeric[],
                $11::text::numeric[], $12::text::text[], $13::text::boolean[], $2::text::bigint[])
                as k (symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, final, times)
            order by k.symbol, k.timeframe, k.ts
            on conflict (feed, symbol, timeframe, ts) where accepted_at is null do update set open = excluded.open, high = excluded.high,
                low = excluded.low, close = excluded.close, volume = excluded.volume, spread = excluded.spread,
                spread_unit = excluded.spread_unit, last_seen = greatest(c.last_seen, excluded.last_seen),
                times = c.times + excluded.times""";

    private static final String COLUMNS = "id, feed, symbol, timeframe, ts, open, high, low, close, volume, spread,"
            + " spread_unit, first_seen, last_seen, times, accepted_at, accepted_by, revision";

    private static final String LOCK = "select " + COLUMNS
            + " from ingest.conflict where id = $1 and feed = $2 for update";

    private static final String MARK_ACCEPTED = "update ingest.conflict set accepted_at = clock_timestamp(),"
            + " accepted_by = $2, revision = $3 where id = $1 returning " + COLUMNS;

    private static final String FIND_PAGE = "select " + COLUMNS + """
             from ingest.conflict where feed = $1 and state = $2 and id < $3
            and ($4 is null or symbol = $4) and ($5 is null or timeframe = $5) order by id desc limit $6""";

    private static final String FIND_FEED = "select feed from ingest.conflict where id = $1";

    private CandleConflictRepository() {
    }

    /**
     * Keeps what contradicts a stored candle.
     * @param connection in the transaction in which that was found
     * @param candles all that were put
     * @param results what became of each
     * @return when they are kept, at once where there are none
     */
    static Mono<Void> insert(Connection connection, List<Candle> candles, List<UpsertResult> results) {
        Map<CandleBucket, Integer> lastIndexes = new LinkedHashMap<>();
        Map<CandleBucket, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).conflict()) {
                CandleBucket bucket = CandleBucket.of(candles.get(i));
                lastIndexes.put(bucket, i);
                counts.merge(bucket, 1L, Long::sum);
            }
        }
        if (lastIndexes.isEmpty()) {
            return Mono.empty();
        }
        var statement = connection.createStatement(INSERT)
            .bind(0, candles.getFirst().instrument().feed())
            .bind(1, counts.values().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
        return Flux.from(new CandleSqlArrays(candles, List.copyOf(lastIndexes.values())).bind(statement).execute())
            .flatMap(Result::getRowsUpdated)
            .then();
    }

    /**
     * Takes hold of one, so that it is accepted once.
     * @param connection in the transaction that is to store it
     * @param feed it must be of
     * @param id its number
     * @return the conflict, or nothing where there is none
     */
    static Mono<StoredConflict> lock(Connection connection, String feed, long id) {
        return Flux.from(connection.createStatement(LOCK).bind(0, id).bind(1, feed).execute())
            .flatMap((result) -> result.map(StoredConflict::of))
            .next();
    }

    static Mono<StoredConflict> markAccepted(Connection connection, long id, String user, int revision) {
        return Flux
            .from(connection.createStatement(MARK_ACCEPTED).bind(0, id).bind(1, user).bind(2, revision).execute())
            .flatMap((result) -> result.map(StoredConflict::of))
            .single();
    }

    /**
     * Finds the feed of a conflict.
     * @param connection to the database
     * @param id its number
     * @return the feed, or nothing if there is no conflict of that number
     */
    public static Mono<String> findFeed(Connection connection, long id) {
        return Flux.from(connection.createStatement(FIND_FEED).bind(0, id).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, String.class))))
            .next();
    }

    /**
     * Lists conflicts, the newest first.
     * @param connection to the database
     * @param query which
     * @return at most as many as wanted
     */
    public static Flux<StoredConflict> findPage(Connection connection, ConflictQuery query) {
        var statement = connection.createStatement(FIND_PAGE)
            .bind(0, query.feed())
            .bind(1, query.state().text())
            .bind(2, query.before())
            .bind(3, Parameters.in(R2dbcType.VARCHAR, query.symbol()))
            .bind(4, Parameters.in(R2dbcType.VARCHAR, query.timeframe()))
            .bind(5, query.limit());
        return Flux.from(statement.execute()).concatMap((Result result) -> result.map(StoredConflict::of));
    }

}
