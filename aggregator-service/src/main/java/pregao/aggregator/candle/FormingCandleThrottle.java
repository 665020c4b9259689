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
 * Lets the forming M1 of an instrument out at most once in a while, and the last one
 * always. For one thread.
 */
public final class FormingCandleThrottle {

    private final long minIntervalMillis;

    private final Map<Instrument, Entry> entries = new HashMap<>();

    /**
     * A gate with nothing before it.
     * @param minIntervalMillis the shortest time between two of one instrument
     */
    public FormingCandleThrottle(long minIntervalMillis) {
        this.minIntervalMillis = minIntervalMillis;
    }

    /**
     * Puts an event before the gate, in place of the one that waits there.
     * @param event of a forming M1
     */
    public void offer(CandleEvent event) {
        Entry entry = this.entries.computeIfAbsent(event.candle().instrument(), (instrument) -> new Entry());
        CandleEvent pending = entry.pendingEvent;
        if (pending == null || pending.candle().openTime() <= event.candle().openTime()) {
            entry.pendingEvent = event;
        }
    }

    /**
     * Takes away what waits of a minute that is final now.
     * @param candle a final M1
     */
    public void discard(Candle candle) {
        Entry entry = this.entries.get(candle.instrument());
        if (entry != null && entry.pendingEvent != null
                && entry.pendingEvent.candle().openTime() <= candle.openTime()) {
            entry.pendingEvent = null;
        }
    }

    /**
     * The events whose time has come.
     * @param now epoch milliseconds
     * @return events to be published
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
     * How many instruments it remembers: those whose last event is not long ago.
     * @return the number
     */
    public int size() {
        return this.entries.size();
    }

    /**
     * Forgets instruments.
     * @param filter those
     */
    public void evict(Predicate<Instrument> filter) {
        this.entries.keySet().removeIf(filter);
    }

    /**
     * What waits of one instrument, and until when.
     */
    private static final class Entry {

        private @Nullable CandleEvent pendingEvent;

        private long nextPublishTime = Long.MIN_VALUE;

    }

}
