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

    private final Map<Instrument, DailyRollup> days;

    /**
     * Remembers nothing yet.
     * @param most how many instruments it remembers; the one not used for longest goes
     * first
     */
    public DailyRollupCache(int most) {
        this.days = new LinkedHashMap<>(16, 0.75f, true) {

            @Override
            protected boolean removeEldestEntry(Map.Entry<Instrument, DailyRollup> eldest) {
                return size() > most;
            }

        };
    }

    /**
     * The day of an instrument.
     * @param instrument which
     * @return the day, or null where none is remembered
     */
    public @Nullable DailyRollup find(Instrument instrument) {
        return this.days.get(instrument);
    }

    /**
     * Remembers days, once their longer candles are stored.
     * @param folded by instrument
     */
    public void remember(Map<Instrument, DailyRollup> folded) {
        this.days.putAll(folded);
    }

    /**
     * Forgets instruments.
     * @param which of them
     */
    public void forget(Predicate<Instrument> which) {
        this.days.keySet().removeIf(which);
    }

}
