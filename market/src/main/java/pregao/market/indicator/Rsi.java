package pregao.market.indicator;

import pregao.contracts.indicator.Convention;

/**
 * The relative strength index: the share that gains have in all changes of the close.
 */
final class Rsi {

    private final Average gains;

    private final Average losses;

    private final double flat;

    Rsi(Convention convention, int period) {
        this.gains = average(convention, period);
        this.losses = average(convention, period);
        this.flat = (convention == Convention.MT5) ? 50 : Double.NaN;
    }

    private static Average average(Convention convention, int period) {
        return (convention == Convention.PLAIN) ? new WindowAverage(period) : new WilderAverage(period);
    }

    void add(long change) {
        this.gains.add(Math.max(change, 0));
        this.losses.add(Math.max(-change, 0));
    }

    double value() {
        double gain = this.gains.value();
        double all = gain + this.losses.value();
        // This order of the operations gives 100 to the last bit where there are no
        // losses.
        return (all == 0) ? this.flat : 100 * (gain / all);
    }

    void copyFrom(Rsi other) {
        this.gains.copyFrom(other.gains);
        this.losses.copyFrom(other.losses);
    }

}
