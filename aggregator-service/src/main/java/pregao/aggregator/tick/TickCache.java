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
    private static final int MOST_INSTRUMENTS = 20_000;

    private final long maxTicks;

    private final LinkedHashMap<MinuteKey, StoredMinute> minutes = new LinkedHashMap<>(256, 0.75f, true);

    /**
     * No minute after this one is stored, by instrument; the longest unused ones go,
     * which costs a query when they are heard of again.
     */
    private final LinkedHashMap<Instrument, Long> newest = new LinkedHashMap<>(256, 0.75f, true);

    /** Bounded as {@link #newest} is. */
    private final LinkedHashMap<Instrument, PlausibleRange> calm = new LinkedHashMap<>(256, 0.75f, true);

    private long ticks;

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
        StoredMinute storedMinute = this.minutes.get(key);
        if (storedMinute != null) {
            return storedMinute;
        }
        Long last = this.newest.get(key.instrument());
        if (last == null || key.minute() <= last) {
            return null;
        }
        this.newest.put(key.instrument(), key.minute());
        return keep(new StoredMinute(key));
    }

    /**
     * Whether it is known what the newest stored minute of an instrument is.
     * @param instrument any
     * @return false where the database is to be asked
     */
    public boolean knows(Instrument instrument) {
        return this.newest.containsKey(instrument);
    }

    /**
     * Remembers the newest stored minute.
     * @param instrument of what
     * @param minute its start, or {@link Long#MIN_VALUE} where there is none
     */
    public void newest(Instrument instrument, long minute) {
        this.newest.merge(instrument, minute, Math::max);
    }

    /**
     * Keeps a minute.
     * @param minute as loaded or new
     * @return the minute
     */
    public StoredMinute keep(StoredMinute minute) {
        this.minutes.put(minute.key(), minute);
        this.ticks += minute.drainSizeDelta() + MINUTE_COST;
        return minute;
    }

    /**
     * Says that a minute grew and that it may not leave before {@link #release}.
     * @param minute one that is kept
     */
    public void use(StoredMinute minute) {
        minute.use(true);
        this.ticks += minute.drainSizeDelta();
    }

    /**
     * Lets minutes leave, and the longest unused ones go if there are too many ticks.
     * @param used all that were in use
     */
    public void release(Iterable<StoredMinute> used) {
        used.forEach((minute) -> minute.use(false));
        while (this.newest.size() > MOST_INSTRUMENTS) {
            this.newest.pollFirstEntry();
        }
        while (this.calm.size() > MOST_INSTRUMENTS) {
            this.calm.pollFirstEntry();
        }
        Iterator<StoredMinute> oldest = this.minutes.values().iterator();
        while (this.ticks > this.maxTicks && oldest.hasNext()) {
            StoredMinute minute = oldest.next();
            if (!minute.isInUse()) {
                this.ticks -= minute.size() + MINUTE_COST;
                oldest.remove();
            }
        }
    }

    /**
     * Where ticks of an instrument are certainly no outliers.
     * @param instrument any
     * @return the range, or null where each tick is to be judged
     */
    public @Nullable PlausibleRange calm(Instrument instrument) {
        return this.calm.get(instrument);
    }

    /**
     * Remembers where ticks of an instrument are certainly no outliers.
     * @param instrument of what
     * @param range the range, or null where none is known
     */
    public void calm(Instrument instrument, @Nullable PlausibleRange range) {
        if (range != null) {
            this.calm.put(instrument, range);
        }
        else {
            this.calm.remove(instrument);
        }
    }

    /**
     * Forgets instruments.
     * @param which those
     */
    public void forget(Predicate<Instrument> which) {
        this.calm.keySet().removeIf(which);
        this.newest.keySet().removeIf(which);
        this.minutes.values().removeIf((minute) -> {
            boolean goes = which.test(minute.key().instrument());
            if (goes) {
                minute.drainSizeDelta();
                this.ticks -= minute.size() + MINUTE_COST;
            }
            return goes;
        });
    }

    /**
     * Of how many instruments the newest minute is known.
     * @return the number
     */
    public int instruments() {
        return this.newest.size();
    }

    /**
     * How many ticks are held, about.
     * @return the number
     */
    public long ticks() {
        return this.ticks;
    }

}
