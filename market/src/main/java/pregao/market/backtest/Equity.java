package pregao.market.backtest;

import pregao.market.spot.Trade;

/**
 * What there was at each minute's close, and what statistics need of it: the deepest
 * fall, the days' returns, and how long something was held.
 */
final class Equity {

    private static final long DAY = 86_400_000;

    private double cash;

    private double peak;

    private double drawdown;

    private long day = Long.MIN_VALUE;

    private double dayBegan;

    private double last;

    private int days;

    private double sum;

    private double squares;

    private double downSquares;

    private int minutes;

    private int held;

    Equity(double capital) {
        this.cash = capital;
        this.peak = capital;
        this.last = capital;
        this.dayBegan = capital;
    }

    void add(Trade trade) {
        this.cash += trade.profit().doubleValue();
    }

    /**
     * A minute is over.
     * @param time its open time
     * @param gain of what is held
     * @param holding whether anything is
     */
    void mark(long time, double gain, boolean holding) {
        long today = Math.floorDiv(time, DAY);
        if (today != this.day) {
            endDay();
            this.day = today;
        }
        this.last = this.cash + gain;
        this.peak = Math.max(this.peak, this.last);
        this.drawdown = Math.max(this.drawdown, 1 - this.last / this.peak);
        this.minutes++;
        this.held += holding ? 1 : 0;
    }

    private void endDay() {
        if (this.day != Long.MIN_VALUE) {
            double change = this.last / this.dayBegan - 1;
            this.days++;
            this.sum += change;
            this.squares += change * change;
            this.downSquares += (change < 0) ? change * change : 0;
        }
        this.dayBegan = this.last;
    }

    /** Closes the last day; to be called once. */
    void end() {
        endDay();
    }

    double drawdown() {
        return this.drawdown;
    }

    double exposure() {
        return (this.minutes > 0) ? (double) this.held / this.minutes : 0;
    }

    int days() {
        return this.days;
    }

    /**
     * The mean of the days' returns by their deviation; NaN where there are too few days
     * or nothing moved.
     */
    double sharpe(int daysAYear) {
        double mean = this.sum / this.days;
        double variance = (this.squares - this.days * mean * mean) / (this.days - 1);
        return (this.days > 1 && variance > 0) ? mean / Math.sqrt(variance) * Math.sqrt(daysAYear) : Double.NaN;
    }

    /** The same by the deviation of the days that lost. */
    double sortino(int daysAYear) {
        double mean = this.sum / this.days;
        double down = Math.sqrt(this.downSquares / this.days);
        return (this.days > 1 && down > 0) ? mean / down * Math.sqrt(daysAYear) : Double.NaN;
    }

}
