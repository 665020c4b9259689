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
        List<CandleUpdate> updates = new ArrayList<>();
        if (this.gap != null) {
            keepBack(candle);
            return updates;
        }
        BrokerCandle before = this.forming;
        if (candle.id() <= this.closedId || (before != null && candle.id() < before.id())) {
            return updates;
        }
        boolean same = before != null && candle.id() == before.id();
        long expected = this.closedId + 1;
        if (before != null && !same && !this.interrupted) {
            close(before, updates);
            expected = before.id() + 1;
        }
        else if (before != null || this.closedId < 0) {
            expected = (before == null) ? candle.id() : before.id();
        }
        this.interrupted = false;
        if (!same && candle.id() > expected) {
            this.gap = new Gap(expected, candle.id() - 1);
            keepBack(candle);
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
        Gap missing = this.gap;
        if (missing == null) {
            this.interrupted = this.forming != null && this.forming.id() > this.closedId;
        }
        else if (!this.keptBack.isEmpty()) {
            this.gap = new Gap(missing.from(), this.keptBack.getLast().id());
            this.keptBack.clear();
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
     * @param asked what was asked for
     * @param candles what the broker has of it, oldest first
     * @return these, and what was kept back
     */
    List<CandleUpdate> fill(Gap asked, List<BrokerCandle> candles) {
        Gap missing = this.gap;
        List<CandleUpdate> updates = new ArrayList<>();
        if (missing == null) {
            return updates;
        }
        for (BrokerCandle candle : candles) {
            if (candle.id() >= missing.from() && candle.id() <= asked.to()) {
                close(candle, updates);
            }
        }
        this.closedId = Math.max(this.closedId, asked.to());
        this.forming = null;
        this.gap = (missing.to() > asked.to()) ? new Gap(asked.to() + 1, missing.to()) : null;
        if (this.gap == null) {
            List<BrokerCandle> later = List.copyOf(this.keptBack);
            this.keptBack.clear();
            later.forEach((candle) -> updates.addAll(take(candle)));
        }
        return updates;
    }

    private void keepBack(BrokerCandle candle) {
        if (!this.keptBack.isEmpty() && this.keptBack.getLast().id() == candle.id()) {
            this.keptBack.removeLast();
        }
        this.keptBack.add(candle);
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
