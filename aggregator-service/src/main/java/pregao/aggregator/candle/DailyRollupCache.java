package pregao.aggregator.candle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.candle.DailyRollup;

/**
 * An LRU cache of the rollup of one day of each instrument, the day used last. Not
 * thread-safe.
 */
public final class DailyRollupCache {

    private final Map<Instrument, DailyRollup> rollups;

    /**
     * Creates an empty cache.
     * @param maxInstruments the maximum number of instruments; the least recently used
     * one is evicted
     */
    public DailyRollupCache(int maxInstruments) {
        this.rollups = new LinkedHashMap<>(16, 0.75f, true) {

            @Override
            protected boolean removeEldestEntry(Map.Entry<Instrument, DailyRollup> eldest) {
                return size() > maxInstruments;
            }

        };
    }

    /**
     * Returns the cached rollup of an instrument.
     * @param instrument the instrument
     * @return the rollup, or null if none is cached
     */
    public @Nullable DailyRollup find(Instrument instrument) {
        return this.rollups.get(instrument);
    }

    /**
     * Caches rollups. Call it once their candles are stored.
     * @param rollups the rollups by instrument
     */
    public void putAll(Map<Instrument, DailyRollup> rollups) {
        this.rollups.putAll(rollups);
    }

    /**
     * Evicts instruments.
     * @param filter selects the instruments
     */
    public void evict(Predicate<Instrument> filter) {
        this.rollups.keySet().removeIf(filter);
    }

}
