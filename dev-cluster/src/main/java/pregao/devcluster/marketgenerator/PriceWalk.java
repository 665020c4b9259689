package pregao.devcluster.marketgenerator;

import java.util.Random;

/**
 * The price of one symbol: a geometric random walk whose volatility comes in clusters, as
 * it is a mean-reverting walk itself.
 */
final class PriceWalk {

    private static final double SECONDS_A_YEAR = 365.25 * 24 * 3600;

    /** Half of an excitement is gone after 10 minutes. */
    private static final double CALMING = Math.log(2) / 600;

    private static final double EXCITABILITY = 0.035;

    private final SimulatedSymbol symbol;

    private final Random random;

    private double logPrice;

    private double excitement;

    PriceWalk(SimulatedSymbol symbol, long seed) {
        this.symbol = symbol;
        this.random = new Random(seed * 31 + symbol.name().hashCode());
        this.logPrice = Math.log(symbol.price());
    }

    /**
     * Lets time pass.
     * @param seconds how much
     */
    void pass(double seconds) {
        double root = Math.sqrt(seconds);
        this.excitement += -this.excitement * Math.min(1, CALMING * seconds)
                + EXCITABILITY * root * this.random.nextGaussian();
        double deviation = this.symbol.volatility() * Math.exp(this.excitement) * root / Math.sqrt(SECONDS_A_YEAR);
        this.logPrice += deviation * this.random.nextGaussian();
    }

    /**
     * How many times as fast as in a quiet moment things happen.
     * @return above 0, at most 5
     */
    double haste() {
        return Math.min(5, Math.exp(this.excitement));
    }

    /**
     * The seconds until the next event of a rate.
     * @param rate events a second
     * @return above 0
     */
    double secondsToNext(double rate) {
        return -Math.log(1 - this.random.nextDouble()) / rate;
    }

    /**
     * What is bid now.
     * @return units of the last decimal, at least 1
     */
    long bid() {
        return Math.max(1, Math.round(Math.exp(this.logPrice) / this.symbol.tickSize() - this.symbol.spread() / 2.0));
    }

    /**
     * What is between bid and ask now, wider when things happen fast.
     * @return units of the last decimal, at least 1
     */
    long spread() {
        return Math.max(1, Math.round(this.symbol.spread() * (0.6 + 0.4 * haste() + 0.3 * this.random.nextDouble())));
    }

}
