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
 * Repository that upserts candles through {@code market.put_candles} and writes the
 * changes to the outbox in the same transaction.
 */
@Component
class CandleRepository {

    private static final Logger log = LoggerFactory.getLogger(CandleRepository.class);

    private static final int MAX_ATTEMPTS = 3;

    private final ConnectionFactory connectionFactory;

    CandleRepository(ConnectionFactory connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    /**
     * Upserts candles and writes the changes to the outbox. Outliers go to quarantine
     * instead.
     * @param candles the candles, all of one feed; a bucket may occur several times
     * @param owner the owner of the API key
     * @return the results
     */
    Mono<CandleWriteResult> upsert(ProvidedCandles candles, String owner) {
        return inTransaction((connection) -> checkOutliersAndUpsert(connection, candles, owner));
    }

    /**
     * Upserts a candle that a user releases from quarantine. If it was released before,
     * nothing changes.
     * @param feed the required feed of the candle
     * @param id the ID of the candle in quarantine
     * @param user the user who releases it
     * @param grid the bucket grid of the feed
     * @param now the current time, epoch milliseconds
     * @return the result, or empty if there is no such candle
     */
    Mono<ReleaseResult> release(String feed, long id, String user, BucketGrid grid, long now) {
        return inTransaction((connection) -> QuarantineRepository.lock(connection, feed, id)
            .flatMap((quarantined) -> (quarantined.state() == QuarantineQuery.State.RELEASED)
                    ? Mono.just(new ReleaseResult(quarantined, CandleWriteResult.NOTHING, false))
                    : release(connection, quarantined, user, grid, now)));
    }

    /**
     * Undoes a release: restores the next best version, if any. If the candle is not
     * released, nothing changes.
     * @param feed the required feed of the candle
     * @param id the ID of the candle in quarantine
     * @return the candle, in quarantine again, or empty if there is no such candle
     */
    Mono<ReleaseResult> undoRelease(String feed, long id) {
        return inTransaction((connection) -> QuarantineRepository.lock(connection, feed, id)
            .flatMap((quarantined) -> (quarantined.state() == QuarantineQuery.State.HELD)
                    ? Mono.just(new ReleaseResult(quarantined, CandleWriteResult.NOTHING, false))
                    : undoRelease(connection, quarantined)));
    }

    /**
     * Replaces the current version of a bucket by the version of a conflict. The replaced
     * version becomes a conflict. If the conflict was accepted before, nothing changes.
     * @param feed the required feed of the conflict
     * @param id the ID of the conflict
     * @param user the user who accepts it
     * @return the conflict and the records to publish, or empty if there is none
     */
    Mono<AcceptedConflict> acceptConflict(String feed, long id, String user) {
        return inTransaction((connection) -> CandleConflictRepository.lock(connection, feed, id)
            .flatMap((conflict) -> (conflict.state() == ConflictQuery.State.ACCEPTED)
                    ? Mono.just(new AcceptedConflict(conflict, CandleWriteResult.NOTHING))
                    : acceptConflict(connection, conflict, user)));
    }

    private <T> Mono<T> inTransaction(Function<Connection, Mono<T>> operation) {
        return Mono
            .usingWhen(this.connectionFactory.create(), (connection) -> inTransaction(connection, operation),
                    Connection::close)
            .retryWhen(Retry.max(MAX_ATTEMPTS - 1)
                .filter(CandleRepository::isTransactionConflict)
                .onRetryExhaustedThrow((retry, signal) -> signal.failure()));
    }

    /** Deadlocks (40P01) and serialization failures (40001) can be retried. */
    private static boolean isTransactionConflict(Throwable failure) {
        return failure instanceof R2dbcException ex
                && ("40P01".equals(ex.getSqlState()) || "40001".equals(ex.getSqlState()));
    }

    private static <T> Mono<T> inTransaction(Connection connection, Function<Connection, Mono<T>> operation) {
        return Mono.usingWhen(Mono.from(connection.beginTransaction()).thenReturn(connection), operation,
                Connection::commitTransaction, (openConnection, failure) -> openConnection.rollbackTransaction(),
                Connection::rollbackTransaction);
    }

    private static Mono<CandleWriteResult> checkOutliersAndUpsert(Connection connection, ProvidedCandles candles,
            String owner) {
        return OutlierCheck.findOutliers(connection, candles.candles())
            .flatMap((outliers) -> outliers.isEmpty()
                    ? upsertAndWriteOutbox(connection, candles, QuarantineResult.NONE, List.of())
                    : quarantineAndUpsert(connection, candles, owner, outliers));
    }

    /** Releases levels that last, and quarantines the other outliers. */
    private static Mono<CandleWriteResult> quarantineAndUpsert(Connection connection, ProvidedCandles candles,
            String owner, Map<Integer, Outlier> outliers) {
        return CandleLevels.findLevels(connection, candles.candles(), outliers)
            .flatMap((levels) -> releaseLevels(connection, levels.released(), candles.endedBy())
                .flatMap((released) -> (levels.doubts().isEmpty() ? Mono.just(QuarantineResult.NONE)
                        : QuarantineRepository.insert(connection, owner, candles.candles(), levels.doubts()))
                    .flatMap((quarantineResult) -> upsertAndWriteOutbox(connection, candles.without(quarantineResult),
                            quarantineResult.withReleased(released.size()), released))));
    }

    /** Upserts candles of the quarantine as they were sent, as if they arrived now. */
    private static Mono<List<OutboundRecord>> releaseLevels(Connection connection,
            List<CandleLevels.LevelBucket> buckets, long endedBy) {
        if (buckets.isEmpty()) {
            return Mono.just(List.of());
        }
        String feed = buckets.getFirst().bucket().instrument().feed();
        return QuarantineRepository.lock(connection, feed, buckets).flatMap((quarantined) -> {
            if (quarantined.isEmpty()) {
                return Mono.just(List.<OutboundRecord>of());
            }
            ProvidedCandles released = new ProvidedCandles(quarantined.stream().map(QuarantinedCandle::candle).toList(),
                    new BitSet(), endedBy);
            return upsert(connection, released)
                .flatMap((outcome) -> QuarantineRepository.markReleasedByLevel(connection, quarantined, outcome.puts())
                    .then(Mono.fromSupplier(() -> logNewLevel(quarantined, outcome.changed()))));
        });
    }

    private static List<OutboundRecord> logNewLevel(List<QuarantinedCandle> quarantined, List<OutboundRecord> records) {
        Candle first = quarantined.getFirst().candle();
        log.info("{} {}: 20 consecutive candles establish a new level at {}; {} candles leave quarantine",
                first.instrument().key(), first.timeframe(), Prices.toText(first.close()), quarantined.size());
        return records;
    }

    private static Mono<CandleWriteResult> upsertAndWriteOutbox(Connection connection, ProvidedCandles candles,
            QuarantineResult quarantineResult, List<OutboundRecord> released) {
        if (candles.candles().isEmpty()) {
            return writeOutbox(connection, List.of(), quarantineResult, released);
        }
        return upsert(connection, candles)
            .flatMap((outcome) -> CandleConflictRepository.insert(connection, candles.candles(), outcome.puts())
                .then(Mono.defer(() -> {
                    List<OutboundRecord> records = new ArrayList<>(released);
                    records.addAll(outcome.changed());
                    return writeOutbox(connection, outcome.puts(), quarantineResult, records);
                })));
    }

    private static Mono<Outcome> upsert(Connection connection, ProvidedCandles candles) {
        RepeatedCandles repeats = new RepeatedCandles(candles);
        return replayRepeats(connection, repeats)
            .then(Mono.defer(() -> UpsertCall.upsert(connection, candles, repeats.chosenPositions())))
            .map((response) -> new Outcome(repeats.toResults(response.puts()),
                    toChangeRecords(candles.candles(), repeats.chosenPositions(), response)));
    }

    private static Mono<Void> replayRepeats(Connection connection, RepeatedCandles repeats) {
        if (repeats.repeatedBuckets().isEmpty()) {
            return Mono.empty();
        }
        return BucketStates.find(connection, repeats.repeatedBuckets()).doOnNext(repeats::replay).then();
    }

    private static Mono<ReleaseResult> release(Connection connection, QuarantinedCandle quarantined, String user,
            BucketGrid grid, long now) {
        Candle candle = quarantined.candle().asFinal();
        long end = candle.closeTime(grid);
        if (end > now) {
            return Mono.error(IngestException.of(ProblemType.NOT_YET,
                    "a released candle is final, and this one ends at " + Instant.ofEpochMilli(end)));
        }
        return UpsertCall.applyUserAction(connection, candle, "put", quarantined.id()).flatMap((response) -> {
            UpsertResult result = response.puts().getFirst();
            List<OutboundRecord> records = toChangeRecords(List.of(candle), List.of(0), response);
            return QuarantineRepository.markReleased(connection, quarantined.id(), result.revision(), user)
                .flatMap((released) -> writeOutbox(connection, List.of(result), QuarantineResult.NONE, records)
                    .map((writeResult) -> new ReleaseResult(released, writeResult, true)));
        });
    }

    private static Mono<ReleaseResult> undoRelease(Connection connection, QuarantinedCandle quarantined) {
        if (QuarantineRepository.BY_LEVEL.equals(quarantined.releasedBy())) {
            return Mono.error(IngestException.of(ProblemType.CONFLICT,
                    "no user released this candle: it is one of 20 consecutive candles of a level that lasts, so it"
                            + " stands as any other candle of the sender; send it again with other values, and accept"
                            + " the conflict, to replace it"));
        }
        return UpsertCall.applyUserAction(connection, quarantined.candle(), "undo", quarantined.id())
            .flatMap((response) -> QuarantineRepository.markHeld(connection, quarantined.id())
                .flatMap((requarantined) -> writeOutbox(connection, List.of(), QuarantineResult.NONE,
                        toRecords(response.others()))
                    .map((writeResult) -> new ReleaseResult(requarantined, writeResult, true))));
    }

    private static Mono<AcceptedConflict> acceptConflict(Connection connection, StoredConflict conflict, String user) {
        return UpsertCall.applyUserAction(connection, conflict.candle().asFinal(), "accept", null)
            .flatMap((response) -> CandleConflictRepository
                .markAccepted(connection, conflict.id(), user, response.puts().getFirst().revision())
                .flatMap((accepted) -> recordDisplaced(connection, response.others()).then(Mono.defer(
                        () -> writeOutbox(connection, List.of(), QuarantineResult.NONE, toRecords(response.others()))))
                    .map((writeResult) -> new AcceptedConflict(accepted, writeResult))));
    }

    private static Mono<Void> recordDisplaced(Connection connection, List<UpsertCall.CandleChange> changes) {
        List<Candle> displaced = changes.stream()
            .filter((change) -> change.status().equals("displaced") && change.candle().isFinal())
            .map(UpsertCall.CandleChange::candle)
            .toList();
        return CandleConflictRepository.insert(connection, displaced,
                displaced.stream()
                    .map((candle) -> new UpsertResult(UpsertResult.Status.DUPLICATE, true, 0, true))
                    .toList());
    }

    private static List<OutboundRecord> toChangeRecords(List<Candle> candles, List<Integer> positions,
            UpsertCall.UpsertResponse response) {
        List<OutboundRecord> records = new ArrayList<>(toRecords(response.others()));
        for (int i = 0; i < positions.size(); i++) {
            UpsertResult result = response.puts().get(i);
            if (result.isChanged()) {
                Candle candle = candles.get(positions.get(i));
                records.add(toRecord(
                        CandleEvent.of(candle.withFinality(result.isFinal()).withRevision(result.revision()))));
            }
        }
        return records;
    }

    private static List<OutboundRecord> toRecords(List<UpsertCall.CandleChange> changes) {
        List<OutboundRecord> records = new ArrayList<>();
        for (UpsertCall.CandleChange change : changes) {
            switch (change.status()) {
                case "updated" -> records.add(toRecord(CandleEvent.of(change.candle())));
                case "withdrawn" -> records.add(toRecord(CandleEvent.withdrawn(change.candle())));
                default -> {
                    // The update that displaces a candle is published instead.
                }
            }
        }
        return records;
    }

    private static Mono<CandleWriteResult> writeOutbox(Connection connection, List<UpsertResult> results,
            QuarantineResult quarantineResult, List<OutboundRecord> records) {
        if (records.isEmpty()) {
            return Mono.just(new CandleWriteResult(results, quarantineResult, records, 0));
        }
        return OutboxRepository.insert(connection, records)
            .map((id) -> new CandleWriteResult(results, quarantineResult, records, id));
    }

    private static OutboundRecord toRecord(CandleEvent event) {
        return new OutboundRecord(Topic.CANDLE, event.candle().instrument().key(), CandleCodec.encode(event));
    }

    /**
     * Outcome of an upsert.
     *
     * @param puts the result of each candle, in the order in which they were sent
     * @param changed the records to publish
     */
    private record Outcome(List<UpsertResult> puts, List<OutboundRecord> changed) {
    }

}
