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
 * Repository of conflicts: final candles received with values that differ from the stored
 * final candle.
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
     * Stores the candles that conflict with a stored candle.
     * @param connection the connection, in the transaction that upserted the candles
     * @param candles all upserted candles
     * @param results the result of each candle, in the same order
     * @return completes when the conflicts are stored; immediately if there are none
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
     * Locks a conflict, so that it is accepted only once.
     * @param connection the connection, in the transaction that stores the candle
     * @param feed the required feed of the conflict
     * @param id the ID of the conflict
     * @return the conflict, or empty if there is none
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
     * @param connection the connection
     * @param id the ID of the conflict
     * @return the feed, or empty if there is no such conflict
     */
    public static Mono<String> findFeed(Connection connection, long id) {
        return Flux.from(connection.createStatement(FIND_FEED).bind(0, id).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, String.class))))
            .next();
    }

    /**
     * Returns a page of conflicts, newest first.
     * @param connection the connection
     * @param query the filter and the page
     * @return at most as many conflicts as the limit of the query
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
