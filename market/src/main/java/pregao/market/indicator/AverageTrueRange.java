package pregao.market.indicator;

import pregao.contracts.indicator.IndicatorConvention;

/**
 * The mean distance that the price went in a candle, the gap before it included.
 */
final class AverageTrueRange {

    private final RunningMean ranges;

    AverageTrueRange(IndicatorConvention convention, int period) {
        this.ranges = (convention == IndicatorConvention.CLASSIC) ? new WilderMovingAverage(period)
                : new SimpleMovingAverage(period);
    }

    void add(long high, long low, long previousClose) {
        this.ranges.add(Math.max(high, previousClose) - Math.min(low, previousClose));
    }

    /**
     * The mean.
     * @return a price
     */
    double value() {
        return this.ranges.value();
    }

    void copyFrom(AverageTrueRange other) {
        this.ranges.copyFrom(other.ranges);
    }

}
