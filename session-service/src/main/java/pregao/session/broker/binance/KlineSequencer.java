package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * Puts the candles of a stream in order, each closed once. Closed are only those of which
 * the broker says so, in the stream or when asked; where one is missing this says which,
 * and keeps back what comes after it.
 */
final class KlineSequencer {

    private static final int MAX_BUFFERED = 1000;

    private static final long GRACE_SECONDS = 5;

    private final NavigableMap<Long, BrokerCandle> finalCandles = new TreeMap<>();

    /** The candle that is to be closed next, or -1. */
    private long nextId = -1;

    /** Candles before this are over. */
    private long closedBeforeId;

    private @Nullable BrokerCandle formingCandle;

    /**
     * Takes what the stream says.
     * @param update of a candle
     * @return what that means
     */
    List<CandleUpdate> accept(CandleUpdate update) {
        BrokerCandle candle = update.candle();
        if (this.nextId < 0) {
            this.nextId = candle.id();
        }
        if (candle.id() < this.nextId || this.finalCandles.containsKey(candle.id())) {
            return List.of();
        }
        this.closedBeforeId = Math.max(this.closedBeforeId, update.closed() ? candle.id() + 1 : candle.id());
        if (!update.closed()) {
            this.formingCandle = candle;
            return (candle.id() == this.nextId) ? List.of(update) : List.of();
        }
        this.finalCandles.put(candle.id(), candle);
        if (this.finalCandles.size() > MAX_BUFFERED) {
            this.finalCandles.pollFirstEntry(); // it will be asked for
        }
        return drainFinalCandles();
    }

    /**
     * Lets time pass.
     * @param nowSeconds the broker's, epoch seconds
     */
    void advanceTime(long nowSeconds) {
        BrokerCandle forming = this.formingCandle;
        if (forming != null && nowSeconds >= forming.to() + GRACE_SECONDS) {
            this.closedBeforeId = Math.max(this.closedBeforeId, forming.id() + 1);
        }
    }

    /**
     * What is missing.
     * @return at most so many as can be asked for at once, or null where nothing is
     */
    @Nullable Gap findGap() {
        if (this.nextId < 0 || this.closedBeforeId <= this.nextId || this.finalCandles.containsKey(this.nextId)) {
            return null;
        }
        long endId = this.finalCandles.isEmpty() ? this.closedBeforeId
                : Math.min(this.closedBeforeId, this.finalCandles.firstKey());
        return new Gap(this.nextId, Math.min(endId, this.nextId + KlinePager.MAX_PAGE_SIZE - 1) - 1);
    }

    /**
     * Takes what was missing.
     * @param gap what was asked for
     * @param candles what the broker has of it, closed ones only
     * @param skipMissing whether what is not there never will be
     * @return these, and what was kept back
     */
    List<CandleUpdate> fillGap(Gap gap, List<BrokerCandle> candles, boolean skipMissing) {
        for (BrokerCandle candle : candles) {
            if (candle.id() >= this.nextId && candle.id() <= gap.to()) {
                this.finalCandles.putIfAbsent(candle.id(), candle);
            }
        }
        List<CandleUpdate> updates = new ArrayList<>();
        while (this.nextId <= gap.to()) {
            BrokerCandle candle = this.finalCandles.remove(this.nextId);
            if (candle != null) {
                updates.add(new CandleUpdate(candle, true));
            }
            else if (!skipMissing) {
                return updates;
            }
            this.nextId++;
        }
        updates.addAll(drainFinalCandles());
        return updates;
    }

    private List<CandleUpdate> drainFinalCandles() {
        List<CandleUpdate> updates = new ArrayList<>();
        for (BrokerCandle candle = this.finalCandles.remove(this.nextId); candle != null; candle = this.finalCandles
            .remove(this.nextId)) {
            updates.add(new CandleUpdate(candle, true));
            this.nextId++;
        }
        BrokerCandle forming = this.formingCandle;
        if (forming != null && forming.id() == this.nextId) {
            updates.add(new CandleUpdate(forming, false));
        }
        return updates;
    }

    /**
     * Candles that were not seen to be closed.
     *
     * @param from the first id
     * @param to the last id
     */
    record Gap(long from, long to) {

    }

}
