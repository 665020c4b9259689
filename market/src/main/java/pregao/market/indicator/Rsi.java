package pregao.market.indicator;

import pregao.contracts.indicator.IndicatorConvention;

/**
 * The relative strength index: the share that gains have in all changes of the close.
 */
sealed abstract class Rsi permits CutlerRsi, WilderRsi {

    static Rsi of(IndicatorConvention convention, int period) {
        return switch (convention) {
            case PLAIN -> new CutlerRsi(period);
            case MT5 -> new WilderRsi(period, 50);
            case CLASSIC -> new WilderRsi(period, Double.NaN);
        };
    }

    abstract void add(long change);

    /**
     * The index.
     * @return 0 to 100, or NaN where it is not defined
     */
    abstract double value();

    /**
     * Becomes a copy.
     * @param other an index of the same kind and period
     */
    abstract void copyFrom(Rsi other);

}
