package pregao.ingest.candle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;

/**
 * Call of {@code market.put_candles} and its results.
 */
final class UpsertCall {

    /**
     * The first row contains the results that differ from "inserted, final, revision 1",
     * which are few most of the time. The other rows are changed candles that are not
     * items of the call.
     */
    private static final String CALL = """
            with put as materialized (select p.item, p.status, p.conflict, p.revision, p.final, c.symbol, c.timeframe,
                    c.ts, c.open, c.high, c.low, c.close, c.volume, c.spread, c.spread_unit, c.source
                from market.put_candles(array_fill($1::text, array[$2::int]), $3::text::text[], $4::text::text[],
                    $5::text::timestamptz[], $6::text::numeric[], $7::text::numeric[], $8::text::numeric[],
                    $9::text::numeric[], $10::text::numeric[], $11::text::numeric[], $12::text::text[],
                    array_fill('given'::text, array[$2::int]), $13::text::boolean[], $14::text::boolean[],
                    $15::text::timestamptz, $16::text, $17::text::bigint[]) p
                cross join lateral (select (p.candle).*) c
                where p.item is null or p.status <> 'inserted' or not p.final or p.revision <> 1)
            select array_agg(item), array_agg(status), array_agg(conflict), array_agg(revision), array_agg(final),
                null, null, null, null::bigint, null::bigint, null::bigint, null::bigint, null::bigint, null::numeric,
                null::bigint, null, null, null::boolean, null::integer
            from put where item is not null
            union all
            select null, null, null, null, null, status, symbol, timeframe, (extract(epoch from ts) * 1000)::bigint,
                (open * 100000000)::bigint, (high * 100000000)::bigint, (low * 100000000)::bigint,
                (close * 100000000)::bigint, volume, (spread * 100000000)::bigint, spread_unit, source, final, revision
            from put where item is null""";

    private static final int STATUS_COLUMN = 5;

    private static final int FIRST_CANDLE_COLUMN = 6;

    private final String feed;

    private final List<Integer> positions;

    private final UpsertResult[] results;

    private final List<CandleChange> otherChanges = new ArrayList<>();

    private UpsertCall(List<Candle> candles, List<Integer> positions) {
        this.feed = candles.get(positions.getFirst()).instrument().feed();
        this.positions = positions;
        this.results = new UpsertResult[positions.size()];
        Arrays.fill(this.results, new UpsertResult(UpsertResult.Status.INSERTED, false, 1, true));
    }

    /**
     * Upserts candles.
     * @param connection the connection, in a transaction
     * @param provided all candles of the request
     * @param positions the indexes of the candles to upsert, one for each bucket
     * @return the result of each candle, in the order of the indexes
     */
    static Mono<UpsertResponse> upsert(Connection connection, ProvidedCandles provided, List<Integer> positions) {
        return new UpsertCall(provided.candles(), positions).execute(connection, provided, "put", null);
    }

    /**
     * Applies the decision of a user to one candle.
     * @param connection the connection, in a transaction
     * @param candle the candle
     * @param action {@code put}, {@code accept} or {@code undo}
     * @param release the ID of the candle in quarantine, or null
     * @return the result
     */
    static Mono<UpsertResponse> applyUserAction(Connection connection, Candle candle, String action,
            @Nullable Long release) {
        ProvidedCandles single = new ProvidedCandles(List.of(candle), new BitSet(),
                candle.openTime() + candle.timeframe().millis());
        return new UpsertCall(single.candles(), List.of(0)).execute(connection, single, action, release);
    }

    private Mono<UpsertResponse> execute(Connection connection, ProvidedCandles provided, String action,
            @Nullable Long release) {
        StringBuilder snapshots = new StringBuilder();
        for (int position : this.positions) {
            snapshots.append(snapshots.isEmpty() ? '{' : ',').append(provided.snapshots().get(position) ? 't' : 'f');
        }
        var statement = connection.createStatement(CALL)
            .bind(0, this.feed)
            .bind(1, this.positions.size())
            .bind(13, snapshots.append('}').toString())
            .bind(14, Instant.ofEpochMilli(provided.endedBy()).toString())
            .bind(15, action)
            .bind(16, (release != null) ? "{" + release + "}" : Parameters.in(R2dbcType.VARCHAR));
        return Flux.from(new CandleSqlArrays(provided.candles(), this.positions).bind(statement).execute())
            .concatMap((result) -> result.map(this::readRow))
            .then(Mono.fromSupplier(() -> new UpsertResponse(List.of(this.results), this.otherChanges)));
    }

    private boolean readRow(Readable row) {
        String status = row.get(STATUS_COLUMN, String.class);
        if (status != null) {
            this.otherChanges.add(new CandleChange(status, readCandle(row)));
            return true;
        }
        Integer[] items = row.get(0, Integer[].class);
        String[] statuses = row.get(1, String[].class);
        Boolean[] conflicts = row.get(2, Boolean[].class);
        Integer[] revisions = row.get(3, Integer[].class);
        Boolean[] finals = row.get(4, Boolean[].class);
        if (items == null || statuses == null || conflicts == null || revisions == null || finals == null) {
            return false;
        }
        for (int i = 0; i < items.length; i++) {
            this.results[items[i] - 1] = new UpsertResult(UpsertResult.Status.of(statuses[i]), conflicts[i],
                    revisions[i], finals[i]);
        }
        return true;
    }

    private Candle readCandle(Readable row) {
        Long spread = row.get(FIRST_CANDLE_COLUMN + 8, Long.class);
        return new Candle(new Instrument(this.feed, getRequired(row, FIRST_CANDLE_COLUMN, String.class)),
                Timeframe.valueOf(getRequired(row, FIRST_CANDLE_COLUMN + 1, String.class)),
                getRequired(row, FIRST_CANDLE_COLUMN + 2, Long.class),
                getRequired(row, FIRST_CANDLE_COLUMN + 3, Long.class),
                getRequired(row, FIRST_CANDLE_COLUMN + 4, Long.class),
                getRequired(row, FIRST_CANDLE_COLUMN + 5, Long.class),
                getRequired(row, FIRST_CANDLE_COLUMN + 6, Long.class),
                getRequired(row, FIRST_CANDLE_COLUMN + 7, BigDecimal.class),
                (spread != null) ? new Spread(spread, Spread.Unit.of(row.get(FIRST_CANDLE_COLUMN + 9, String.class)))
                        : null,
                CandleSource.of(getRequired(row, FIRST_CANDLE_COLUMN + 10, String.class)),
                getRequired(row, FIRST_CANDLE_COLUMN + 11, Boolean.class),
                getRequired(row, FIRST_CANDLE_COLUMN + 12, Integer.class));
    }

    private static <T> T getRequired(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), "column " + column);
    }

    /**
     * Response of the function.
     *
     * @param puts the result of each item
     * @param others the other changed candles
     */
    record UpsertResponse(List<UpsertResult> puts, List<CandleChange> others) {

        UpsertResponse {
            puts = List.copyOf(puts);
            others = List.copyOf(others);
        }

    }

    /**
     * Changed candle that is not an item of the call.
     *
     * @param status {@code updated}, {@code withdrawn} or {@code displaced}
     * @param candle the candle as it is now, or as it was last
     */
    record CandleChange(String status, Candle candle) {
    }

}
