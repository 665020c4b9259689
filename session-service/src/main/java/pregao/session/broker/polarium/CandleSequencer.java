package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * Sequencer that derives final candles from a stream, because the broker doesn't flag
 * them. A candle is final when the next one begins, or when its time is over and no
 * update follows. If candles are missing, the sequencer reports the gap and buffers all
 * later candles until the gap is filled.
 */
final class CandleSequencer {

    private static final long GRACE_SECONDS = 5;

    private final List<BrokerCandle> bufferedCandles = new ArrayList<>();

    private @Nullable BrokerCandle formingCandle;

    private long lastFinalId = -1;

    private @Nullable Gap gap;

    private boolean interrupted;

    /**
     * Accepts an update from the stream.
     * @param candle the current state of the candle
     * @return the updates to emit, in order
     */
    List<CandleUpdate> accept(BrokerCandle candle) {
        List<CandleUpdate> updates = new ArrayList<>();
        if (this.gap != null) {
            buffer(candle);
            return updates;
        }
        BrokerCandle previous = this.formingCandle;
        if (candle.id() <= this.lastFinalId || (previous != null && candle.id() < previous.id())) {
            return updates;
        }
        boolean isSameCandle = previous != null && candle.id() == previous.id();
        long expectedId = this.lastFinalId + 1;
        if (previous != null && !isSameCandle && !this.interrupted) {
            emitFinal(previous, updates);
            expectedId = previous.id() + 1;
        }
        else if (previous != null || this.lastFinalId < 0) {
            expectedId = (previous == null) ? candle.id() : previous.id();
        }
        this.interrupted = false;
        if (!isSameCandle && candle.id() > expectedId) {
            this.gap = new Gap(expectedId, candle.id() - 1);
            buffer(candle);
            return updates;
        }
        this.formingCandle = candle;
        updates.add(new CandleUpdate(candle, false));
        return updates;
    }

    /**
     * Advances the time. The forming candle becomes final 5 s after its end.
     * @param nowSeconds the server time in epoch seconds
     * @return the update of the candle that became final, if any
     */
    List<CandleUpdate> advanceTime(long nowSeconds) {
        BrokerCandle forming = this.formingCandle;
        List<CandleUpdate> updates = new ArrayList<>();
        if (forming != null && this.gap == null && !this.interrupted && nowSeconds >= forming.to() + GRACE_SECONDS) {
            emitFinal(forming, updates);
        }
        return updates;
    }

    /**
     * Marks an interruption of the stream, after which updates of the last candle may be
     * missing.
     */
    void markInterrupted() {
        Gap currentGap = this.gap;
        if (currentGap == null) {
            this.interrupted = this.formingCandle != null && this.formingCandle.id() > this.lastFinalId;
        }
        else if (!this.bufferedCandles.isEmpty()) {
            this.gap = new Gap(currentGap.from(), this.bufferedCandles.getLast().id());
            this.bufferedCandles.clear();
        }
    }

    /**
     * Returns the gap.
     * @return the missing candles, or null if there is no gap
     */
    @Nullable Gap gap() {
        return this.gap;
    }

    /**
     * Fills the gap.
     * @param requestedGap the gap that was fetched
     * @param candles the candles that the broker has for it, oldest first
     * @return the updates to emit: the candles of the gap, then the buffered ones
     */
    List<CandleUpdate> fillGap(Gap requestedGap, List<BrokerCandle> candles) {
        Gap currentGap = this.gap;
        List<CandleUpdate> updates = new ArrayList<>();
        if (currentGap == null) {
            return updates;
        }
        for (BrokerCandle candle : candles) {
            if (candle.id() >= currentGap.from() && candle.id() <= requestedGap.to()) {
                emitFinal(candle, updates);
            }
        }
        this.lastFinalId = Math.max(this.lastFinalId, requestedGap.to());
        this.formingCandle = null;
        this.gap = (currentGap.to() > requestedGap.to()) ? new Gap(requestedGap.to() + 1, currentGap.to()) : null;
        if (this.gap == null) {
            List<BrokerCandle> buffered = List.copyOf(this.bufferedCandles);
            this.bufferedCandles.clear();
            buffered.forEach((candle) -> updates.addAll(accept(candle)));
        }
        return updates;
    }

    private void buffer(BrokerCandle candle) {
        if (!this.bufferedCandles.isEmpty() && this.bufferedCandles.getLast().id() == candle.id()) {
            this.bufferedCandles.removeLast();
        }
        this.bufferedCandles.add(candle);
    }

    private void emitFinal(BrokerCandle candle, List<CandleUpdate> updates) {
        if (candle.id() > this.lastFinalId) {
            this.lastFinalId = candle.id();
            updates.add(new CandleUpdate(candle, true));
        }
    }

    /**
     * A range of missing candles.
     *
     * @param from the first id, inclusive
     * @param to the last id, inclusive
     */
    record Gap(long from, long to) {

    }

}
