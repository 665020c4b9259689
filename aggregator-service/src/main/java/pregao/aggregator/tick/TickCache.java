package pregao.aggregator.tick;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.market.dataquality.PlausibleRange;

/**
 * The minutes last worked on, up to a number of ticks, and which minutes are known not to
 * be stored. For one thread.
 */
public final class TickCache {

    /** What an open but small minute takes beside its ticks, counted as ticks. */
    private static final int MINUTE_COST = 64;

    /** So many instruments are known without a query. */
    private static final int MAX_INSTRUMENTS = 20_000;

    private final long maxTicks;

    private final LinkedHashMap<MinuteKey, StoredMinute> minutes = new LinkedHashMap<>(256, 0.75f, true);

    /**
     * No minute after this one is stored, by instrument; the longest unused ones go,
     * which costs a query when they are heard of again.
     */
    private final LinkedHashMap<Instrument, Long> newestMinutes = new LinkedHashMap<>(256, 0.75f, true);

    /** Bounded as {@link #newestMinutes} is. */
    private final LinkedHashMap<Instrument, PlausibleRange> plausibleRanges = new LinkedHashMap<>(256, 0.75f, true);

    private long tickCount;

    /**
     * An empty memory.
     * @param maxTicks how many ticks it holds at most beside those being worked on
     */
    public TickCache(long maxTicks) {
        this.maxTicks = maxTicks;
    }

    /**
     * The minute, where it is in memory, or a new one, where it cannot be stored.
     * @param key which
     * @return the minute, or null where the database is to be asked
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
     * Whether it is known what the newest stored minute of an instrument is.
     * @param instrument any
     * @return false where the database is to be asked
     */
    public boolean knowsNewestMinute(Instrument instrument) {
        return this.newestMinutes.containsKey(instrument);
    }

    /**
     * Remembers the newest stored minute.
     * @param instrument of what
     * @param minute its start, or {@link Long#MIN_VALUE} where there is none
     */
    public void putNewestMinute(Instrument instrument, long minute) {
        this.newestMinutes.merge(instrument, minute, Math::max);
    }

    /**
     * Keeps a minute.
     * @param minute as loaded or new
     * @return the minute
     */
    public StoredMinute add(StoredMinute minute) {
        this.minutes.put(minute.key(), minute);
        this.tickCount += minute.drainSizeDelta() + MINUTE_COST;
        return minute;
    }

    /**
     * Says that a minute grew and that it may not leave before {@link #release}.
     * @param minute one that is kept
     */
    public void markInUse(StoredMinute minute) {
        minute.setInUse(true);
        this.tickCount += minute.drainSizeDelta();
    }

    /**
     * Lets minutes leave, and the longest unused ones go if there are too many ticks.
     * @param minutes all that were in use
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
     * Where ticks of an instrument are certainly no outliers.
     * @param instrument any
     * @return the range, or null where each tick is to be judged
     */
    public @Nullable PlausibleRange plausibleRange(Instrument instrument) {
        return this.plausibleRanges.get(instrument);
    }

    /**
     * Remembers where ticks of an instrument are certainly no outliers.
     * @param instrument of what
     * @param range the range, or null where none is known
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
     * Forgets instruments.
     * @param filter those
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
     * Of how many instruments the newest minute is known.
     * @return the number
     */
    public int instrumentCount() {
        return this.newestMinutes.size();
    }

    /**
     * How many ticks are held, about.
     * @return the number
     */
    public long tickCount() {
        return this.tickCount;
    }

}
