package pregao.aggregator.candle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Instrument;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleEvent;

/**
 * Limits how often the forming M1 candle of an instrument is published. The newest event
 * is always published, late at worst. Not thread-safe.
 */
public final class FormingCandleThrottle {

    private final long minIntervalMillis;

    private final Map<Instrument, Entry> entries = new HashMap<>();

    /**
     * Creates a throttle without events.
     * @param minIntervalMillis the shortest time between two events of an instrument, in
     * milliseconds
     */
    public FormingCandleThrottle(long minIntervalMillis) {
        this.minIntervalMillis = minIntervalMillis;
    }

    /**
     * Adds an event, which replaces the pending one of its instrument.
     * @param event the event of a forming M1 candle
     */
    public void offer(CandleEvent event) {
        Entry entry = this.entries.computeIfAbsent(event.candle().instrument(), (instrument) -> new Entry());
        CandleEvent pending = entry.pendingEvent;
        if (pending == null || pending.candle().openTime() <= event.candle().openTime()) {
            entry.pendingEvent = event;
        }
    }

    /**
     * Discards the pending event of a minute that is now final.
     * @param candle the final M1 candle
     */
    public void discard(Candle candle) {
        Entry entry = this.entries.get(candle.instrument());
        if (entry != null && entry.pendingEvent != null
                && entry.pendingEvent.candle().openTime() <= candle.openTime()) {
            entry.pendingEvent = null;
        }
    }

    /**
     * Removes and returns the events that are due.
     * @param now the current time, in epoch milliseconds
     * @return the events to publish
     */
    public List<CandleEvent> pollDue(long now) {
        List<CandleEvent> dueEvents = new ArrayList<>();
        Iterator<Entry> iterator = this.entries.values().iterator();
        while (iterator.hasNext()) {
            Entry entry = iterator.next();
            CandleEvent event = entry.pendingEvent;
            if (now < entry.nextPublishTime) {
                continue;
            }
            if (event == null) {
                iterator.remove();
                continue;
            }
            dueEvents.add(event);
            entry.pendingEvent = null;
            entry.nextPublishTime = now + this.minIntervalMillis;
        }
        return dueEvents;
    }

    /**
     * Returns the number of tracked instruments, which are those with a recent event.
     * @return the number
     */
    public int size() {
        return this.entries.size();
    }

    /**
     * Evicts instruments.
     * @param filter selects the instruments
     */
    public void evict(Predicate<Instrument> filter) {
        this.entries.keySet().removeIf(filter);
    }

    /**
     * The pending event of an instrument, and the earliest time to publish it.
     */
    private static final class Entry {

        private @Nullable CandleEvent pendingEvent;

        private long nextPublishTime = Long.MIN_VALUE;

    }

}
