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

    private static final int MOST_KEPT = 1000;

    private static final long GRACE_SECONDS = 5;

    private final NavigableMap<Long, BrokerCandle> closed = new TreeMap<>();

    /** The candle that is to be closed next, or -1. */
    private long next = -1;

    /** Candles before this are over. */
    private long over;

    private @Nullable BrokerCandle forming;

    /**
     * Takes what the stream says.
     * @param update of a candle
     * @return what that means
     */
    List<CandleUpdate> take(CandleUpdate update) {
        BrokerCandle candle = update.candle();
        if (this.next < 0) {
            this.next = candle.id();
        }
        if (candle.id() < this.next || this.closed.containsKey(candle.id())) {
            return List.of();
        }
        this.over = Math.max(this.over, update.closed() ? candle.id() + 1 : candle.id());
        if (!update.closed()) {
            this.forming = candle;
            return (candle.id() == this.next) ? List.of(update) : List.of();
        }
        this.closed.put(candle.id(), candle);
        if (this.closed.size() > MOST_KEPT) {
            this.closed.pollFirstEntry(); // it will be asked for
        }
        return drained();
    }

    /**
     * Lets time pass.
     * @param now the broker's, epoch seconds
     */
    void pass(long now) {
        BrokerCandle last = this.forming;
        if (last != null && now >= last.to() + GRACE_SECONDS) {
            this.over = Math.max(this.over, last.id() + 1);
        }
    }

    /**
     * What is missing.
     * @return at most so many as can be asked for at once, or null where nothing is
     */
    @Nullable Gap gap() {
        if (this.next < 0 || this.over <= this.next || this.closed.containsKey(this.next)) {
            return null;
        }
        long end = this.closed.isEmpty() ? this.over : Math.min(this.over, this.closed.firstKey());
        return new Gap(this.next, Math.min(end, this.next + KlinePager.MAX_COUNT - 1) - 1);
    }

    /**
     * Takes what was missing.
     * @param gap what was asked for
     * @param candles what the broker has of it, closed ones only
     * @param surely whether what is not there never will be
     * @return these, and what was kept back
     */
    List<CandleUpdate> fill(Gap gap, List<BrokerCandle> candles, boolean surely) {
        for (BrokerCandle candle : candles) {
            if (candle.id() >= this.next && candle.id() <= gap.to()) {
                this.closed.putIfAbsent(candle.id(), candle);
            }
        }
        List<CandleUpdate> updates = new ArrayList<>();
        while (this.next <= gap.to()) {
            BrokerCandle candle = this.closed.remove(this.next);
            if (candle != null) {
                updates.add(new CandleUpdate(candle, true));
            }
            else if (!surely) {
                return updates;
            }
            this.next++;
        }
        updates.addAll(drained());
        return updates;
    }

    private List<CandleUpdate> drained() {
        List<CandleUpdate> updates = new ArrayList<>();
        for (BrokerCandle candle = this.closed.remove(this.next); candle != null; candle = this.closed
            .remove(this.next)) {
            updates.add(new CandleUpdate(candle, true));
            this.next++;
        }
        BrokerCandle last = this.forming;
        if (last != null && last.id() == this.next) {
            updates.add(new CandleUpdate(last, false));
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
