package pregao.market.candle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import pregao.contracts.Instrument;
import pregao.contracts.PriceBasis;
import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.candle.CandleSource;
import pregao.contracts.candle.Spread;
import pregao.contracts.tick.TickBatch;
import pregao.market.math.Int128Sum;

/**
 * Ticks, taken in order, into an M1 candle. A tick without a price by the basis counts
 * nowhere, not in volume and spread either.
 */
public final class MinuteCandleBuilder {

    private final PriceBasis basis;

    private final Int128Sum spread = new Int128Sum();

    private long open;

    private long high;

    private long low;

    private long close;

    /** Ticks with a price. */
    private int priced;

    /** Ticks without a price. */
    private int unpriced;

    /** How many of {@link #unpriced} come before the tick that made {@link #open}. */
    private int unpricedHead;

    /** How many of {@link #unpriced} come behind the tick that made {@link #close}. */
    private int unpricedTail;

    /**
     * A fold of no ticks.
     * @param basis which price of a tick makes candles
     */
    public MinuteCandleBuilder(PriceBasis basis) {
        this.basis = basis;
    }

    /**
     * The M1 candles of ticks in order, in one straight pass: what every other way to
     * fold must agree with.
     * @param ticks in order of time; none of them twice
     * @param from the first index
     * @param to the index behind the last
     * @return the candles of the minutes that have prices, all of them final
     */
    public static List<Candle> ofOrdered(TickBatch ticks, int from, int to) {
        List<Candle> candles = new ArrayList<>();
        MinuteCandleBuilder fold = new MinuteCandleBuilder(ticks.basis());
        int start = from;
        while (start < to) {
            long minute = Timeframe.M1.bucketStart(ticks.time(start));
            long end = minute + Timeframe.M1.millis();
            int next = start;
            while (next < to && ticks.time(next) < end) {
                fold.add(ticks.bid(next), ticks.ask(next), ticks.last(next));
                next++;
            }
            if (!fold.isEmpty()) {
                candles.add(fold.candle(ticks.instrument(), minute, true));
                fold.clear();
            }
            start = next;
        }
        return candles;
    }

    public PriceBasis basis() {
        return this.basis;
    }

    /**
     * Takes the next tick.
     * @param bid units of 1e-8, 0 where it is unknown
     * @param ask units of 1e-8, 0 where it is unknown
     * @param last units of 1e-8, 0 where there was no trade
     */
    public void add(long bid, long ask, long last) {
        long price = this.basis.of(bid, ask, last);
        if (price == 0) {
            this.unpriced++;
            this.unpricedTail++;
            return;
        }
        if (isEmpty()) {
            // Not a method of its own: a rare call that is not inlined costs the loop its
            // registers.
            this.open = price;
            this.high = price;
            this.low = price;
            this.unpricedHead = this.unpriced;
        }
        if (this.unpricedTail != 0) {
            this.unpricedTail = 0;
        }
        this.close = price;
        include(price, bid, ask);
    }

    /**
     * Takes a tick that comes before others that were taken. Costs as much as
     * {@link #add}: only the open and the close depend on the order.
     * @param position how many of the taken ticks come before it
     * @param bid units of 1e-8, 0 where it is unknown
     * @param ask units of 1e-8, 0 where it is unknown
     * @param last units of 1e-8, 0 where there was no trade
     */
    public void insert(int position, long bid, long ask, long last) {
        long price = this.basis.of(bid, ask, last);
        int behind = size() - position;
        if (price == 0) {
            this.unpriced++;
            this.unpricedHead += (position <= this.unpricedHead) ? 1 : 0;
            this.unpricedTail += (behind <= this.unpricedTail) ? 1 : 0;
        }
        else if (isEmpty()) {
            add(bid, ask, last);
            this.unpricedHead = position;
            this.unpricedTail = behind;
        }
        else {
            if (position <= this.unpricedHead) {
                this.open = price;
                this.unpricedHead = position;
            }
            else if (behind <= this.unpricedTail) {
                this.close = price;
                this.unpricedTail = behind;
            }
            include(price, bid, ask);
        }
    }

    private void include(long price, long bid, long ask) {
        this.high = Math.max(this.high, price);
        this.low = Math.min(this.low, price);
        this.priced++;
        if (bid != 0 && ask != 0) {
            this.spread.add(ask - bid);
        }
    }

    /**
     * How many ticks were taken, with a price or without.
     * @return from 0
     */
    public int size() {
        return this.priced + this.unpriced;
    }

    /**
     * Whether no tick with a price was taken.
     * @return true if there is no candle
     */
    public boolean isEmpty() {
        return this.priced == 0;
    }

    /**
     * The candle of the ticks so far.
     * @param instrument of what
     * @param minute the start of the minute, epoch milliseconds
     * @param complete whether it is final
     * @return a candle of revision 0
     */
    public Candle candle(Instrument instrument, long minute, boolean complete) {
        Spread mean = (this.spread.count() > 0) ? Spread.ofPrice(this.spread.mean()) : null;
        return new Candle(instrument, Timeframe.M1, minute, this.open, this.high, this.low, this.close,
                BigDecimal.valueOf(this.priced), mean, CandleSource.TICKS, complete, 0);
    }

    /**
     * Forgets all ticks.
     */
    public void clear() {
        this.spread.clear();
        this.priced = 0;
        this.unpriced = 0;
        this.unpricedHead = 0;
        this.unpricedTail = 0;
    }

}
