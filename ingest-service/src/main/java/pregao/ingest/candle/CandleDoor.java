package pregao.ingest.candle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.stereotype.Component;

import pregao.contracts.Price;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.feed.BucketGrid;
import pregao.ingest.problem.Problem;
import pregao.ingest.problem.ProblemType;
import pregao.ingest.topic.Message;
import pregao.market.quality.Doubt;

/**
 * The one door for candles, {@code market.put_candles}, together with the outbox in one
 * transaction.
 */
@Component
class CandleDoor {

    private static final Logger log = LoggerFactory.getLogger(CandleDoor.class);

    /** Says only what is not plainly inserted, which is nothing most of the time. */
    private static final String PUT = """
            select array_agg(item), array_agg(status), array_agg(conflict), array_agg(revision)
            from market.put_candles(array_fill($1::text, array[$2::int]), $3::text::text[], $4::text::text[],
                $5::text::timestamptz[], $6::text::numeric[], $7::text::numeric[], $8::text::numeric[],
                $9::text::numeric[], $10::text::numeric[], $11::text::numeric[], $12::text::text[],
                array_fill('given'::text, array[$2::int]), $13::text::boolean[])
            where status <> 'inserted'""";

    private static final String RELEASE = PUT.replace("$13::text::boolean[])",
            "$13::text::boolean[], array_fill(true, array[$2::int]))");

    private static final int ATTEMPTS = 3;

    private final ConnectionFactory database;

    CandleDoor(ConnectionFactory database) {
        this.database = database;
    }

    /**
     * Puts candles and what others must hear of them, but for those nobody would believe.
     * @param candles of one feed, any number of a bucket
     * @param owner who has the key they came with
     * @return what became of them
     */
    Mono<Stored> put(List<Candle> candles, String owner) {
        return inTransaction((connection) -> judgeAndPut(connection, candles, owner));
    }

    /**
     * Puts a candle that a person releases from quarantine; one that was released before
     * is left as it is.
     * @param feed it must be of
     * @param id its number in quarantine
     * @param user who releases it
     * @param now epoch milliseconds
     * @return what is stored, or nothing where there is no such candle
     */
    Mono<Released> release(String feed, long id, String user, BucketGrid grid, long now) {
        return inTransaction((connection) -> Quarantine.lock(connection, feed, id)
            .flatMap((held) -> (held.state() == HeldQuery.State.RELEASED)
                    ? Mono.just(new Released(held, Stored.NOTHING, false)) : release(connection, held, user, grid, now)));
    }

    private <T> Mono<T> inTransaction(Function<Connection, Mono<T>> work) {
        return Mono
            .usingWhen(this.database.create(), (connection) -> inTransaction(connection, work), Connection::close)
            .retryWhen(Retry.max(ATTEMPTS - 1)
                .filter(CandleDoor::isCollision)
                .onRetryExhaustedThrow((retry, signal) -> signal.failure()));
    }

    /** Two transactions that wait for each other: one of them is told to come again. */
    private static boolean isCollision(Throwable failure) {
        return failure instanceof R2dbcException ex
                && ("40P01".equals(ex.getSqlState()) || "40001".equals(ex.getSqlState()));
    }

    private static <T> Mono<T> inTransaction(Connection connection, Function<Connection, Mono<T>> work) {
        return Mono.usingWhen(Mono.from(connection.beginTransaction()).thenReturn(connection), work,
                Connection::commitTransaction, (open, failure) -> open.rollbackTransaction(),
                Connection::rollbackTransaction);
    }

    private static Mono<Stored> judgeAndPut(Connection connection, List<Candle> candles, String owner) {
        return Doubts.of(connection, candles)
            .flatMap((doubts) -> doubts.isEmpty() ? putAll(connection, candles, Held.NONE, List.of())
                    : settle(connection, candles, owner, doubts));
    }

    /** Holds outliers, unless they are of a level that lasts: that is released. */
    private static Mono<Stored> settle(Connection connection, List<Candle> candles, String owner,
            Map<Integer, Doubt> doubts) {
        return CandleLevels.of(connection, candles, doubts)
            .flatMap((levels) -> releaseLevels(connection, levels.released())
                .flatMap((released) -> (levels.doubts().isEmpty() ? Mono.just(Held.NONE)
                        : Quarantine.hold(connection, owner, candles, levels.doubts()))
                    .flatMap((held) -> putAll(connection, held.believed(candles), held.withReleased(released.size()),
                            released))));
    }

