package pregao.market.backtest;

import java.util.ArrayList;
import java.util.List;

/**
 * What there was in the course of time, in so few points that they can be drawn: each
 * stands for as many minutes, and says where it ended and how low it was. Not
 * thread-safe.
 */
public final class EquityCurve {

    /** How many points there are at most. */
    public static final int MAX_COUNT = 1_000;

    private final int each;

    private final List<Point> points = new ArrayList<>();

    private int count;

    private long time;

    private double last;

    private double low = Double.POSITIVE_INFINITY;

    /**
     * A curve without points.
     * @param minutes how many will be marked
     */
    public EquityCurve(int minutes) {
        this.each = Math.max(1, Math.ceilDiv(minutes, MAX_COUNT));
    }

    void mark(long end, double equity) {
        this.time = end;
        this.last = equity;
        this.low = Math.min(this.low, equity);
        if (++this.count == this.each) {
            point();
        }
    }

    /** The last minute is marked anew, as what was held then is sold. */
    void settle(double equity) {
        if (this.count == 0 && !this.points.isEmpty()) {
            Point point = this.points.removeLast();
            this.points.add(new Point(point.time(), equity, Math.min(point.low(), equity)));
        }
        else {
            this.last = equity;
            this.low = Math.min(this.low, equity);
        }
    }

    private void point() {
        this.points.add(new Point(this.time, this.last, this.low));
        this.count = 0;
        this.low = Double.POSITIVE_INFINITY;
    }

    /**
     * What was marked.
     * @return in order of time, the last minute's included
     */
    public List<Point> points() {
        if (this.count > 0) {
            point();
        }
        return List.copyOf(this.points);
    }

    /**
     * A point.
     *
     * @param time its end, epoch milliseconds
     * @param equity at its end, in the quote currency
     * @param low the least at a minute's close since the point before
     */
    public record Point(long time, double equity, double low) {

    }

}
