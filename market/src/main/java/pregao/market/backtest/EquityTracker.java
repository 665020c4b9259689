package pregao.market.backtest;

import org.jspecify.annotations.Nullable;

import pregao.contracts.Prices;
import pregao.market.spot.Position;
import pregao.market.spot.Trade;

/**
 * What there was at each minute's close, and what statistics need of it: the deepest
 * fall, the days' returns, and how long something was held.
 */
final class EquityTracker {

    private static final long DAY = 86_400_000;

    private final @Nullable EquityCurve curve;

    private double cash;

    private double peak;

    private double drawdown;

    /** Below this the fall is the deepest so far. */
    private double floor;

    /** When what is known was opened; a trader opens one a minute at most. */
    private long knownAt = Long.MIN_VALUE;

    private double quantity;

    private double fee;

    private long dayEnd = Long.MIN_VALUE;

    private double dayBegan;

    private double last;

    private int days;

    /** Of the days' returns, their squares, cubes and fourth powers. */
    private final double[] sums = new double[4];

    private double downSquares;

    private int minutes;

    private int held;

    EquityTracker(double capital, @Nullable EquityCurve curve) {
        this.curve = curve;
        this.cash = capital;
        this.peak = capital;
        this.floor = capital;
        this.last = capital;
        this.dayBegan = capital;
    }

    void add(Trade trade) {
        this.cash += (double) trade.profit() / Prices.ONE;
    }

    /**
     * A minute is over.
     * @param time its open time
     * @param position what is held, or null
     * @param close the last price, units of 1e-8
     */
    void mark(long time, @Nullable Position position, long close) {
        if (time >= this.dayEnd) {
            endDay();
            this.dayEnd = (Math.floorDiv(time, DAY) + 1) * DAY;
        }
        this.minutes++;
        if (position == null) {
            this.last = this.cash;
        }
        else {
            this.held++;
            this.last = this.cash + gain(position, close);
        }
        extremes();
        if (this.curve != null) {
            this.curve.mark(time + 60_000, this.last);
        }
    }

    /** What was held is sold after the last minute. */
    void settle() {
        this.last = this.cash;
        extremes();
        if (this.curve != null) {
            this.curve.settle(this.last);
        }
    }

    private void extremes() {
        if (this.last > this.peak) {
            this.peak = this.last;
            this.floor = this.peak * (1 - this.drawdown);
        }
        else if (this.last < this.floor) {
            this.drawdown = 1 - this.last / this.peak;
            this.floor = this.last;
        }
    }

    double cash() {
        return this.cash;
    }

    int minutes() {
        return this.minutes;
    }

    private double gain(Position position, long close) {
        if (position.openedAt() != this.knownAt) {
            this.knownAt = position.openedAt();
            this.quantity = (double) position.quantity() / Prices.ONE / Prices.ONE;
            this.fee = (double) position.fee() / Prices.ONE;
        }
        return (position.isLong() ? close - position.entry() : position.entry() - close) * this.quantity - this.fee;
    }

    private void endDay() {
        if (this.dayEnd != Long.MIN_VALUE) {
            double change = this.last / this.dayBegan - 1;
            this.days++;
            double power = 1;
            for (int i = 0; i < this.sums.length; i++) {
                power *= change;
                this.sums[i] += power;
            }
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

    DailyReturnStatistics daily() {
        return DailyReturnStatistics.of(this.days, this.sums);
    }

    /**
     * The mean of the days' returns by their deviation; NaN where there are too few days
     * or nothing moved.
     */
    double sharpe(int daysAYear) {
        return daily().sharpe() * Math.sqrt(daysAYear);
    }

    /** The same by the deviation of the days that lost. */
    double sortino(int daysAYear) {
        double mean = this.sums[0] / this.days;
        double down = Math.sqrt(this.downSquares / this.days);
        return (this.days > 1 && down > 0) ? mean / down * Math.sqrt(daysAYear) : Double.NaN;
    }

}
