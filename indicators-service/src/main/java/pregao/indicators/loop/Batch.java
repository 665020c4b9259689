package pregao.indicators.loop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.apache.kafka.common.TopicPartition;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.indicators.candle.Series;

/**
 * What is computed and stored at once: the newest of each candle, so that one that
 * changed many times is computed once.
 */
final class Batch {

    /**
     * Each may have a thousand candles behind it computed again, which are in memory
     * until they are stored.
     */
    private static final int MOST_REACHING_BACK = 64;

    private final Predicate<Candle> reachesBack;

    private final Set<Series> reachingBack = new HashSet<>();

    private final Map<Series, NavigableMap<Long, Candle>> candles = new LinkedHashMap<>();

    private final Map<Instrument, TopicPartition> partitions = new HashMap<>();

    private final Map<TopicPartition, Long> next = new HashMap<>();

    Batch(Predicate<Candle> reachesBack) {
        this.reachesBack = reachesBack;
    }

    void add(TopicPartition partition, Candle candle) {
        Series series = Series.of(candle);
        if (this.reachesBack.test(candle)) {
            this.reachingBack.add(series);
        }
        this.partitions.put(candle.instrument(), partition);
        this.candles.computeIfAbsent(series, (unknown) -> new TreeMap<>())
            .merge(candle.openTime(), candle,
                    (before, after) -> (after.revision() >= before.revision()) ? after : before);
    }

    void read(TopicPartition partition, long offset) {
        this.next.put(partition, offset + 1);
    }

    boolean isFull() {
        return this.reachingBack.size() >= MOST_REACHING_BACK;
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
