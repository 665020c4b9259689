package pregao.system.ea;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal's bar, of bids.
 *
 * @param openTime epoch milliseconds, UTC
 * @param open in points
 * @param high in points
 * @param low in points
 * @param close in points
 * @param tickVolume how many quotes
 */
public record Bar(long openTime, long open, long high, long low, long close, long tickVolume) {

    /**
     * Folds quotes into bars.
     * @param quotes in order
     * @param millis how long a bar is
     * @return in order, none for a time without quotes
     */
    public static List<Bar> of(List<Quote> quotes, long millis) {
        List<Bar> bars = new ArrayList<>();
        for (Quote quote : quotes) {
            long openTime = quote.time() - Math.floorMod(quote.time(), millis);
            if (!bars.isEmpty() && bars.getLast().openTime == openTime) {
                bars.set(bars.size() - 1, bars.getLast().with(quote.bid()));
            }
            else {
                bars.add(new Bar(openTime, quote.bid(), quote.bid(), quote.bid(), quote.bid(), 1));
            }
        }
        return bars;
    }

    private Bar with(long bid) {
        return new Bar(this.openTime, this.open, Math.max(this.high, bid), Math.min(this.low, bid), bid,
                this.tickVolume + 1);
    }

}
