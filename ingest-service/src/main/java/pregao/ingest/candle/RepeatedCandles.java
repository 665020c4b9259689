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
 * Candles of a request that are of one bucket. Of each bucket one is put: the last that
 * changes anything. The others are answered as if each had been put by itself.
 */
final class RepeatedCandles {

    private final ProvidedCandles sent;

    /** Of buckets that came more than once. */
    private final Map<CandleBucket, List<Integer>> repeated = new LinkedHashMap<>();

    /** By bucket the position to be put. */
    private final Map<CandleBucket, Integer> chosen;

    private final Map<Integer, UpsertResult> answers = new HashMap<>();

    RepeatedCandles(ProvidedCandles sent) {
        this.sent = sent;
        List<Candle> candles = sent.candles();
        this.chosen = LinkedHashMap.newLinkedHashMap(candles.size());
        for (int i = 0; i < candles.size(); i++) {
            CandleBucket bucket = CandleBucket.of(candles.get(i));
            Integer before = this.chosen.putIfAbsent(bucket, i);
            if (before != null) {
                this.repeated.computeIfAbsent(bucket, (key) -> new ArrayList<>(List.of(before))).add(i);
            }
        }
    }

    /**
     * The buckets of which more than one candle came.
     */
    List<CandleBucket> buckets() {
        return List.copyOf(this.repeated.keySet());
    }

    /**
     * The positions to be put, each bucket once.
     */
    List<Integer> positions() {
        return List.copyOf(this.chosen.values());
    }

    /**
     * Plays what came one after the other.
     * @param states of the buckets that are repeated
     */
    void play(Map<CandleBucket, BucketStates.BucketState> states) {
        Map<Series, Long> last = new HashMap<>();
        this.sent.candles().forEach((candle) -> last.merge(Series.of(candle), candle.openTime(), Math::max));
        this.repeated.forEach((bucket, positions) -> {
            BucketStates.BucketState before = Objects.requireNonNull(states.get(bucket));
            Long lastProvided = before.lastProvided();
            Long closedUntil = before.closedUntil();
            boolean later = Objects.requireNonNull(last.get(Series.of(bucket))) > bucket.openTime()
                    || (lastProvided != null && lastProvided > bucket.openTime());
            boolean closed = closedUntil == null || bucket.end() <= closedUntil;
            play(bucket, positions, before.state(), later && closed && bucket.end() <= this.sent.endedBy());
        });
    }

    private void play(CandleBucket bucket, List<Integer> positions, CandleState before, boolean succeeded) {
        CandleState state = before;
        for (int position : positions) {
            Candle candle = this.sent.candles().get(position);
            CandleRank rank = candle.isFinal() ? CandleRank.MARKED
                    : succeeded ? CandleRank.SUCCEEDED : CandleRank.PROVISIONAL;
            boolean snapshot = this.sent.snapshots().get(position) && rank != CandleRank.MARKED;
            CandleState.Outcome outcome = state.provide(new CandleVersion(candle, rank, snapshot));
            if (!outcome.after().equals(state)) {
                state = outcome.after();
                this.chosen.put(bucket, position);
            }
            this.answers.put(position, answer(outcome));
        }
    }

    private static UpsertResult answer(CandleState.Outcome outcome) {
        Candle stands = Objects.requireNonNull(outcome.after().candle());
        return new UpsertResult(UpsertResult.Status.valueOf(outcome.status().name()), outcome.conflict(),
                stands.revision(), stands.isFinal());
    }

    /**
     * What to answer.
     * @param puts what came of those that were put, in the order of {@link #positions}
     * @return what came of each candle, in the order they were sent
     */
    List<UpsertResult> answers(List<UpsertResult> puts) {
        UpsertResult[] all = new UpsertResult[this.sent.candles().size()];
        List<Integer> positions = positions();
        for (int i = 0; i < positions.size(); i++) {
            all[positions.get(i)] = puts.get(i);
        }
        this.answers.forEach((position, put) -> all[position] = put);
        return List.of(all);
    }

    /**
     * What provides candles.
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
