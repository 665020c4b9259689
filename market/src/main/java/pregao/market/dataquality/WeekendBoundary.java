package pregao.market.dataquality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import pregao.contracts.Timeframe;

/**
 * The M1 candles on both sides of a weekend. Times are epoch milliseconds.
 *
 * @param weekend as New York has it
 * @param last the open time of the last candle before its middle
 * @param first the open time of the first candle after its middle
 */
public record WeekendBoundary(Weekend weekend, long last, long first) {

    private static final long SHORTEST = 40 * Timeframe.H1.millis();

    private static final long MAX_LENGTH = 56 * Timeframe.H1.millis();

    /**
     * The edges of each weekend between candles.
     * @param openTimes of M1 candles, ascending
     * @return in order, those with candles on both sides
     */
    public static List<WeekendBoundary> of(long[] openTimes) {
        List<WeekendBoundary> edges = new ArrayList<>();
        if (openTimes.length == 0) {
            return edges;
        }
        for (Weekend weekend : Weekend.between(openTimes[0] + 1, openTimes[openTimes.length - 1])) {
            int found = Arrays.binarySearch(openTimes, weekend.middle());
            int first = (found < 0) ? -found - 1 : found;
            edges.add(new WeekendBoundary(weekend, openTimes[first - 1], openTimes[first]));
        }
        return edges;
    }

    /**
     * Whether nothing came for about as long as a weekend is: neither a market that never
     * closes, nor days without data.
     * @return true if the edges can tell of a clock
     */
    boolean isSeen() {
        long pause = this.first - this.last;
        return pause >= SHORTEST && pause <= MAX_LENGTH;
    }

}
