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

    private final long everyMillis;

    private final Map<Instrument, Entry> entries = new HashMap<>();

    /**
     * A gate with nothing before it.
     * @param everyMillis the shortest time between two of one instrument
     */
    public FormingCandleThrottle(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    /**
     * Puts an event before the gate, in place of the one that waits there.
     * @param event of a forming M1
     */
    public void offer(CandleEvent event) {
        Entry entry = this.entries.computeIfAbsent(event.candle().instrument(), (instrument) -> new Entry());
        CandleEvent before = entry.waiting;
        if (before == null || before.candle().openTime() <= event.candle().openTime()) {
            entry.waiting = event;
        }
    }

    /**
     * Takes away what waits of a minute that is final now.
     * @param candle a final M1
     */
    public void discard(Candle candle) {
        Entry entry = this.entries.get(candle.instrument());
        if (entry != null && entry.waiting != null && entry.waiting.candle().openTime() <= candle.openTime()) {
            entry.waiting = null;
        }
    }

    /**
     * The events whose time has come.
     * @param now epoch milliseconds
     * @return events to be published
     */
    public List<CandleEvent> pollDue(long now) {
        List<CandleEvent> taken = new ArrayList<>();
        Iterator<Entry> all = this.entries.values().iterator();
        while (all.hasNext()) {
            Entry entry = all.next();
            CandleEvent event = entry.waiting;
            if (now < entry.nextAt) {
                continue;
            }
            if (event == null) {
                all.remove();
                continue;
            }
            taken.add(event);
            entry.waiting = null;
            entry.nextAt = now + this.everyMillis;
        }
        return taken;
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
     * @param which those
     */
    public void forget(Predicate<Instrument> which) {
        this.entries.keySet().removeIf(which);
    }

    /**
     * What waits of one instrument, and until when.
     */
    private static final class Entry {

        private @Nullable CandleEvent waiting;

        private long nextAt = Long.MIN_VALUE;

    }

}
