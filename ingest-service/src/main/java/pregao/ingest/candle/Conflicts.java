package pregao.ingest.candle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pregao.contracts.candle.Candle;

/**
 * The table of final candles that came with other values than the final one that stands.
 */
final class Conflicts {

    private static final String ADD = """
            insert into ingest.conflict as c (feed, symbol, timeframe, ts, open, high, low, close, volume, spread,
                spread_unit, first_seen, last_seen, times)
            select $1, k.symbol, k.timeframe, k.ts, k.open, k.high, k.low, k.close, k.volume, k.spread, k.spread_unit,
                now(), now(), k.times
            from unnest($3::text::text[], $4::text::text[], $5::text::timestamptz[], $6::text::numeric[],
                $7::text::numeric[], $8::text::numeric[], $9::text::numeric[], $10::text::numeric[],
                $11::text::numeric[], $12::text::text[], $13::text::boolean[], $2::text::bigint[])
                as k (symbol, timeframe, ts, open, high, low, close, volume, spread, spread_unit, final, times)
            order by k.symbol, k.timeframe, k.ts
            on conflict (feed, symbol, timeframe, ts) do update set open = excluded.open, high = excluded.high,
                low = excluded.low, close = excluded.close, volume = excluded.volume, spread = excluded.spread,
                spread_unit = excluded.spread_unit, last_seen = greatest(c.last_seen, excluded.last_seen),
                times = c.times + excluded.times""";

    private Conflicts() {
    }

    /**
     * Keeps what contradicts a stored candle.
     * @param connection in the transaction in which that was found
     * @param candles all that were put
     * @param puts what became of each
     * @return when they are kept, at once where there are none
     */
    static Mono<Void> add(Connection connection, List<Candle> candles, List<Put> puts) {
        Map<Waves.Bucket, Integer> last = new LinkedHashMap<>();
        Map<Waves.Bucket, Long> times = new LinkedHashMap<>();
        for (int i = 0; i < puts.size(); i++) {
            if (puts.get(i).conflict()) {
                Waves.Bucket bucket = Waves.Bucket.of(candles.get(i));
                last.put(bucket, i);
                times.merge(bucket, 1L, Long::sum);
            }
        }
        if (last.isEmpty()) {
            return Mono.empty();
        }
        var statement = connection.createStatement(ADD)
            .bind(0, candles.getFirst().instrument().feed())
            .bind(1, times.values().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
        return Flux.from(new PutArrays(candles, List.copyOf(last.values())).bind(statement).execute())
            .flatMap(Result::getRowsUpdated)
            .then();
    }

}
