package pregao.indicators.loop;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.indicators.candle.Series;

/**
 * What one poll brought: the newest of each candle, so that one that changed many times
 * is computed once.
 */
final class Batch {

    private final Map<Series, NavigableMap<Long, Candle>> candles = new LinkedHashMap<>();

    private final Map<Instrument, TopicPartition> partitions = new HashMap<>();

    private final Map<TopicPartition, Long> next = new HashMap<>();

    void add(TopicPartition partition, Candle candle) {
        this.partitions.put(candle.instrument(), partition);
        this.candles.computeIfAbsent(Series.of(candle), (series) -> new TreeMap<>())
            .merge(candle.openTime(), candle,
                    (before, after) -> (after.revision() >= before.revision()) ? after : before);
    }

    void read(TopicPartition partition, long offset) {
        this.next.put(partition, offset + 1);
    }

    /** By series and open time. */
    Map<Series, NavigableMap<Long, Candle>> candles() {
        return this.candles;
    }

    /** Where each instrument's records are. */
    Map<Instrument, TopicPartition> partitions() {
        return this.partitions;
    }

    /** The offset behind the last record. */
    Map<TopicPartition, Long> next() {
        return this.next;
    }

}
