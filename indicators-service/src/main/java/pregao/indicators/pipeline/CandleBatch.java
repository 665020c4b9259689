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
 * The candles of one poll: the newest of each, by series. A candle that changed many
 * times is computed, stored and published once.
 */
final class CandleBatch {

    /**
     * Each may have a thousand candles behind it computed again, which are in memory
     * until they are stored.
     */
    private static final int MOST_REACHING_BACK = 64;

    private final Map<SeriesKey, NavigableMap<Long, Candle>> candles = new LinkedHashMap<>();

    private final Map<CandleKey, Candle> withdrawn = new LinkedHashMap<>();

    private final Map<Instrument, TopicPartition> partitions = new HashMap<>();

    private final Map<TopicPartition, Long> next = new HashMap<>();

    void add(TopicPartition partition, CandleEvent event) {
        Candle candle = event.candle();
        CandleKey key = CandleKey.of(candle);
        this.partitions.put(candle.instrument(), partition);
        Candle gone = this.withdrawn.get(key);
        if (gone != null && gone.revision() > candle.revision()) {
            return;
        }
        this.withdrawn.remove(key);
        if (event.withdrawn()) {
            withdraw(key, candle);
            return;
        }
        this.candles.computeIfAbsent(SeriesKey.of(candle), (unknown) -> new TreeMap<>())
            .merge(candle.openTime(), candle,
                    (before, after) -> (after.revision() >= before.revision()) ? after : before);
    }

    private void withdraw(CandleKey key, Candle candle) {
        SeriesKey series = SeriesKey.of(candle);
        NavigableMap<Long, Candle> came = this.candles.get(series);
        Candle known = (came != null) ? came.get(candle.openTime()) : null;
        if (known != null && known.revision() > candle.revision()) {
            return;
        }
        if (came != null) {
            came.remove(candle.openTime());
            if (came.isEmpty()) {
                this.candles.remove(series);
            }
        }
        this.withdrawn.put(key, candle);
    }

    /**
     * Takes out the candles that were removed.
     * @return as they stood last
     */
    List<Candle> takeWithdrawn() {
        List<Candle> taken = List.copyOf(this.withdrawn.values());
        this.withdrawn.clear();
        return taken;
    }

    void read(TopicPartition partition, long offset) {
        this.next.put(partition, offset + 1);
    }

    /**
     * Takes the next part out: some series, each with all its candles.
     * @param reachesBack whether a candle is not simply the next of its series
     * @return by series and open time; empty where nothing is left
     */
    Map<SeriesKey, NavigableMap<Long, Candle>> nextPart(Predicate<Candle> reachesBack) {
        Map<SeriesKey, NavigableMap<Long, Candle>> part = new LinkedHashMap<>();
        int reachingBack = 0;
        Iterator<Map.Entry<SeriesKey, NavigableMap<Long, Candle>>> rest = this.candles.entrySet().iterator();
        while (rest.hasNext() && reachingBack < MOST_REACHING_BACK) {
            Map.Entry<SeriesKey, NavigableMap<Long, Candle>> series = rest.next();
            if (reachesBack.test(series.getValue().firstEntry().getValue())) {
                reachingBack++;
            }
            part.put(series.getKey(), series.getValue());
            rest.remove();
        }
        return part;
    }

    /**
     * Whether all parts are taken out.
     */
    boolean isEmpty() {
        return this.candles.isEmpty();
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
