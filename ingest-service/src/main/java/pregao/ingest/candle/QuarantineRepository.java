package pregao.ingest.candle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;
import pregao.market.dataquality.Outlier;

/**
 * Repository of candles in quarantine, which wait until a user releases them.
 */
public final class QuarantineRepository {

    /** Stands in place of a user if a level that lasts released a candle. */
    static final String BY_LEVEL = "level_change";

    /**
     * A candle equal to the stored one is a repeat and not quarantined, regardless of its
     * neighbors.
     */
    private static final String INSERT = """
            with sent as (select u.*
                from unnest($3::text::text[], $4::text::text[], $5::text::timestamptz[], $6::text::numeric[],
                    $7::text::numeric[], $8::text::numeric[], $9::text::numeric[], $10::text::numeric[],
                    $11::text::numeric[], $12::text::text[], $13::text::boolean[], $14::text::numeric[],
                    $15::text::int[]) with ordinality as u (symbol, timeframe, ts, open, high, low, close, volume,
                    spread, spread_unit, final, median, neighbours, item)),
            repeats as (select k.item from sent k cross join lateral (select c.*
                    from market.candle c where c.feed = $1 and c.symbol = k.symbol and c.timeframe = k.timeframe
                    and c.ts = k.ts offset 0) c
                where (c.open, c.high, c.low, c.close, c.volume) = (k.open, k.high, k.low, k.close, k.volume)
                and c.spread is not distinct from k.spread and c.spread_unit is not distinct from k.spread_unit),
            added as (insert into ingest.quarantine (feed, owner, symbol, timeframe, ts, open, high, low, close,
                    volume, spread, spread_unit, final, median, neighbours)
                select $1, $2, symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, final,
                    median, neighbours
                from sent where item not in (select item from repeats)
                order by symbol, timeframe, ts, open, high, low, close
                on conflict do nothing returning 1)
            select (select array_agg(item::int) from repeats), (select count(*) from added)""";

    private static final String COLUMNS = "id, feed, symbol, timeframe, ts, open, high, low, close, volume, spread,"
            + " spread_unit, final, median, neighbours, received_at, released_at, released_by, revision";

    private static final String LOCK = "select " + COLUMNS
            + " from ingest.quarantine where id = $1 and feed = $2 for update";

    private static final String MARK_RELEASED = "update ingest.quarantine set released_at = clock_timestamp(),"
            + " revision = $2, final = true, released_by = $3 where id = $1 returning " + COLUMNS;

    private static final String LOCK_BUCKETS = "select " + COLUMNS + """
             from ingest.quarantine q where feed = $1 and state = 'held' and (symbol, timeframe, ts) in
                (select * from unnest($2::text::text[], $3::text::text[], $4::text::timestamptz[]))
            and exists (select from unnest($2::text::text[], $3::text::text[], $4::text::timestamptz[],
                    $5::text::numeric[], $6::text::numeric[]) as k (symbol, timeframe, ts, low, high)
                where k.symbol = q.symbol and k.timeframe = q.timeframe and k.ts = q.ts
                and greatest(k.high, q.high) <= 10 * least(k.low, q.low))
            order by id for update""";

    private static final String MARK_RELEASED_BY_LEVEL = """
            update ingest.quarantine q set released_at = clock_timestamp(), released_by = 'level_change',
                revision = k.revision
            from unnest($1::bigint[], $2::int[]) as k (id, revision) where q.id = k.id""";

    private static final String MARK_HELD = "update ingest.quarantine set released_at = null, released_by = null,"
            + " revision = null" + " where id = $1 returning " + COLUMNS;

    private static final String FIND_PAGE = "select " + COLUMNS + """
             from ingest.quarantine where feed = $1 and state = $2 and id < $3
            and ($4 is null or symbol = $4) and ($5 is null or timeframe = $5) order by id desc limit $6""";

    private static final String FIND_FEED = "select feed from ingest.quarantine where id = $1";

    private QuarantineRepository() {
    }

    /**
     * Stores outliers, each once, except those that equal the stored candle.
     * @param connection the connection, in the transaction that stores the other candles
     * @param owner the owner of the API key
     * @param candles all candles of the request
     * @param outliers the outliers by index of the candle
     * @return the candles that must not be upserted
     */
    static Mono<QuarantineResult> insert(Connection connection, String owner, List<Candle> candles,
            Map<Integer, Outlier> outliers) {
        List<Integer> indexes = new ArrayList<>(outliers.keySet());
        StringBuilder medians = new StringBuilder();
        StringBuilder neighborCounts = new StringBuilder();
        for (Outlier outlier : outliers.values()) {
            Prices.appendTo(medians.append(medians.isEmpty() ? '{' : ','), outlier.median());
            neighborCounts.append(neighborCounts.isEmpty() ? '{' : ',').append(outlier.neighbours());
        }
        var statement = connection.createStatement(INSERT)
            .bind(0, candles.get(indexes.getFirst()).instrument().feed())
            .bind(1, owner)
            .bind(13, medians.append('}').toString())
            .bind(14, neighborCounts.append('}').toString());
        return Flux.from(new CandleSqlArrays(candles, indexes).bind(statement).execute())
            .flatMap((result) -> result.map((row) -> readResult(row, indexes, outliers)))
            .single();
    }

