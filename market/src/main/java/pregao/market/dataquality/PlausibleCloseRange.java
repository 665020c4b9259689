package pregao.market.dataquality;

import java.util.Collection;
import java.util.Optional;

import pregao.contracts.Prices;
import pregao.contracts.candle.Candle;

/**
 * A range of closes so near to all prices of some candles that, where every neighbour
 * closes in it, all those candles are believed. It spares most candles their median.
 * <p>
 * The candles' own closes are in it. Of stored neighbours, the nearest {@link #ENOUGH}
 * before and the nearest {@link #ENOUGH} after decide: of any 20 around a candle more
 * than half are among them, so the median is in the range too.
 *
 * @param least the lowest such close, units of 1e-8
 * @param most the highest such close, units of 1e-8
 */
public record PlausibleCloseRange(long least, long most) {

    /** More than half of all neighbours. */
    public static final int ENOUGH = OutlierDetector.MAX_COUNT / 2 + 1;

    /**
     * The range of some candles.
     * @param candles of one series, at least one
     * @return empty where the candles are too far from each other to have one
     */
    public static Optional<PlausibleCloseRange> of(Collection<Candle> candles) {
        long high = 0;
        long low = Prices.MAX;
        for (Candle candle : candles) {
            high = Math.max(high, candle.high());
            low = Math.min(low, candle.low());
        }
        long least = Math.ceilDiv(high, OutlierRule.FACTOR);
        long most = (low > Prices.MAX / OutlierRule.FACTOR) ? Prices.MAX : low * OutlierRule.FACTOR;
        return (least <= low) ? Optional.of(new PlausibleCloseRange(least, most)) : Optional.empty();
    }

    /**
     * Whether a neighbour is near enough.
     * @param close units of 1e-8
     * @return true if it is in the range
     */
    public boolean contains(long close) {
        return this.least <= close && close <= this.most;
    }

}
