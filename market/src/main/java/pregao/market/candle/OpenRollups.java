package pregao.market.candle;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;

/**
 * The M5 to D1 candles that minutes, taken in order, are in the middle of.
 */
final class OpenRollups {

    private final BucketGrid grid;

    private final @Nullable CandleRollup[] open = new @Nullable CandleRollup[Timeframe.ROLLED_UP.size()];

    OpenRollups(BucketGrid grid) {
        this.grid = grid;
    }

    OpenRollups copy() {
        OpenRollups copy = new OpenRollups(this.grid);
        for (int i = 0; i < this.open.length; i++) {
            CandleRollup candleRollup = this.open[i];
            copy.open[i] = (candleRollup != null) ? candleRollup.copy() : null;
        }
        return copy;
    }

    /**
     * Hands out the candles that end before a minute, shortest first; they are not open
     * any more.
     */
    void closeBefore(long openTime, Consumer<CandleRollup> closed) {
        for (int i = 0; i < this.open.length; i++) {
            CandleRollup candleRollup = this.open[i];
            if (candleRollup != null && candleRollup.end() <= openTime) {
                closed.accept(candleRollup);
                this.open[i] = null;
            }
        }
    }

    /**
     * Takes the next minute, before which all was closed.
     */
    void add(Candle minute) {
        for (int i = 0; i < this.open.length; i++) {
            CandleRollup candleRollup = this.open[i];
            if (candleRollup == null) {
                candleRollup = CandleRollup.at(this.grid, Timeframe.ROLLED_UP.get(i), minute.openTime());
                this.open[i] = candleRollup;
            }
            candleRollup.add(minute);
        }
    }

    /**
     * Hands out the open candles, shortest first.
     */
    void forEach(Consumer<CandleRollup> taker) {
        for (CandleRollup candleRollup : this.open) {
            if (candleRollup != null) {
                taker.accept(candleRollup);
            }
        }
    }

    boolean isOpen(Timeframe timeframe, long openTime) {
        CandleRollup candleRollup = this.open[Timeframe.ROLLED_UP.indexOf(timeframe)];
        return candleRollup != null && candleRollup.start() == openTime;
    }

}
