package pregao.aggregator.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import pregao.aggregator.tick.MinuteKey;
import pregao.aggregator.tick.TickMinute;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * What one poll touches: minutes with ticks, minutes that end, and moments in longer
 * candles that are to be folded anew.
 */
final class Round {

    private final Set<TickMinute> minutes = new LinkedHashSet<>();

    private final Set<MinuteKey> ended = new LinkedHashSet<>();

    private final Map<Instrument, SortedSet<Long>> touched = new HashMap<>();

    private final List<Candle> folded = new ArrayList<>();

    Set<TickMinute> minutes() {
        return this.minutes;
    }

    /** Minutes that closed without a tick in this poll. */
    Set<MinuteKey> ended() {
        return this.ended;
    }

    /** The M1 candles of {@link #minutes()}. */
    List<Candle> folded() {
        return this.folded;
    }

    void touch(Instrument instrument, long moment) {
        this.touched.computeIfAbsent(instrument, (key) -> new TreeSet<>()).add(moment);
    }

    Map<Instrument, SortedSet<Long>> touched() {
        return this.touched;
    }

    /** The days that hold the touched moments: what the longest candles are made of. */
    Map<Instrument, SortedSet<Long>> touchedDays() {
        Map<Instrument, SortedSet<Long>> days = new HashMap<>();
        this.touched.forEach((instrument, moments) -> {
            SortedSet<Long> of = new TreeSet<>();
            moments.forEach((moment) -> of.add(Timeframe.D1.bucketStart(moment)));
            days.put(instrument, of);
        });
        return days;
    }

    boolean isEmpty() {
        return this.minutes.isEmpty() && this.ended.isEmpty() && this.touched.isEmpty();
    }

}
