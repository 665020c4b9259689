package pregao.market.indicator;

import pregao.market.math.Int128;

/**
 * The relative strength index of the last changes, by their exact sums: gains and losses
 * together are the way that the close went, gains less losses how far it came, and the
 * share of the gains is half of 1 + far / way. Without changes it is undefined.
 */
final class CutlerRsi extends Rsi {

    private final long[] window;

    private final Int128 way = new Int128();

    private long far;

    private int next;

    private boolean full;

    CutlerRsi(int period) {
        this.window = new long[period];
    }

    @Override
    void add(long change) {
        int at = this.next;
        long oldest = this.window[at];
        this.window[at] = change;
        this.way.add(Math.abs(change) - Math.abs(oldest));
        this.far += change - oldest;
        this.next = at + 1;
        if (this.next == this.window.length) {
            this.next = 0;
            this.full = true;
        }
    }

    @Override
    double value() {
        return this.full ? 50 + 50 * (this.far / this.way.doubleValue()) : Double.NaN;
    }

    @Override
    void copyFrom(Rsi other) {
        CutlerRsi from = (CutlerRsi) other;
        System.arraycopy(from.window, 0, this.window, 0, this.window.length);
        this.way.copyFrom(from.way);
        this.far = from.far;
        this.next = from.next;
        this.full = from.full;
    }

}
