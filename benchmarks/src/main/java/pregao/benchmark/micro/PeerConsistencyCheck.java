package pregao.benchmark.micro;

import pregao.contracts.indicator.IndicatorConvention;

/**
 * Whether the peers give our numbers. Their exponential means begin elsewhere, so the
 * first bars are left out. TA-Lib is of the classic convention; ta4j has Wilder's means
 * of the classic and begins exponential means with the first price, as the plain one.
 */
final class PeerConsistencyCheck {

    private static final int SETTLED = 1_000;

    /** TA-Lib slides sums of squares, which costs it digits. */
    private static final double TOLERANCE = 1e-7;

    private final BenchmarkBars bars;

    private final double[][] plain;

    private final double[][] classic;

    PeerConsistencyCheck(BenchmarkBars bars) {
        this.bars = bars;
        this.plain = PregaoIndicators.fill(IndicatorConvention.PLAIN, bars, bars.rows());
        this.classic = PregaoIndicators.fill(IndicatorConvention.CLASSIC, bars, bars.rows());
    }

    void check() {
        double[][] taLib = TaLibIndicators.fill(this.bars, this.bars.rows());
        double[][] ta4j = new Ta4jIndicators(this.bars).fill(this.bars.rows());
        for (int row = 0; row < BenchmarkBars.ROWS.size(); row++) {
            String name = BenchmarkBars.ROWS.get(row);
            compare("TA-Lib's " + name, taLib[row], TaLibIndicators.FIRST[row], this.classic[row]);
            boolean wilder = "rsi".equals(name) || "atr".equals(name);
            compare("ta4j's " + name, ta4j[row], 0, wilder ? this.classic[row] : this.plain[row]);
        }
    }

    private static void compare(String what, double[] theirs, int first, double[] ours) {
        for (int i = SETTLED; i < ours.length; i++) {
            double their = theirs[i - first];
            if (!(Math.abs(their - ours[i]) <= TOLERANCE)) {
                throw new IllegalStateException(
                        "%s at bar %d is %s, ours %s: not the same work".formatted(what, i, their, ours[i]));
            }
        }
    }

}
