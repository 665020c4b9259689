package pregao.session.polarium;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import pregao.session.broker.BrokerCandle;
import pregao.session.broker.CandleUpdate;

/**
 * Tells from a stream when a candle is closed, as the broker does not say so: when the
 * next one begins, or when its time is over and nothing comes. Where candles are missing
 * it says which; until they are given it keeps back what comes after them.
 */
final class CandleRoll {

    private static final long GRACE_SECONDS = 5;

    private final List<BrokerCandle> keptBack = new ArrayList<>();

    private @Nullable BrokerCandle forming;

    private long closedId = -1;

    private @Nullable Gap gap;

    private boolean interrupted;

    /**
     * Takes what the stream says.
     * @param candle as it is now
     * @return what that means
     */
    List<CandleUpdate> take(BrokerCandle candle) {
        if (this.gap != null) {
            this.keptBack.add(candle);
            return List.of();
        }
        BrokerCandle before = this.forming;
        List<CandleUpdate> updates = new ArrayList<>();
        if (candle.id() <= this.closedId || (before != null && candle.id() < before.id())) {
            return updates;
        }
        boolean next = before == null || candle.id() > before.id();
        if (before != null && next) {
            if (this.interrupted) {
                this.gap = new Gap(before.id(), candle.id() - 1);
            }
            else {
                close(before, updates);
                if (candle.id() > before.id() + 1) {
                    this.gap = new Gap(before.id() + 1, candle.id() - 1);
                }
            }
        }
        this.interrupted = false;
        if (this.gap != null) {
            this.keptBack.add(candle);
            return updates;
        }
        this.forming = candle;
        updates.add(new CandleUpdate(candle, false));
        return updates;
    }

    /**
     * Lets time pass.
     * @param now the broker's time, epoch seconds
     * @return the candle that is closed by it
     */
    List<CandleUpdate> pass(long now) {
        BrokerCandle last = this.forming;
        List<CandleUpdate> updates = new ArrayList<>();
        if (last != null && this.gap == null && !this.interrupted && now >= last.to() + GRACE_SECONDS) {
            close(last, updates);
        }
        return updates;
    }

    /** The stream was interrupted: the last candle may have gone on unseen. */
    void interrupt() {
        this.interrupted = this.forming != null && this.forming.id() > this.closedId;
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
     * @param candles what the broker has of it, oldest first
     * @return these, and what was kept back
     */
    List<CandleUpdate> fill(List<BrokerCandle> candles) {
        Gap missing = this.gap;
        List<CandleUpdate> updates = new ArrayList<>();
        if (missing == null) {
            return updates;
        }
        this.gap = null;
        for (BrokerCandle candle : candles) {
            if (candle.id() >= missing.from() && candle.id() <= missing.to()) {
                close(candle, updates);
            }
        }
        this.closedId = Math.max(this.closedId, missing.to());
        this.forming = null;
        List<BrokerCandle> later = List.copyOf(this.keptBack);
        this.keptBack.clear();
        later.forEach((candle) -> updates.addAll(take(candle)));
        return updates;
    }

    private void close(BrokerCandle candle, List<CandleUpdate> updates) {
        if (candle.id() > this.closedId) {
            this.closedId = candle.id();
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
