package pregao.session.broker.polarium;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.api.BrokerCandle;
import pregao.session.broker.api.CandleUpdate;

/**
 * Tells from a stream when a candle is closed, as the broker does not say so: when the
 * next one begins, or when its time is over and nothing comes. Where candles are missing
 * it says which; until they are given it keeps back what comes after them.
 */
final class CandleSequencer {

    private static final long GRACE_SECONDS = 5;

    private final List<BrokerCandle> bufferedCandles = new ArrayList<>();

    private @Nullable BrokerCandle formingCandle;

    private long lastFinalId = -1;

    private @Nullable Gap gap;

    private boolean interrupted;

    /**
     * Takes what the stream says.
     * @param candle as it is now
     * @return what that means
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
     * Lets time pass.
     * @param nowSeconds the broker's time, epoch seconds
     * @return the candle that is closed by it
     */
    List<CandleUpdate> advanceTime(long nowSeconds) {
        BrokerCandle forming = this.formingCandle;
        List<CandleUpdate> updates = new ArrayList<>();
        if (forming != null && this.gap == null && !this.interrupted && nowSeconds >= forming.to() + GRACE_SECONDS) {
            emitFinal(forming, updates);
        }
        return updates;
    }

    /** The stream was interrupted: the last candle may have gone on unseen. */
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
     * What is missing.
     * @return null where nothing is
     */
    @Nullable Gap gap() {
        return this.gap;
    }

    /**
     * Takes what was missing.
     * @param requestedGap what was asked for
     * @param candles what the broker has of it, oldest first
     * @return these, and what was kept back
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
     * Candles that were not seen.
     *
     * @param from the first id
     * @param to the last id
     */
    record Gap(long from, long to) {

    }

}
