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

    private final Set<MinuteKey> endedMinutes = new LinkedHashSet<>();

    private final List<Candle> providedCandles = new ArrayList<>();

    private final List<Candle> withdrawnCandles = new ArrayList<>();

    private final Map<Instrument, CloseBoundary> closeBoundaries = new LinkedHashMap<>();

    private final Set<MinuteKey> emptiedMinutes = new LinkedHashSet<>();

    private final List<EndedCandle> endedLongerCandles = new ArrayList<>();

    private final List<Candle> foldedCandles = new ArrayList<>();

    private final Map<Instrument, MinuteKey> latestMinutes = new HashMap<>();

    private final Set<OpenCandleTracker> waitingTrackers = new LinkedHashSet<>();

    private int loadCount;

    Set<StoredMinute> minutes() {
        return this.minutes;
    }

    /** Minutes that closed without a tick in this poll. */
    Set<MinuteKey> endedMinutes() {
        return this.endedMinutes;
    }

    /** The M1 candles of {@link #minutes()}. */
    List<Candle> foldedCandles() {
        return this.foldedCandles;
    }

    /**
     * The last minute of each instrument of which this poll brought ticks: the next one
     * may bring more.
     */
    Map<Instrument, MinuteKey> latestMinutes() {
        return this.latestMinutes;
    }

    /** Those with a candle whose time is over and that is not closed in this round. */
    Set<OpenCandleTracker> waitingTrackers() {
        return this.waitingTrackers;
    }

    /** Counts a minute that ends and whose ticks have to be loaded. */
    int countLoad() {
        return ++this.loadCount;
    }

    /** M1 candles that were stored by others. */
    List<Candle> providedCandles() {
        return this.providedCandles;
    }

    /** Minutes that lost their last tick with a price to the quarantine. */
    Set<MinuteKey> emptiedMinutes() {
        return this.emptiedMinutes;
    }

    /** M1 candles that were removed by others. */
    List<Candle> withdrawnCandles() {
        return this.withdrawnCandles;
    }

    /**
     * Up to when the buckets of instruments are closed that have provided candles or
     * ticks.
     */
    Map<Instrument, CloseBoundary> closeBoundaries() {
        return this.closeBoundaries;
    }

    /** Longer candles whose time is over. */
    List<EndedCandle> endedLongerCandles() {
        return this.endedLongerCandles;
    }

    boolean addEndedLongerCandle(Instrument instrument, Timeframe timeframe, long openTime) {
        return this.endedLongerCandles.add(new EndedCandle(instrument, timeframe, openTime));
    }

    boolean isEmpty() {
        return this.minutes.isEmpty() && this.endedMinutes.isEmpty() && this.providedCandles.isEmpty()
                && this.endedLongerCandles.isEmpty() && this.withdrawnCandles.isEmpty()
                && this.closeBoundaries.isEmpty();
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
