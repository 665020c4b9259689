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
 * What one poll affects: minutes with ticks, minutes that end or are provided, and longer
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

    /** The minutes that ended without a tick in this poll. */
    Set<MinuteKey> endedMinutes() {
        return this.endedMinutes;
    }

    /** The M1 candles of {@link #minutes()}. */
    List<Candle> foldedCandles() {
        return this.foldedCandles;
    }

    /**
     * The latest minute of each instrument with ticks in this poll. The next poll may
     * bring more of its ticks.
     */
    Map<Instrument, MinuteKey> latestMinutes() {
        return this.latestMinutes;
    }

    /** Instruments with a candle that has ended and is not closed in this cycle. */
    Set<OpenCandleTracker> waitingTrackers() {
        return this.waitingTrackers;
    }

    /**
     * Counts an ended minute whose ticks have to be loaded.
     * @return the number of such minutes so far
     */
    int countLoad() {
        return ++this.loadCount;
    }

    /** M1 candles that were provided, not aggregated. */
    List<Candle> providedCandles() {
        return this.providedCandles;
    }

    /** The minutes whose last tick with a price went into quarantine. */
    Set<MinuteKey> emptiedMinutes() {
        return this.emptiedMinutes;
    }

    /** M1 candles that were withdrawn. */
    List<Candle> withdrawnCandles() {
        return this.withdrawnCandles;
    }

    /**
     * The close boundaries of instruments with provided candles or ticks.
     */
    Map<Instrument, CloseBoundary> closeBoundaries() {
        return this.closeBoundaries;
    }

    /** Candles longer than M1 that have ended. */
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
     * A candle longer than M1 that has ended.
     *
     * @param instrument the instrument
     * @param timeframe the timeframe
     * @param openTime the open time, in epoch milliseconds
     */
    record EndedCandle(Instrument instrument, Timeframe timeframe, long openTime) {
    }

}
