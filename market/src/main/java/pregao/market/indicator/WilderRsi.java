package pregao.market.indicator;

/**
 * The relative strength index by Wilder's means of gains and losses.
 */
final class WilderRsi extends Rsi {

    private final WilderMovingAverage gains;

    private final WilderMovingAverage losses;

    private final double flat;

    /**
     * An index of no changes.
     * @param period how many changes it begins with
     * @param flat its value where there are neither gains nor losses
     */
    WilderRsi(int period, double flat) {
        this.gains = new WilderMovingAverage(period);
        this.losses = new WilderMovingAverage(period);
        this.flat = flat;
    }

    @Override
    void add(long change) {
        this.gains.add(Math.max(change, 0));
        this.losses.add(Math.max(-change, 0));
    }

    @Override
    double value() {
        double gain = this.gains.units();
        double all = gain + this.losses.units();
        // This order of the operations gives 100 to the last bit where there are no
        // losses.
        return (all == 0) ? this.flat : 100 * (gain / all);
    }

    @Override
    void copyFrom(Rsi other) {
        WilderRsi from = (WilderRsi) other;
        this.gains.copyFrom(from.gains);
        this.losses.copyFrom(from.losses);
    }

}