    private static QuarantineResult readResult(Readable row, List<Integer> indexes, Map<Integer, Outlier> outliers) {
        Map<Integer, Outlier> quarantined = new LinkedHashMap<>(outliers);
        Integer[] repeats = row.get(0, Integer[].class);
        if (repeats != null) {
            for (int position : repeats) {
                quarantined.remove(indexes.get(position - 1));
            }
        }
        return new QuarantineResult(quarantined, Objects.requireNonNull(row.get(1, Long.class)), 0);
    }

    /**
     * Locks a candle, so that it is released only once.
     * @param connection the connection, in the transaction that stores the candle
     * @param feed the required feed of the candle
     * @param id the ID of the candle in quarantine
     * @return the candle, or empty if there is none
     */
    static Mono<QuarantinedCandle> lock(Connection connection, String feed, long id) {
        return Flux.from(connection.createStatement(LOCK).bind(0, id).bind(1, feed).execute())
            .flatMap((result) -> result.map(QuarantinedCandle::of))
            .next();
    }

    static Mono<QuarantinedCandle> markReleased(Connection connection, long id, int revision, String user) {
        return Flux
            .from(connection.createStatement(MARK_RELEASED).bind(0, id).bind(1, revision).bind(2, user).execute())
            .flatMap((result) -> result.map(QuarantinedCandle::of))
            .single();
    }

    static Mono<QuarantinedCandle> markHeld(Connection connection, long id) {
        return Flux.from(connection.createStatement(MARK_HELD).bind(0, id).execute())
            .flatMap((result) -> result.map(QuarantinedCandle::of))
            .single();
    }

    /**
     * Locks the candles of buckets that are consistent with the level of their bucket. A
     * bucket may contain other quarantined candles that belong to no level.
     * @param connection the connection, in the transaction that stores the candles
     * @param feed the feed of the buckets
     * @param buckets the buckets; at least one
     * @return the candles, in the order in which they were received
     */
    static Mono<List<QuarantinedCandle>> lock(Connection connection, String feed,
            List<CandleLevels.LevelBucket> buckets) {
        var statement = connection.createStatement(LOCK_BUCKETS)
            .bind(0, feed)
            .bind(1, toArray(buckets, (bucket) -> '"' + bucket.bucket().instrument().symbol() + '"'))
            .bind(2, toArray(buckets, (bucket) -> bucket.bucket().timeframe().name()))
            .bind(3, toArray(buckets, (bucket) -> Instant.ofEpochMilli(bucket.bucket().openTime()).toString()))
            .bind(4, toArray(buckets, (bucket) -> Prices.toText(bucket.low())))
            .bind(5, toArray(buckets, (bucket) -> Prices.toText(bucket.high())));
        return Flux.from(statement.execute()).concatMap((result) -> result.map(QuarantinedCandle::of)).collectList();
    }

    private static String toArray(List<CandleLevels.LevelBucket> buckets,
            Function<CandleLevels.LevelBucket, String> element) {
        return buckets.stream().map(element).collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Marks candles as released because their level lasts.
     * @param connection the connection, in the transaction that stored the candles
     * @param candles the candles
     * @param results the result of each candle
     * @return completes when the candles are marked
     */
    static Mono<Void> markReleasedByLevel(Connection connection, List<QuarantinedCandle> candles,
            List<UpsertResult> results) {
        Long[] ids = candles.stream().map(QuarantinedCandle::id).toArray(Long[]::new);
        Integer[] revisions = results.stream().map(UpsertResult::revision).toArray(Integer[]::new);
        return Flux.from(connection.createStatement(MARK_RELEASED_BY_LEVEL).bind(0, ids).bind(1, revisions).execute())
            .flatMap(Result::getRowsUpdated)
            .then();
    }

    /**
     * Finds the feed of a candle.
     * @param connection the connection
     * @param id the ID of the candle in quarantine
     * @return the feed, or empty if there is no such candle
     */
    public static Mono<String> findFeed(Connection connection, long id) {
        return Flux.from(connection.createStatement(FIND_FEED).bind(0, id).execute())
            .flatMap((result) -> result.map((row) -> Objects.requireNonNull(row.get(0, String.class))))
            .next();
    }

    /**
     * Returns a page of candles, newest first.
     * @param connection the connection
     * @param query the filter and the page
     * @return at most as many candles as the limit of the query
     */
    public static Flux<QuarantinedCandle> findPage(Connection connection, QuarantineQuery query) {
        var statement = connection.createStatement(FIND_PAGE)
            .bind(0, query.feed())
            .bind(1, query.state().text())
            .bind(2, query.before())
            .bind(3, Parameters.in(R2dbcType.VARCHAR, query.symbol()))
            .bind(4, Parameters.in(R2dbcType.VARCHAR, query.timeframe()))
            .bind(5, query.limit());
        return Flux.from(statement.execute()).concatMap((Result result) -> result.map(QuarantinedCandle::of));
    }

}
