package pregao.session.broker.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * Sequencer that emits the final candles of a stream in order, each once. A candle is
 * final only if Binance says so, in the stream or in a response. If a candle is missing,
 * the sequencer reports the gap and buffers all later candles until the gap is filled.
 */
final class KlineSequencer {

    private static final int MAX_BUFFERED = 1000;

    private static final long GRACE_SECONDS = 5;

    private final NavigableMap<Long, BrokerCandle> finalCandles = new TreeMap<>();

    /** The id of the next final candle to emit, or -1 before the first update. */
    private long nextId = -1;

    /** The period of each candle with a lower id is over. */
    private long closedBeforeId;

    private @Nullable BrokerCandle formingCandle;

    /**
     * Accepts an update from the stream.
     * @param update the update of one candle
     * @return the updates to emit, in order
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
            this.finalCandles.pollFirstEntry(); // is fetched as a gap later
        }
        return drainFinalCandles();
    }

    /**
     * Advances the time. The forming candle counts as over 5 s after its end.
     * @param nowSeconds the server time in epoch seconds
     */
    void advanceTime(long nowSeconds) {
        BrokerCandle forming = this.formingCandle;
        if (forming != null && nowSeconds >= forming.to() + GRACE_SECONDS) {
            this.closedBeforeId = Math.max(this.closedBeforeId, forming.id() + 1);
        }
    }

    /**
     * Returns the first gap.
     * @return the missing candles, at most as many as one request can fetch, or null if
     * there is no gap
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
     * Fills a gap.
     * @param gap the gap that was fetched
     * @param candles the candles that Binance has for the gap, final ones only
     * @param skipMissing whether to skip candles that Binance doesn't have
     * @return the updates to emit: the candles of the gap, then the buffered ones
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
     * A range of candles whose final update is missing.
     *
     * @param from the first id, inclusive
     * @param to the last id, inclusive
     */
    record Gap(long from, long to) {

    }

}
