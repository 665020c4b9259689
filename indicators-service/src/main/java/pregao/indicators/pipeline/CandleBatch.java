package pregao.indicators.pipeline;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;
import pregao.indicators.candle.SeriesKey;
import pregao.pipeline.candle.CandleKey;

/**
 * The candles of one poll: the newest revision of each, by series. A candle that changed
 * several times is computed, stored, and published once.
 */
final class CandleBatch {

    /**
     * Each such series may have a thousand candles recalculated, which stay in memory
     * until they are stored.
     */
    private static final int MAX_HISTORICAL_SERIES = 64;

    private final Map<SeriesKey, NavigableMap<Long, Candle>> candles = new LinkedHashMap<>();

    private final Map<CandleKey, Candle> withdrawn = new LinkedHashMap<>();

    private final Map<Instrument, TopicPartition> partitions = new HashMap<>();

    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    void add(TopicPartition partition, CandleEvent event) {
        Candle candle = event.candle();
        CandleKey key = CandleKey.of(candle);
        this.partitions.put(candle.instrument(), partition);
        Candle withdrawal = this.withdrawn.get(key);
        if (withdrawal != null && withdrawal.revision() > candle.revision()) {
            return;
        }
        this.withdrawn.remove(key);
        if (event.withdrawn()) {
            addWithdrawal(key, candle);
            return;
        }
        this.candles.computeIfAbsent(SeriesKey.of(candle), (series) -> new TreeMap<>())
            .merge(candle.openTime(), candle,
                    (previous, latest) -> (latest.revision() >= previous.revision()) ? latest : previous);
    }

    private void addWithdrawal(CandleKey key, Candle candle) {
        SeriesKey series = SeriesKey.of(candle);
        NavigableMap<Long, Candle> candlesByTime = this.candles.get(series);
        Candle pending = (candlesByTime != null) ? candlesByTime.get(candle.openTime()) : null;
        if (pending != null && pending.revision() > candle.revision()) {
            return;
        }
        if (candlesByTime != null) {
            candlesByTime.remove(candle.openTime());
            if (candlesByTime.isEmpty()) {
                this.candles.remove(series);
            }
        }
        this.withdrawn.put(key, candle);
    }

    /**
     * Removes and returns the withdrawn candles.
     * @return the candles with their last values
     */
    List<Candle> drainWithdrawn() {
        List<Candle> drained = List.copyOf(this.withdrawn.values());
        this.withdrawn.clear();
        return drained;
    }

    void recordOffset(TopicPartition partition, long offset) {
        this.nextOffsets.put(partition, offset + 1);
    }

    /**
     * Removes and returns the next part: some series, each with all its candles.
     * @param needsHistory returns true if a candle is not simply the next one of its
     * series
     * @return the candles by series and open time; empty if no series is left
     */
    Map<SeriesKey, NavigableMap<Long, Candle>> pollPart(Predicate<Candle> needsHistory) {
        Map<SeriesKey, NavigableMap<Long, Candle>> part = new LinkedHashMap<>();
        int historicalSeries = 0;
        Iterator<Map.Entry<SeriesKey, NavigableMap<Long, Candle>>> iterator = this.candles.entrySet().iterator();
        while (iterator.hasNext() && historicalSeries < MAX_HISTORICAL_SERIES) {
            Map.Entry<SeriesKey, NavigableMap<Long, Candle>> entry = iterator.next();
            if (needsHistory.test(entry.getValue().firstEntry().getValue())) {
                historicalSeries++;
            }
            part.put(entry.getKey(), entry.getValue());
            iterator.remove();
        }
        return part;
    }

    /**
     * Returns true if no part is left.
     */
    boolean isEmpty() {
        return this.candles.isEmpty();
    }

    /** Returns the partition of each instrument's records. */
    Map<Instrument, TopicPartition> partitions() {
        return this.partitions;
    }

    /** Returns the offset after the last record, by partition. */
    Map<TopicPartition, Long> nextOffsets() {
        return this.nextOffsets;
    }

}
