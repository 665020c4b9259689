package pregao.market.indicator;

import pregao.contracts.indicator.Convention;

/**
 * The mean distance that the price went in a candle, the gap before it included.
 */
final class AverageTrueRange {

    private final Average ranges;

    AverageTrueRange(Convention convention, int period) {
        this.ranges = (convention == Convention.CLASSIC) ? new WilderAverage(period) : new WindowAverage(period);
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
