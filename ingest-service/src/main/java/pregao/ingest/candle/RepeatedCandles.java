package pregao.ingest.candle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.market.candle.CandleRank;
import pregao.market.candle.CandleState;
import pregao.market.candle.CandleVersion;

/**
 * Candles of a request that share a bucket. Only one candle of each bucket is upserted:
 * the last one that changes anything. The results of the others are computed as if each
 * had been upserted separately.
 */
final class RepeatedCandles {

    private final ProvidedCandles provided;

    /** Indexes by bucket, for buckets that occur more than once. */
    private final Map<CandleBucket, List<Integer>> repeatedPositions = new LinkedHashMap<>();

    /** Index of the candle to upsert, by bucket. */
    private final Map<CandleBucket, Integer> chosenPositions;

    private final Map<Integer, UpsertResult> resultsByPosition = new HashMap<>();

    RepeatedCandles(ProvidedCandles provided) {
        this.provided = provided;
        List<Candle> candles = provided.candles();
        this.chosenPositions = LinkedHashMap.newLinkedHashMap(candles.size());
        for (int i = 0; i < candles.size(); i++) {
            CandleBucket bucket = CandleBucket.of(candles.get(i));
            Integer firstPosition = this.chosenPositions.putIfAbsent(bucket, i);
            if (firstPosition != null) {
                this.repeatedPositions.computeIfAbsent(bucket, (key) -> new ArrayList<>(List.of(firstPosition))).add(i);
            }
        }
    }

    /**
     * Returns the buckets that occur more than once.
     */
    List<CandleBucket> repeatedBuckets() {
        return List.copyOf(this.repeatedPositions.keySet());
    }

    /**
     * Returns the indexes of the candles to upsert, one for each bucket.
     */
    List<Integer> chosenPositions() {
        return List.copyOf(this.chosenPositions.values());
    }

    /**
     * Applies the candles of each repeated bucket one after the other.
     * @param states the stored states of the repeated buckets
     */
    void replay(Map<CandleBucket, BucketStates.BucketState> states) {
        Map<Series, Long> lastOpenTimes = new HashMap<>();
        this.provided.candles()
            .forEach((candle) -> lastOpenTimes.merge(Series.of(candle), candle.openTime(), Math::max));
        this.repeatedPositions.forEach((bucket, positions) -> {
            BucketStates.BucketState state = Objects.requireNonNull(states.get(bucket));
            Long lastProvided = state.lastProvided();
            Long closedUntil = state.closedUntil();
            boolean hasSuccessor = Objects.requireNonNull(lastOpenTimes.get(Series.of(bucket))) > bucket.openTime()
                    || (lastProvided != null && lastProvided > bucket.openTime());
            boolean isClosed = closedUntil == null || bucket.endTime() <= closedUntil;
            replay(bucket, positions, state.state(),
                    hasSuccessor && isClosed && bucket.endTime() <= this.provided.endedBy());
        });
    }

    private void replay(CandleBucket bucket, List<Integer> positions, CandleState initialState, boolean hasSuccessor) {
        CandleState state = initialState;
        for (int position : positions) {
            Candle candle = this.provided.candles().get(position);
            CandleRank rank = candle.isFinal() ? CandleRank.MARKED
                    : hasSuccessor ? CandleRank.SUCCEEDED : CandleRank.PROVISIONAL;
            boolean snapshot = this.provided.snapshots().get(position) && rank != CandleRank.MARKED;
            CandleState.Outcome outcome = state.provide(new CandleVersion(candle, rank, snapshot));
            if (!outcome.after().equals(state)) {
                state = outcome.after();
                this.chosenPositions.put(bucket, position);
            }
            this.resultsByPosition.put(position, toResult(outcome));
        }
    }

    private static UpsertResult toResult(CandleState.Outcome outcome) {
        Candle standing = Objects.requireNonNull(outcome.after().candle());
        return new UpsertResult(UpsertResult.Status.valueOf(outcome.status().name()), outcome.conflict(),
                standing.revision(), standing.isFinal());
    }

    /**
     * Combines the results of all candles.
     * @param upsertResults the results of the upserted candles, in the order of
     * {@link #chosenPositions}
     * @return the result of each candle, in the order in which they were sent
     */
    List<UpsertResult> toResults(List<UpsertResult> upsertResults) {
        UpsertResult[] results = new UpsertResult[this.provided.candles().size()];
        List<Integer> positions = chosenPositions();
        for (int i = 0; i < positions.size(); i++) {
            results[positions.get(i)] = upsertResults.get(i);
        }
        this.resultsByPosition.forEach((position, result) -> results[position] = result);
        return List.of(results);
    }

    /**
     * Series of candles: an instrument and a timeframe.
     */
    private record Series(Instrument instrument, Timeframe timeframe) {

        static Series of(Candle candle) {
            return new Series(candle.instrument(), candle.timeframe());
        }

        static Series of(CandleBucket bucket) {
            return new Series(bucket.instrument(), bucket.timeframe());
        }

    }

}
