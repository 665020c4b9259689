package pregao.market.candle;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Timeframe;
import pregao.contracts.candle.Candle;
import pregao.contracts.feed.BucketGrid;

/**
 * The M5 to D1 candles that minutes, taken in order, are in the middle of.
 */
final class OpenRollUps {

    private final BucketGrid grid;

    private final @Nullable RollUp[] open = new @Nullable RollUp[Timeframe.ROLLED_UP.size()];

    OpenRollUps(BucketGrid grid) {
        this.grid = grid;
    }

    OpenRollUps copy() {
        OpenRollUps copy = new OpenRollUps(this.grid);
        for (int i = 0; i < this.open.length; i++) {
            RollUp each = this.open[i];
            copy.open[i] = (each != null) ? each.copy() : null;
        }
        return copy;
    }

    /**
     * Hands out the candles that end before a minute, shortest first; they are not open
     * any more.
     */
    void closeBefore(long openTime, Consumer<RollUp> closed) {
        for (int i = 0; i < this.open.length; i++) {
            RollUp each = this.open[i];
            if (each != null && each.end() <= openTime) {
                closed.accept(each);
                this.open[i] = null;
            }
        }
    }

    /**
     * Takes the next minute, before which all was closed.
     */
    void add(Candle minute) {
        for (int i = 0; i < this.open.length; i++) {
            RollUp each = this.open[i];
            if (each == null) {
                each = RollUp.at(this.grid, Timeframe.ROLLED_UP.get(i), minute.openTime());
                this.open[i] = each;
            }
            each.add(minute);
        }
    }

    /**
     * Hands out the open candles, shortest first.
     */
    void forEach(Consumer<RollUp> taker) {
        for (RollUp each : this.open) {
            if (each != null) {
                taker.accept(each);
            }
        }
    }

    boolean isOpen(Timeframe timeframe, long openTime) {
        RollUp each = this.open[Timeframe.ROLLED_UP.indexOf(timeframe)];
        return each != null && each.start() == openTime;
    }

}