    /** Stores candles of the quarantine as they were sent, as if they came now. */
    private static Mono<List<Message>> releaseLevels(Connection connection, List<Waves.Bucket> buckets) {
        if (buckets.isEmpty()) {
            return Mono.just(List.of());
        }
        String feed = buckets.getFirst().instrument().feed();
        return Quarantine.lock(connection, feed, buckets).flatMap((held) -> {
            List<Candle> candles = held.stream().map(HeldCandle::candle).toList();
            Put[] puts = new Put[candles.size()];
            return Flux.fromIterable(Waves.of(candles))
                .concatMap((wave) -> putWave(connection, PUT, candles, wave, puts))
                .then(Mono.defer(() -> Quarantine.releasedByLevel(connection, held, Arrays.asList(puts))))
                .then(Mono.fromSupplier(() -> tell(held, changed(candles, Arrays.asList(puts)))));
        });
    }

    private static List<Message> tell(List<HeldCandle> held, List<Message> changed) {
        if (!held.isEmpty()) {
            Candle first = held.getFirst().candle();
            log.info("{} {}: 20 consecutive candles establish a new level at {}; {} candles leave quarantine",
                    first.instrument().key(), first.timeframe(), Price.toText(first.close()), held.size());
        }
        return changed;
    }

    private static Mono<Stored> putAll(Connection connection, List<Candle> candles, Held held, List<Message> released) {
        Put[] puts = new Put[candles.size()];
        return Flux.fromIterable(Waves.of(candles))
            .concatMap((wave) -> putWave(connection, PUT, candles, wave, puts))
            .then(Mono.defer(() -> Conflicts.add(connection, candles, Arrays.asList(puts))))
            .then(Mono.defer(() -> remember(connection, candles, Arrays.asList(puts), held, released)));
    }

    private static Mono<Released> release(Connection connection, HeldCandle held, String user, BucketGrid grid, long now) {
        Candle candle = held.candle().completed();
        long end = candle.closeTime(grid);
        if (end > now) {
            return Mono.error(Problem.of(ProblemType.NOT_YET,
                    "a released candle is final, and this one ends at " + Instant.ofEpochMilli(end)));
        }
        Put[] puts = new Put[1];
        return putWave(connection, RELEASE, List.of(candle), List.of(0), puts)
            .then(Mono.defer(() -> Quarantine.released(connection, held.id(), puts[0].revision(), user)))
            .flatMap((released) -> remember(connection, List.of(candle), List.of(puts), Held.NONE, List.of())
                .map((stored) -> new Released(released, stored, true)));
    }

    private static Mono<Void> putWave(Connection connection, String call, List<Candle> candles, List<Integer> wave,
            Put[] puts) {
        var statement = connection.createStatement(call)
            .bind(0, candles.get(wave.getFirst()).instrument().feed())
            .bind(1, wave.size());
        for (int position : wave) {
            puts[position] = inserted(candles.get(position));
        }
        return Flux.from(new PutArrays(candles, wave).bind(statement).execute())
            .flatMap((result) -> result.map((row) -> take(row, wave, puts)))
            .then();
    }

    private static Put inserted(Candle candle) {
        return new Put(Put.Status.INSERTED, false, candle.complete() ? 1 : 0);
    }

    private static int take(Readable row, List<Integer> wave, Put[] puts) {
        Integer[] items = row.get(0, Integer[].class);
        String[] statuses = row.get(1, String[].class);
        Boolean[] conflicts = row.get(2, Boolean[].class);
        Integer[] revisions = row.get(3, Integer[].class);
        if (items == null || statuses == null || conflicts == null || revisions == null) {
            return 0;
        }
        for (int i = 0; i < items.length; i++) {
            puts[wave.get(items[i] - 1)] = new Put(Put.Status.of(statuses[i]), conflicts[i], revisions[i]);
        }
        return items.length;
    }

    private static Mono<Stored> remember(Connection connection, List<Candle> candles, List<Put> puts, Held held,
            List<Message> released) {
        List<Message> changed = new ArrayList<>(released);
        changed.addAll(changed(candles, puts));
        if (changed.isEmpty()) {
            return Mono.just(new Stored(puts, held, changed, 0));
        }
        return Outbox.add(connection, changed).map((id) -> new Stored(puts, held, changed, id));
    }

    private static List<Message> changed(List<Candle> candles, List<Put> puts) {
        List<Message> changed = new ArrayList<>();
        for (int i = 0; i < puts.size(); i++) {
            if (puts.get(i).changed()) {
                changed.add(message(candles.get(i).withRevision(puts.get(i).revision())));
            }
        }
        return changed;
    }

    private static Message message(Candle candle) {
        return new Message(Topic.CANDLE, candle.instrument().key(), CandleCodec.encode(CandleEvent.of(candle)));
    }

}
