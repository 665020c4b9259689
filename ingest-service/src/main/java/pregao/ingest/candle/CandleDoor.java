package pregao.ingest.candle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final int ATTEMPTS = 3;

    private final ConnectionFactory database;

    CandleDoor(ConnectionFactory database) {
        this.database = database;
    }

    /**
     * Puts candles and what others must hear of them, but for those nobody would believe.
     * @param sent of one feed, any number of a bucket
     * @param owner who has the key they came with
     * @return what became of them
     */
    Mono<Stored> put(ProvidedCandles sent, String owner) {
        return inTransaction((connection) -> judgeAndPut(connection, sent, owner));
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
                    ? Mono.just(new Released(held, Stored.NOTHING, false))
                    : release(connection, held, user, grid, now)));
    }

    /**
     * Takes a release back: the next best version stands again, or none. One that is not
     * released is left as it is.
     * @param feed it must be of
     * @param id its number in quarantine
     * @return the candle as it is held again, or nothing where there is no such candle
     */
    Mono<Released> undoRelease(String feed, long id) {
        return inTransaction((connection) -> Quarantine.lock(connection, feed, id)
            .flatMap((held) -> (held.state() == HeldQuery.State.HELD)
                    ? Mono.just(new Released(held, Stored.NOTHING, false)) : undoRelease(connection, held)));
    }

    /**
     * Takes the version of a conflict in place of the one that stands, which is listed as
     * a conflict from then on. One that was accepted before is left as it is.
     * @param feed it must be of
     * @param id its number
     * @param user who accepts it
     * @return the conflict and what others must hear of it, or nothing where there is
     * none
     */
    Mono<Accepted> accept(String feed, long id, String user) {
        return inTransaction((connection) -> Conflicts.lock(connection, feed, id)
            .flatMap((conflict) -> (conflict.state() == ConflictQuery.State.ACCEPTED)
                    ? Mono.just(new Accepted(conflict, Stored.NOTHING)) : accept(connection, conflict, user)));
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

    private static Mono<Stored> judgeAndPut(Connection connection, ProvidedCandles sent, String owner) {
        return Doubts.of(connection, sent.candles())
            .flatMap((doubts) -> doubts.isEmpty() ? putAll(connection, sent, Held.NONE, List.of())
                    : settle(connection, sent, owner, doubts));
    }

    /** Holds outliers, unless they are of a level that lasts: that is released. */
    private static Mono<Stored> settle(Connection connection, ProvidedCandles sent, String owner,
            Map<Integer, Doubt> doubts) {
        return CandleLevels.of(connection, sent.candles(), doubts)
            .flatMap((levels) -> releaseLevels(connection, levels.released(), sent.endedBy())
                .flatMap((released) -> (levels.doubts().isEmpty() ? Mono.just(Held.NONE)
                        : Quarantine.hold(connection, owner, sent.candles(), levels.doubts()))
                    .flatMap((held) -> putAll(connection, sent.without(held), held.withReleased(released.size()),
                            released))));
    }

    /** Stores candles of the quarantine as they were sent, as if they came now. */
    private static Mono<List<Message>> releaseLevels(Connection connection, List<CandleLevels.LevelBucket> buckets,
            long endedBy) {
        if (buckets.isEmpty()) {
            return Mono.just(List.of());
        }
        String feed = buckets.getFirst().bucket().instrument().feed();
        return Quarantine.lock(connection, feed, buckets).flatMap((held) -> {
            if (held.isEmpty()) {
                return Mono.just(List.<Message>of());
            }
            ProvidedCandles sent = new ProvidedCandles(held.stream().map(HeldCandle::candle).toList(), new BitSet(),
                    endedBy);
            return put(connection, sent)
                .flatMap((outcome) -> Quarantine.releasedByLevel(connection, held, outcome.puts())
                    .then(Mono.fromSupplier(() -> tell(held, outcome.changed()))));
        });
    }

    private static List<Message> tell(List<HeldCandle> held, List<Message> changed) {
        Candle first = held.getFirst().candle();
        log.info("{} {}: 20 consecutive candles establish a new level at {}; {} candles leave quarantine",
                first.instrument().key(), first.timeframe(), Price.toText(first.close()), held.size());
        return changed;
    }

    private static Mono<Stored> putAll(Connection connection, ProvidedCandles sent, Held held, List<Message> released) {
        if (sent.candles().isEmpty()) {
            return remember(connection, List.of(), held, released);
        }
        return put(connection, sent)
            .flatMap((outcome) -> Conflicts.add(connection, sent.candles(), outcome.puts()).then(Mono.defer(() -> {
                List<Message> changed = new ArrayList<>(released);
                changed.addAll(outcome.changed());
                return remember(connection, outcome.puts(), held, changed);
            })));
    }

    private static Mono<Outcome> put(Connection connection, ProvidedCandles sent) {
        Repeats repeats = new Repeats(sent);
        return played(connection, repeats).then(Mono.defer(() -> PutCall.put(connection, sent, repeats.positions())))
            .map((answer) -> new Outcome(repeats.answers(answer.puts()),
                    changed(sent.candles(), repeats.positions(), answer)));
    }

    private static Mono<Void> played(Connection connection, Repeats repeats) {
        if (repeats.buckets().isEmpty()) {
            return Mono.empty();
        }
        return BucketStates.find(connection, repeats.buckets()).doOnNext(repeats::play).then();
    }

    private static Mono<Released> release(Connection connection, HeldCandle held, String user, BucketGrid grid,
            long now) {
        Candle candle = held.candle().completed();
        long end = candle.closeTime(grid);
        if (end > now) {
            return Mono.error(Problem.of(ProblemType.NOT_YET,
                    "a released candle is final, and this one ends at " + Instant.ofEpochMilli(end)));
        }
        return PutCall.act(connection, candle, "put", held.id()).flatMap((answer) -> {
            Put put = answer.puts().getFirst();
            List<Message> changed = changed(List.of(candle), List.of(0), answer);
            return Quarantine.released(connection, held.id(), put.revision(), user)
                .flatMap((released) -> remember(connection, List.of(put), Held.NONE, changed)
                    .map((stored) -> new Released(released, stored, true)));
        });
    }

    private static Mono<Released> undoRelease(Connection connection, HeldCandle held) {
        if (Quarantine.BY_LEVEL.equals(held.releasedBy())) {
            return Mono.error(Problem.of(ProblemType.CONFLICT,
                    "no user released this candle: it is one of 20 consecutive candles of a level that lasts, so it"
                            + " stands as any other candle of the sender; send it again with other values, and accept"
                            + " the conflict, to replace it"));
        }
        return PutCall.act(connection, held.candle(), "undo", held.id())
            .flatMap((answer) -> Quarantine.heldAgain(connection, held.id())
                .flatMap((again) -> remember(connection, List.of(), Held.NONE, messages(answer.others()))
                    .map((stored) -> new Released(again, stored, true))));
    }

    private static Mono<Accepted> accept(Connection connection, StoredConflict conflict, String user) {
        return PutCall.act(connection, conflict.candle().completed(), "accept", null)
            .flatMap((answer) -> Conflicts
                .accepted(connection, conflict.id(), user, answer.puts().getFirst().revision())
                .flatMap((accepted) -> displace(connection, answer.others())
                    .then(Mono.defer(() -> remember(connection, List.of(), Held.NONE, messages(answer.others()))))
                    .map((stored) -> new Accepted(accepted, stored))));
    }

    private static Mono<Void> displace(Connection connection, List<PutCall.Change> others) {
        List<Candle> displaced = others.stream()
            .filter((change) -> change.status().equals("displaced") && change.candle().complete())
            .map(PutCall.Change::candle)
            .toList();
        return Conflicts.add(connection, displaced,
                displaced.stream().map((candle) -> new Put(Put.Status.DUPLICATE, true, 0, true)).toList());
    }

    private static List<Message> changed(List<Candle> candles, List<Integer> positions, PutCall.Answer answer) {
        List<Message> changed = new ArrayList<>(messages(answer.others()));
        for (int i = 0; i < positions.size(); i++) {
            Put put = answer.puts().get(i);
            if (put.changed()) {
                Candle candle = candles.get(positions.get(i));
                changed.add(message(CandleEvent.of(candle.withFinality(put.isFinal()).withRevision(put.revision()))));
            }
        }
        return changed;
    }

    private static List<Message> messages(List<PutCall.Change> changes) {
        List<Message> messages = new ArrayList<>();
        for (PutCall.Change change : changes) {
            switch (change.status()) {
                case "updated" -> messages.add(message(CandleEvent.of(change.candle())));
                case "withdrawn" -> messages.add(message(CandleEvent.withdrawn(change.candle())));
                default -> {
                    // What was displaced is published as what displaces it.
                }
            }
        }
        return messages;
    }

    private static Mono<Stored> remember(Connection connection, List<Put> puts, Held held, List<Message> changed) {
        if (changed.isEmpty()) {
            return Mono.just(new Stored(puts, held, changed, 0));
        }
        return Outbox.add(connection, changed).map((id) -> new Stored(puts, held, changed, id));
    }

    private static Message message(CandleEvent event) {
        return new Message(Topic.CANDLE, event.candle().instrument().key(), CandleCodec.encode(event));
    }

    /**
     * What came of candles.
     *
     * @param puts of each, in the order they were sent
     * @param changed what others must hear of
     */
    private record Outcome(List<Put> puts, List<Message> changed) {
    }

}
