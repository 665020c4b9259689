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
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pregao.contracts.Prices;
import pregao.contracts.Topic;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleCodec;
import pregao.contracts.candle.CandleEvent;
import pregao.contracts.feed.BucketGrid;
import pregao.ingest.kafka.OutboundRecord;
import pregao.ingest.problem.IngestException;
import pregao.ingest.problem.ProblemType;
import pregao.market.dataquality.Outlier;

/**
 * The one door for candles, {@code market.put_candles}, together with the outbox in one
 * transaction.
 */
@Component
class CandleRepository {

    private static final Logger log = LoggerFactory.getLogger(CandleRepository.class);

    private static final int ATTEMPTS = 3;

    private final ConnectionFactory database;

    CandleRepository(ConnectionFactory database) {
        this.database = database;
    }

    /**
     * Puts candles and what others must hear of them, but for those nobody would believe.
     * @param sent of one feed, any number of a bucket
     * @param owner who has the key they came with
     * @return what became of them
     */
    Mono<CandleWriteResult> put(ProvidedCandles sent, String owner) {
        return inTransaction((connection) -> checkOutliersAndUpsert(connection, sent, owner));
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
    Mono<ReleaseResult> release(String feed, long id, String user, BucketGrid grid, long now) {
        return inTransaction((connection) -> QuarantineRepository.lock(connection, feed, id)
            .flatMap((held) -> (held.state() == QuarantineQuery.State.RELEASED)
                    ? Mono.just(new ReleaseResult(held, CandleWriteResult.NOTHING, false))
                    : release(connection, held, user, grid, now)));
    }

    /**
     * Takes a release back: the next best version stands again, or none. One that is not
     * released is left as it is.
     * @param feed it must be of
     * @param id its number in quarantine
     * @return the candle as it is held again, or nothing where there is no such candle
     */
    Mono<ReleaseResult> undoRelease(String feed, long id) {
        return inTransaction((connection) -> QuarantineRepository.lock(connection, feed, id)
            .flatMap((held) -> (held.state() == QuarantineQuery.State.HELD)
                    ? Mono.just(new ReleaseResult(held, CandleWriteResult.NOTHING, false))
                    : undoRelease(connection, held)));
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
    Mono<AcceptedConflict> accept(String feed, long id, String user) {
        return inTransaction((connection) -> CandleConflictRepository.lock(connection, feed, id)
            .flatMap((conflict) -> (conflict.state() == ConflictQuery.State.ACCEPTED)
                    ? Mono.just(new AcceptedConflict(conflict, CandleWriteResult.NOTHING))
                    : accept(connection, conflict, user)));
    }

    private <T> Mono<T> inTransaction(Function<Connection, Mono<T>> work) {
        return Mono
            .usingWhen(this.database.create(), (connection) -> inTransaction(connection, work), Connection::close)
            .retryWhen(Retry.max(ATTEMPTS - 1)
                .filter(CandleRepository::isCollision)
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

    private static Mono<CandleWriteResult> checkOutliersAndUpsert(Connection connection, ProvidedCandles sent,
            String owner) {
        return OutlierCheck.of(connection, sent.candles())
            .flatMap((doubts) -> doubts.isEmpty() ? putAll(connection, sent, QuarantineResult.NONE, List.of())
                    : settle(connection, sent, owner, doubts));
    }

    /** Holds outliers, unless they are of a level that lasts: that is released. */
    private static Mono<CandleWriteResult> settle(Connection connection, ProvidedCandles sent, String owner,
            Map<Integer, Outlier> doubts) {
        return CandleLevels.of(connection, sent.candles(), doubts)
            .flatMap((levels) -> releaseLevels(connection, levels.released(), sent.endedBy())
                .flatMap((released) -> (levels.doubts().isEmpty() ? Mono.just(QuarantineResult.NONE)
                        : QuarantineRepository.hold(connection, owner, sent.candles(), levels.doubts()))
                    .flatMap((held) -> putAll(connection, sent.without(held), held.withReleased(released.size()),
                            released))));
    }

    /** Stores candles of the quarantine as they were sent, as if they came now. */
    private static Mono<List<OutboundRecord>> releaseLevels(Connection connection,
            List<CandleLevels.LevelBucket> buckets, long endedBy) {
        if (buckets.isEmpty()) {
            return Mono.just(List.of());
        }
        String feed = buckets.getFirst().bucket().instrument().feed();
        return QuarantineRepository.lock(connection, feed, buckets).flatMap((held) -> {
            if (held.isEmpty()) {
                return Mono.just(List.<OutboundRecord>of());
            }
            ProvidedCandles sent = new ProvidedCandles(held.stream().map(QuarantinedCandle::candle).toList(),
                    new BitSet(), endedBy);
            return put(connection, sent)
                .flatMap((outcome) -> QuarantineRepository.releasedByLevel(connection, held, outcome.puts())
                    .then(Mono.fromSupplier(() -> tell(held, outcome.changed()))));
        });
    }

    private static List<OutboundRecord> tell(List<QuarantinedCandle> held, List<OutboundRecord> changed) {
        Candle first = held.getFirst().candle();
        log.info("{} {}: 20 consecutive candles establish a new level at {}; {} candles leave quarantine",
                first.instrument().key(), first.timeframe(), Prices.toText(first.close()), held.size());
        return changed;
    }

    private static Mono<CandleWriteResult> putAll(Connection connection, ProvidedCandles sent, QuarantineResult held,
            List<OutboundRecord> released) {
        if (sent.candles().isEmpty()) {
            return writeOutbox(connection, List.of(), held, released);
        }
        return put(connection, sent)
            .flatMap((outcome) -> CandleConflictRepository.add(connection, sent.candles(), outcome.puts())
                .then(Mono.defer(() -> {
                    List<OutboundRecord> changed = new ArrayList<>(released);
                    changed.addAll(outcome.changed());
                    return writeOutbox(connection, outcome.puts(), held, changed);
                })));
    }

    private static Mono<Outcome> put(Connection connection, ProvidedCandles sent) {
        RepeatedCandles repeats = new RepeatedCandles(sent);
        return played(connection, repeats).then(Mono.defer(() -> UpsertCall.put(connection, sent, repeats.positions())))
            .map((answer) -> new Outcome(repeats.answers(answer.puts()),
                    changed(sent.candles(), repeats.positions(), answer)));
    }

    private static Mono<Void> played(Connection connection, RepeatedCandles repeats) {
        if (repeats.buckets().isEmpty()) {
            return Mono.empty();
        }
        return BucketStates.find(connection, repeats.buckets()).doOnNext(repeats::play).then();
    }

    private static Mono<ReleaseResult> release(Connection connection, QuarantinedCandle held, String user,
            BucketGrid grid, long now) {
        Candle candle = held.candle().asFinal();
        long end = candle.closeTime(grid);
        if (end > now) {
            return Mono.error(IngestException.of(ProblemType.NOT_YET,
                    "a released candle is final, and this one ends at " + Instant.ofEpochMilli(end)));
        }
        return UpsertCall.act(connection, candle, "put", held.id()).flatMap((answer) -> {
            UpsertResult put = answer.puts().getFirst();
            List<OutboundRecord> changed = changed(List.of(candle), List.of(0), answer);
            return QuarantineRepository.released(connection, held.id(), put.revision(), user)
                .flatMap((released) -> writeOutbox(connection, List.of(put), QuarantineResult.NONE, changed)
                    .map((stored) -> new ReleaseResult(released, stored, true)));
        });
    }

    private static Mono<ReleaseResult> undoRelease(Connection connection, QuarantinedCandle held) {
        if (QuarantineRepository.BY_LEVEL.equals(held.releasedBy())) {
            return Mono.error(IngestException.of(ProblemType.CONFLICT,
                    "no user released this candle: it is one of 20 consecutive candles of a level that lasts, so it"
                            + " stands as any other candle of the sender; send it again with other values, and accept"
                            + " the conflict, to replace it"));
        }
        return UpsertCall.act(connection, held.candle(), "undo", held.id())
            .flatMap((answer) -> QuarantineRepository.heldAgain(connection, held.id())
                .flatMap((again) -> writeOutbox(connection, List.of(), QuarantineResult.NONE, messages(answer.others()))
                    .map((stored) -> new ReleaseResult(again, stored, true))));
    }

    private static Mono<AcceptedConflict> accept(Connection connection, StoredConflict conflict, String user) {
        return UpsertCall.act(connection, conflict.candle().asFinal(), "accept", null)
            .flatMap((answer) -> CandleConflictRepository
                .accepted(connection, conflict.id(), user, answer.puts().getFirst().revision())
                .flatMap((accepted) -> displace(connection, answer.others())
                    .then(Mono.defer(
                            () -> writeOutbox(connection, List.of(), QuarantineResult.NONE, messages(answer.others()))))
                    .map((stored) -> new AcceptedConflict(accepted, stored))));
    }

    private static Mono<Void> displace(Connection connection, List<UpsertCall.CandleChange> others) {
        List<Candle> displaced = others.stream()
            .filter((change) -> change.status().equals("displaced") && change.candle().isFinal())
            .map(UpsertCall.CandleChange::candle)
            .toList();
        return CandleConflictRepository.add(connection, displaced,
                displaced.stream()
                    .map((candle) -> new UpsertResult(UpsertResult.Status.DUPLICATE, true, 0, true))
                    .toList());
    }

    private static List<OutboundRecord> changed(List<Candle> candles, List<Integer> positions,
            UpsertCall.UpsertResponse answer) {
        List<OutboundRecord> changed = new ArrayList<>(messages(answer.others()));
        for (int i = 0; i < positions.size(); i++) {
            UpsertResult put = answer.puts().get(i);
            if (put.changed()) {
                Candle candle = candles.get(positions.get(i));
                changed.add(message(CandleEvent.of(candle.withFinality(put.isFinal()).withRevision(put.revision()))));
            }
        }
        return changed;
    }

    private static List<OutboundRecord> messages(List<UpsertCall.CandleChange> changes) {
        List<OutboundRecord> messages = new ArrayList<>();
        for (UpsertCall.CandleChange change : changes) {
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

    private static Mono<CandleWriteResult> writeOutbox(Connection connection, List<UpsertResult> puts,
            QuarantineResult held, List<OutboundRecord> changed) {
        if (changed.isEmpty()) {
            return Mono.just(new CandleWriteResult(puts, held, changed, 0));
        }
        return OutboxRepository.add(connection, changed).map((id) -> new CandleWriteResult(puts, held, changed, id));
    }

    private static OutboundRecord message(CandleEvent event) {
        return new OutboundRecord(Topic.CANDLE, event.candle().instrument().key(), CandleCodec.encode(event));
    }

    /**
     * What came of candles.
     *
     * @param puts of each, in the order they were sent
     * @param changed what others must hear of
     */
    private record Outcome(List<UpsertResult> puts, List<OutboundRecord> changed) {
    }

}
