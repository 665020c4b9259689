package pregao.aggregator.tick;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.dataquality.PlausibleRange;

/**
 * An LRU cache of minutes, limited by the number of their ticks. It also knows which
 * minutes cannot be stored yet. Not thread-safe.
 */
public final class TickCache {

    /** The memory of a small minute besides its ticks, counted in ticks. */
    private static final int MINUTE_COST = 64;

    /** The maximum number of instruments whose newest minute is known without a query. */
    private static final int MAX_INSTRUMENTS = 20_000;

    private final long maxTicks;

    private final LinkedHashMap<MinuteKey, StoredMinute> minutes = new LinkedHashMap<>(256, 0.75f, true);

    /**
     * The newest stored minute by instrument. Least recently used instruments are
     * evicted, which costs a query when they have a record again.
     */
    private final LinkedHashMap<Instrument, Long> newestMinutes = new LinkedHashMap<>(256, 0.75f, true);

    /** Limited like {@link #newestMinutes}. */
    private final LinkedHashMap<Instrument, PlausibleRange> plausibleRanges = new LinkedHashMap<>(256, 0.75f, true);

    private long tickCount;

    /**
     * Creates an empty cache.
     * @param maxTicks the maximum number of ticks, not counting minutes in use
     */
    public TickCache(long maxTicks) {
        this.maxTicks = maxTicks;
    }

    /**
     * Returns the cached minute, or a new one if it cannot be stored yet.
     * @param key the minute
     * @return the minute, or null if it has to be loaded from the database
     */
    public @Nullable StoredMinute find(MinuteKey key) {
        StoredMinute minute = this.minutes.get(key);
        if (minute != null) {
            return minute;
        }
        Long newestMinute = this.newestMinutes.get(key.instrument());
        if (newestMinute == null || key.minute() <= newestMinute) {
            return null;
        }
        this.newestMinutes.put(key.instrument(), key.minute());
        return add(new StoredMinute(key));
    }

    /**
     * Returns true if the newest stored minute of an instrument is known.
     * @param instrument the instrument
     * @return false if it has to be loaded from the database
     */
    public boolean knowsNewestMinute(Instrument instrument) {
        return this.newestMinutes.containsKey(instrument);
    }

    /**
     * Sets the newest stored minute.
     * @param instrument the instrument
     * @param minute the start of the minute, or {@link Long#MIN_VALUE} if none is stored
     */
    public void putNewestMinute(Instrument instrument, long minute) {
        this.newestMinutes.merge(instrument, minute, Math::max);
    }

    /**
     * Adds a minute.
     * @param minute a loaded or new minute
     * @return the minute
     */
    public StoredMinute add(StoredMinute minute) {
        this.minutes.put(minute.key(), minute);
        this.tickCount += minute.drainSizeDelta() + MINUTE_COST;
        return minute;
    }

    /**
     * Marks a minute as grown and in use: it is not evicted before {@link #release}.
     * @param minute a cached minute
     */
    public void markInUse(StoredMinute minute) {
        minute.setInUse(true);
        this.tickCount += minute.drainSizeDelta();
    }

    /**
     * Releases minutes, and evicts the least recently used ones if there are too many
     * ticks.
     * @param minutes all minutes in use
     */
    public void release(Iterable<StoredMinute> minutes) {
        minutes.forEach((minute) -> minute.setInUse(false));
        while (this.newestMinutes.size() > MAX_INSTRUMENTS) {
            this.newestMinutes.pollFirstEntry();
        }
        while (this.plausibleRanges.size() > MAX_INSTRUMENTS) {
            this.plausibleRanges.pollFirstEntry();
        }
        Iterator<StoredMinute> iterator = this.minutes.values().iterator();
        while (this.tickCount > this.maxTicks && iterator.hasNext()) {
            StoredMinute minute = iterator.next();
            if (!minute.isInUse()) {
                this.tickCount -= minute.size() + MINUTE_COST;
                iterator.remove();
            }
        }
    }

    /**
     * Returns the range in which ticks of an instrument are certainly no outliers.
     * @param instrument the instrument
     * @return the range, or null if each tick has to be screened
     */
    public @Nullable PlausibleRange plausibleRange(Instrument instrument) {
        return this.plausibleRanges.get(instrument);
    }

    /**
     * Sets the range in which ticks of an instrument are certainly no outliers.
     * @param instrument the instrument
     * @param range the range, or null if none is known
     */
    public void setPlausibleRange(Instrument instrument, @Nullable PlausibleRange range) {
        if (range != null) {
            this.plausibleRanges.put(instrument, range);
        }
        else {
            this.plausibleRanges.remove(instrument);
        }
    }

    /**
     * Evicts instruments.
     * @param filter selects the instruments
     */
    public void evict(Predicate<Instrument> filter) {
        this.plausibleRanges.keySet().removeIf(filter);
        this.newestMinutes.keySet().removeIf(filter);
        this.minutes.values().removeIf((minute) -> {
            boolean isEvicted = filter.test(minute.key().instrument());
            if (isEvicted) {
                minute.drainSizeDelta();
                this.tickCount -= minute.size() + MINUTE_COST;
            }
            return isEvicted;
        });
    }

    /**
     * Returns the number of instruments whose newest minute is known.
     * @return the number
     */
    public int instrumentCount() {
        return this.newestMinutes.size();
    }

    /**
     * Returns the approximate number of cached ticks.
     * @return the number
     */
    public long tickCount() {
        return this.tickCount;
    }

}
