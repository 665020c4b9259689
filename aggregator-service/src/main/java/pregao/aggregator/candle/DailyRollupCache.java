package pregao.aggregator.candle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.candle.DailyRollup;

/**
 * One folded day of each instrument, the one that was read last. For one thread.
 */
public final class DailyRollupCache {

    private final Map<Instrument, DailyRollup> rollups;

    /**
     * Remembers nothing yet.
     * @param maxInstruments how many instruments it remembers; the one not used for
     * longest goes first
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
     * The day of an instrument.
     * @param instrument which
     * @return the day, or null where none is remembered
     */
    public @Nullable DailyRollup find(Instrument instrument) {
        return this.rollups.get(instrument);
    }

    /**
     * Remembers days, once their longer candles are stored.
     * @param rollups by instrument
     */
    public void putAll(Map<Instrument, DailyRollup> rollups) {
        this.rollups.putAll(rollups);
    }

    /**
     * Forgets instruments.
     * @param filter of them
     */
    public void evict(Predicate<Instrument> filter) {
        this.rollups.keySet().removeIf(filter);
    }

}
