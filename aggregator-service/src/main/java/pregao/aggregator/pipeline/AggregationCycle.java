package pregao.aggregator.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import pregao.aggregator.candle.CloseBoundary;
import pregao.aggregator.close.OpenCandleTracker;
import pregao.aggregator.tick.MinuteKey;
import pregao.aggregator.tick.StoredMinute;
import pregao.contracts.Instrument;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;

/**
 * What one poll touches: minutes with ticks, minutes that end or are given, and longer
 * candles that end.
 */
final class AggregationCycle {

    private final Set<StoredMinute> minutes = new LinkedHashSet<>();

    private final Set<MinuteKey> ended = new LinkedHashSet<>();

    private final List<Candle> given = new ArrayList<>();

    private final List<Candle> withdrawn = new ArrayList<>();

    private final Map<Instrument, CloseBoundary> closings = new LinkedHashMap<>();

    private final Set<MinuteKey> emptied = new LinkedHashSet<>();

    private final List<EndedCandle> endedLonger = new ArrayList<>();

    private final List<Candle> folded = new ArrayList<>();

    private final Map<Instrument, MinuteKey> latest = new HashMap<>();

    private final Set<OpenCandleTracker> waiting = new LinkedHashSet<>();

    private int loads;

    Set<StoredMinute> minutes() {
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

    /**
     * The last minute of each instrument of which this poll brought ticks: the next one
     * may bring more.
     */
    Map<Instrument, MinuteKey> latest() {
        return this.latest;
    }

    /** Those with a candle whose time is over and that is not closed in this round. */
    Set<OpenCandleTracker> waiting() {
        return this.waiting;
    }

    /** Counts a minute that ends and whose ticks have to be loaded. */
    int countLoad() {
        return ++this.loads;
    }

    /** M1 candles that were stored by others. */
    List<Candle> given() {
        return this.given;
    }

    /** Minutes that lost their last tick with a price to the quarantine. */
    Set<MinuteKey> emptied() {
        return this.emptied;
    }

    /** M1 candles that were removed by others. */
    List<Candle> withdrawn() {
        return this.withdrawn;
    }

    /**
     * Up to when the buckets of instruments are closed that have provided candles or
     * ticks.
     */
    Map<Instrument, CloseBoundary> closings() {
        return this.closings;
    }

    /** Longer candles whose time is over. */
    List<EndedCandle> endedLonger() {
        return this.endedLonger;
    }

    boolean addEndedLonger(Instrument instrument, Timeframe timeframe, long openTime) {
        return this.endedLonger.add(new EndedCandle(instrument, timeframe, openTime));
    }

    boolean isEmpty() {
        return this.minutes.isEmpty() && this.ended.isEmpty() && this.given.isEmpty() && this.endedLonger.isEmpty()
                && this.withdrawn.isEmpty() && this.closings.isEmpty();
    }

    /**
     * A longer candle whose time is over.
     *
     * @param instrument of what
     * @param timeframe how long
     * @param openTime its start, epoch milliseconds
     */
    record EndedCandle(Instrument instrument, Timeframe timeframe, long openTime) {
    }

}
